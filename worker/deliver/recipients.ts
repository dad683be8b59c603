import type { Collection, Db, Filter } from 'mongodb'

import { parseDeliveryId } from '../../src/plan/candidate'
import type { ExclusionReason } from '../../src/plan/reason'
import { grouped } from '../../src/release/grouped'
import type { Batch, Exclusion, Run } from '../ledger/documents'
import { createPairNames, type PairNaming } from '../ledger/pairNames'
import type { Child, Identity, Reader, Suppression } from '../readers/reader'
import { suppressedAmong } from '../readers/suppressed'
import { checkRecipient, type CheckInput, type DeliveryRef } from './check'

/** One recipient of a batch after the last-second check. */
export interface Recipient {
  /** Id of the delivery. */
  id: string
  reader: string
  /** Why it must not go out any more. */
  reason: ExclusionReason | null
  /** The address in clear; null when there is a reason, unless the reader has only blocked us. */
  address: string | null
  /** The reason is that the reader has blocked the account: sending to them harms nobody. */
  isBlocked: boolean
  /**
   * Number of the last change of a reader who has, or had, several addresses: another one may have
   * been chosen with it. Null with one address, which is blocked or freed but never becomes another.
   */
  choseWith: number | null
  identity: Identity | null
}

/** What the check and the send need of a reader. */
const READER_FIELDS = {
  municipality: 1,
  status: 1,
  rest: 1,
  support: 1,
  identities: 1,
  former: 1,
  joinedTo: 1,
  changeNumber: 1,
  wishedWith: 1,
}

/** What the check needs of a child. */
const CHILD_FIELDS = {
  municipality: 1,
  status: 1,
  readers: 1,
  changeNumber: 1,
  dueDate: 1,
  birthDate: 1,
  entryDate: 1,
  corrected: 1,
}

/** Documents that come, and are decoded, in one go: calls that are out must not wait for long. */
const READ_AT_ONCE = 250

interface RecipientsOptions {
  db: Db
  /** The address in clear. */
  openAddress: (identity: Identity) => string
}

/** Reads the readers, children and suppressions of a page and checks each recipient. */
export function createRecipients({ db, openAddress }: RecipientsOptions) {
  const people: People = {
    readers: db.collection<Reader>('readers'),
    children: db.collection<Child>('children'),
    suppressions: db.collection<Suppression>('suppressions'),
    exclusions: db.collection<Exclusion>('exclusions'),
    names: createPairNames(db),
  }
  return {
    /** Reads all people of a page; the answer checks one of its batches. */
    check: async (input: CheckInput & { batches: Batch[] }): Promise<CheckBatch> => {
      const ids = input.batches.flatMap(({ recipients }) => recipients)
      const twinsOf = await readTwins(people, input.run, ids)
      const refOf = await readRefs(people, [...ids, ...twinsOf.values()].flat())
      const read = await readPeople(people, [...refOf.values()])
      const now = { ...input, ...read, refOf, twinsOf, openAddress }
      return (batch) => batch.recipients.map((id) => checkRecipient(now, batch, id))
    },
  }
}

/** The last-second reader of recipients. */
export type Recipients = ReturnType<typeof createRecipients>

type CheckBatch = (batch: Batch) => Recipient[]

/** Ids of the deliveries that are not sent in favour of one of these: its text speaks of several. */
async function readTwins(
  { exclusions }: People,
  { _id: run, plan }: Pick<Run, '_id' | 'plan'>,
  ids: string[],
): Promise<Map<string, string[]>> {
  if (!plan?.exclusions.twin) return new Map()
  const found = await exclusions.find({ run, reason: 'twin', into: { $in: ids } }).toArray()
  const twinsOf = grouped(found, ({ into }) => into ?? '')
  return new Map([...twinsOf].map(([into, twins]) => [into, twins.map(({ delivery }) => delivery)]))
}

interface People {
  names: PairNaming
  exclusions: Collection<Exclusion>
  readers: Collection<Reader>
  children: Collection<Child>
  suppressions: Collection<Suppression>
}

/** The deliveries' readers, children and slots; who is not among the pairs has no reader. */
async function readRefs({ names }: People, ids: string[]): Promise<Map<string, DeliveryRef>> {
  const parsed = ids.map((id) => ({ id, ...parseDeliveryId(id) }))
  const pairs = await names.byId(parsed.map(({ pair }) => pair))
  return new Map(
    parsed.map(({ id, pair, slot }) => {
      const { reader = '', child = '' } = pairs.get(pair) ?? {}
      return [id, { id, reader, child, slot }]
    }),
  )
}

async function readPeople(people: People, refs: DeliveryRef[]) {
  const [readerById, childById] = await Promise.all([
    byId(people.readers, { ids: refs.map(({ reader }) => reader), projection: READER_FIELDS }),
    byId(people.children, { ids: refs.map(({ child }) => child), projection: CHILD_FIELDS }),
  ])
  const suppressed = await suppressedAmong(people.suppressions, [...readerById.values()])
  return { readerById, childById, suppressed }
}

async function byId<Document extends { _id: string }>(
  collection: Collection<Document>,
  { ids, projection }: { ids: string[]; projection: Record<string, number> },
): Promise<Map<string, Document>> {
  const unique = [...new Set(ids)]
  const found = await collection
    .find({ _id: { $in: unique } } as Filter<Document>, { projection, batchSize: READ_AT_ONCE })
    .toArray()
  // The driver's `WithId` cannot see that a generic document's `_id` is the string we ask for.
  return new Map(found.map((one) => [one._id, one as unknown as Document]))
}
