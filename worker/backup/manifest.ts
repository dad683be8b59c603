import { createHmac, scryptSync } from 'node:crypto'

import { z } from 'zod'

import { indexKeysOf, parseKeyRing } from '../../src/secret/seal'

/** The form of a backup; one of another form is not read. */
export const FORMAT = 1

const fileSchema = z.object({
  /** Below the backup's folder. */
  path: z.string().regex(/^(?!.*\.\.)[\w%./()-][^\\]*$/),
  bytes: z.number().int().nonnegative(),
  sha256: z.string().length(64),
})

const collectionSchema = z.object({
  database: z.enum(['cms', 'delivery']),
  name: z.string().min(1),
  documents: z.number().int().nonnegative(),
  /** As it was created: in the order of its ids, for one. */
  options: z.record(z.string(), z.unknown()),
  /** As the database lists them, in extended JSON. */
  indexes: z.array(z.record(z.string(), z.unknown())),
  file: fileSchema,
})

/** What a backup says of itself; it is written last. */
export const manifestSchema = z.object({
  format: z.literal(FORMAT),
  /** Of the product that took it. */
  product: z.string(),
  /** By the product's clock. */
  takenAt: z.coerce.date(),
  /** Whether both databases are of one instant. */
  isOneInstant: z.boolean(),
  /** Of the delivery database; backups from before it was noted have none. */
  schemaVersion: z.number().int().nonnegative().default(0),
  /** Namespace of the incarnation whose ledger it holds; null before the first start. */
  incarnation: z.string().nullable(),
  /** Tells the right keys from others, and nothing about them. */
  keys: z.object({
    salt: z.string(),
    payloadSecret: z.string(),
    ring: z.record(z.string(), z.string()),
  }),
  collections: z.array(collectionSchema),
  media: z.array(fileSchema),
})

/** What a backup says of itself. */
export type Manifest = z.infer<typeof manifestSchema>
/** One collection of a backup. */
export type BackedUpCollection = z.infer<typeof collectionSchema>
/** One file of a backup. */
export type BackedUpFile = z.infer<typeof fileSchema>

/** The secrets that a backup's sealed fields need; none of them is in it. */
export interface BackupSecrets {
  keys: string
  payloadSecret: string
}

/** Fingerprints of the secrets that a backup needs. *Pure.* */
export function fingerprintsOf(
  { keys, payloadSecret }: BackupSecrets,
  salt: string,
): Manifest['keys'] {
  const parsed = parseKeyRing(keys)
  const indexes = indexKeysOf(parsed).toReversed()
  const named = indexes.map((key, at) => [at === 0 ? 'index' : `index-${at}`, key] as const)
  const all = [...named, ...parsed.keys]
  const ofKey = (key: Buffer) =>
    createHmac('sha256', key).update(`kizuna-backup ${salt}`).digest('hex').slice(0, 32)
  return {
    salt,
    // a person may have chosen it: guessing must be slow
    payloadSecret: scryptSync(payloadSecret, salt, 16).toString('hex'),
    ring: Object.fromEntries(all.map(([id, key]) => [id, ofKey(key)])),
  }
}

/** An index key may have become one from before: it has another name then. *Pure.* */
function isIndex(id: string): boolean {
  return id === 'index' || id.startsWith('index-')
}

/** Names of the settings whose secret is not the one a backup needs. *Pure.* */
export function wrongSecrets({ keys }: Manifest, secrets: BackupSecrets): string[] {
  const present = fingerprintsOf(secrets, keys.salt)
  const indexes = Object.entries(present.ring).flatMap(([id, value]) => (isIndex(id) ? value : []))
  const isThere = (id: string, value: string) =>
    isIndex(id) ? indexes.includes(value) : present.ring[id] === value
  const wrong = Object.entries(keys.ring).filter(([id, value]) => !isThere(id, value))
  return [
    ...wrong.map(([id]) => `KIZUNA_KEYS の「${id}」`),
    ...(present.payloadSecret === keys.payloadSecret ? [] : ['PAYLOAD_SECRET']),
  ]
}
