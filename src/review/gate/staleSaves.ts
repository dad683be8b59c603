import type { CollectionBeforeValidateHook, PayloadRequest } from 'payload'

import { ReviewRefusal } from '../../cms/refusal'
import { findNames } from '../../people/names'
import { isPerson } from '../../people/roles'
import { japaneseMoment } from '../../stage/japaneseDate'
import type { ReviewedCollection } from '../queries/load'
import type { StoredDocument } from '../rules/freeze'
import { isGatesOwnWrite } from './gateKey'
import { isDraftRestore } from './gateRestore'
import { trashActOf } from './trashActs'

/**
 * The instant that a save names: Payload's dates are nobody's to write, so it puts the newest
 * version's in the place of what was sent before the collection's own hooks see it. The context
 * travels along.
 */
const NAMED = Symbol('kizuna.namedVersion')

type NamingContext = { [NAMED]?: unknown }

/**
 * Notes which version a person says they have opened, before Payload looks at what they sent; the
 * body of a restore holds nothing else.
 */
export function noteNamedVersion(req: PayloadRequest, data: StoredDocument | undefined): void {
  const context: NamingContext = req.context
  context[NAMED] = data?.updatedAt ?? null
}

/**
 * Refuses what a person saves or restores over a version they have not seen: both name, in
 * `updatedAt`, the newest version as it was opened. Two saves at the same instant are the database's: see src/cms/conflict.ts.
 */
export function refuseStaleSaves(collection: ReviewedCollection): CollectionBeforeValidateHook {
  return async ({ context, data, operation, originalDoc, req }) => {
    if (operation !== 'update' || !originalDoc) return data
    const isOwn = isGatesOwnWrite(req, { collection, id: originalDoc.id })
    // The trash takes a text as it is, whatever its person has seen of it.
    if (isOwn || !isPerson(req.user) || trashActOf(context, collection)) return data
    const { [NAMED]: named }: NamingContext = context
    const words = isDraftRestore(context) ? OF_RESTORE : OF_SAVE
    await refuseUnlessNewest(req, collection, { named, newest: originalDoc, words })
    return data
  }
}

/** How a write is told that it came too late, or does not say on what it rests. */
export interface StaleWords {
  unnamed: string
  undone: string
}

const OF_SAVE: StaleWords = {
  unnamed:
    'どの版を開いて書いたのかが書かれていないため、保存できません。開いたときの updatedAt を添えて保存してください。画面でこの文が出たときは、書いたものを写してから、画面を読み直してください。',
  undone: 'まだ保存していません。いまの内容と見比べてから、もう一度保存してください。',
}

const OF_RESTORE: StaleWords = {
  unnamed:
    'どの内容を見て戻すのかが書かれていないため、戻していません。見たときの、いちばん新しい版の updatedAt を添えて戻してください。画面でこの文が出たときは、画面を読み直してから、もう一度戻してください。',
  undone: 'まだ戻していません。いまの内容と見比べてから、もう一度戻してください。',
}

interface StaleWrite {
  named: unknown
  newest: StoredDocument
  words: StaleWords
}

/**
 * Makes sure that what a person does rests on the newest version.
 *
 * @throws ReviewRefusal STALE_SAVE with who saved meanwhile and when, or that no version is named.
 */
export async function refuseUnlessNewest(
  req: PayloadRequest,
  collection: ReviewedCollection,
  { named, newest, words }: StaleWrite,
): Promise<void> {
  if (isSameInstant(named, newest.updatedAt)) return
  if (!named) throw new ReviewRefusal('STALE_SAVE', words.unnamed)
  if (await isNeverSavedSince(req, collection, { named, id: String(newest.id) })) return
  // Payload's form cuts a message in two at its first colon.
  const when = `${japaneseMoment(String(newest.updatedAt)).replace(':', '時')}分`
  const who = await saverOf(req, newest)
  throw new ReviewRefusal(
    'STALE_SAVE',
    `あなたが開いたあとで、${who} ${when} に保存しています。${words.undone}`,
  )
}

/** Who saved the newest version, in words that go on with when. */
export async function saverOf(req: PayloadRequest, { savedBy }: StoredDocument): Promise<string> {
  if (typeof savedBy !== 'string' || savedBy === '') return 'ほかの人が'
  if (savedBy === String(req.user?.id)) return 'あなたが別の画面で'
  const nameOf = await findNames(req, [savedBy])
  return `${nameOf(savedBy)}さんが`
}

/** Whether two instants are one, however they are written. *Pure.* */
function isSameInstant(a: unknown, b: unknown): boolean {
  const [one, other] = [a, b].map((value) =>
    value instanceof Date || typeof value === 'string' ? new Date(value).getTime() : NaN,
  )
  return one === other
}

/** A new text is stored as a row and as its first version, some milliseconds apart. */
async function isNeverSavedSince(
  req: PayloadRequest,
  collection: ReviewedCollection,
  { named, id }: { named: unknown; id: string },
): Promise<boolean> {
  const versions = await req.payload.db.countVersions({
    collection,
    req,
    where: { parent: { equals: id } },
  })
  if (versions.totalDocs !== 1) return false
  const where = { id: { equals: id } }
  const row = await req.payload.db.findOne<StoredDocument & { id: string }>({
    collection,
    req,
    where,
  })
  return isSameInstant(named, row?.updatedAt)
}
