import type { Collection, Db } from 'mongodb'

import { suppressionKey } from '../planning/audience'
import type { Batch, Run } from '../ledger/documents'
import { parseDeliveryId } from '../../src/plan/candidate'
import type { ExclusionReason } from '../../src/plan/reason'
import { WELCOME_SLOT } from '../../src/plan/reader'
import type { Program } from '../../src/plan/program'
import type { Child, Identity, Reader, Suppression } from '../readers/reader'
import type { LineAccount } from '../../src/plan/settings'
import { lastSecondReason } from './check'

/** One recipient of a batch after the last-second check. */
export interface Recipient {
  /** Id of the delivery. */
  id: string
  reader: string
  /** Why it must not go out any more. */
  reason: ExclusionReason | null
  /** The address in clear; null when there is a reason. */
  address: string | null
  /**
   * Last change of a reader with several addresses of this account: another one may have been
   * chosen since. Null with one address, which is blocked or freed but never becomes another.
   */
  choseAt: Date | null
  identity: Identity | null
}

/** Everything a page of batches needs to be checked against. */
export interface CheckInput {
  run: Run
  batches: Batch[]
  line: Pick<LineAccount, 'id' | 'provider'> | null
  program: () => Program
}

interface RecipientsOptions {
  db: Db
  /** The address in clear. */
  openAddress: (identity: Identity) => string
}

/** Reads the readers, children and suppressions of a page and checks each recipient. */
export function createRecipients({ db, openAddress }: RecipientsOptions) {
  const readers = db.collection<Reader>('readers')
  const children = db.collection<Child>('children')
  const suppressions = db.collection<Suppression>('suppressions')

  /** Reads all people of a page; the answer checks one of its batches. */
  const check = async (input: CheckInput): Promise<(batch: Batch) => Recipient[]> => {
    const refs = input.batches.flatMap(({ recipients }) => recipients).map(refOf)
    const [readerById, childById] = await Promise.all([
      byId(readers, { ids: refs.map(({ reader }) => reader), projection: READER_FIELDS }),
      byId(children, { ids: refs.map(({ child }) => child), projection: CHILD_FIELDS }),
    ])
    const suppressed = await suppressedAmong([...readerById.values()])
    const judge = judgeWith({ ...input, readerById, childById, suppressed, openAddress })
    return (batch) => batch.recipients.map((id) => judge(batch, refOf(id)))
  }

  const suppressedAmong = async (found: Reader[]): Promise<Set<string>> => {
    const keys = found.flatMap(({ identities }) => identities.map(suppressionKey))
    const hits = await suppressions
      .find({ _id: { $in: keys } }, { projection: { _id: 1 } })
      .toArray()
    return new Set(hits.map(({ _id }) => _id))
  }

  /** Whether any of these readers or children changed since an instant. */
  const hasChanged = async (ids: string[], since: Date): Promise<boolean> => {
    const changed = { changedAt: { $gte: since } }
    const wanted = new Set(ids.map(refOf).flatMap(({ reader, child }) => [reader, child]))
    const [some, others] = await Promise.all([
      readers.find(changed, { projection: { _id: 1 } }).toArray(),
      children.find(changed, { projection: { _id: 1 } }).toArray(),
    ])
    return [...some, ...others].some(({ _id }) => wanted.has(_id))
  }
  return { check, hasChanged }
}

/** The last-second reader of recipients. */
export type Recipients = ReturnType<typeof createRecipients>

interface Ref {
  id: string
  reader: string
  child: string
  slot: string
}

function refOf(id: string): Ref {
  return { id, ...parseDeliveryId(id) }
}

interface JudgeInput extends CheckInput {
  readerById: Map<string, Reader>
  childById: Map<string, Child>
  suppressed: ReadonlySet<string>
  openAddress: RecipientsOptions['openAddress']
}

function judgeWith(input: JudgeInput) {
  const { run, line, readerById, childById, suppressed, openAddress } = input
  return (batch: Batch, ref: Ref): Recipient => {
    const reader = readerById.get(ref.reader)
    const child = childById.get(ref.child)
    const own = (reader?.identities ?? []).filter((one) => isOfAccount(one, batch, line))
    const identity = own.find(
      (one) => one.status === 'active' && !suppressed.has(suppressionKey(one)),
    )
    const isStillDue = !child || isDueStill(ref, child, input)
    const { municipality } = run
    const hasAddress = own.length > 0
    const reason = lastSecondReason({
      reader,
      child,
      municipality,
      identity,
      hasAddress,
      isStillDue,
    })
    const address = reason === null && identity ? openAddress(identity) : null
    const choseAt = reader && own.length > 1 ? reader.changedAt : null
    return {
      id: ref.id,
      reader: ref.reader,
      reason,
      address,
      choseAt,
      identity: identity ?? null,
    }
  }
}

function isOfAccount(identity: Identity, batch: Batch, line: CheckInput['line']): boolean {
  if (batch.channel === 'mail') return identity.channel === 'mail'
  return identity.channel === 'line' && line !== null && identity.account === line.provider
}

/** Only a child whose dates were changed since planning is computed again. */
function isDueStill({ slot, reader }: Ref, child: Child, { run, program }: JudgeInput): boolean {
  if (slot === WELCOME_SLOT || !run.plannedAt || child.changedAt < run.plannedAt) return true
  const { dueDate, birthDate, entryDate } = child
  const anchors = {
    ...(dueDate ? { dueDate } : {}),
    ...(birthDate ? { birthDate } : {}),
    ...(entryDate ? { entryDate } : {}),
  }
  const due = program().dueFor(anchors, child.corrected?.includes(reader) ?? false)
  return (
    due.texts.some(({ content }) => content.slot === slot) ||
    due.once.some(({ content }) => content.from === slot)
  )
}

/** What the check and the send need of a reader. */
const READER_FIELDS = { municipality: 1, status: 1, identities: 1, changedAt: 1 }

/** What the check needs of a child. */
const CHILD_FIELDS = {
  municipality: 1,
  status: 1,
  readers: 1,
  changedAt: 1,
  dueDate: 1,
  birthDate: 1,
  entryDate: 1,
  corrected: 1,
}

/** Documents that come, and are decoded, in one go: calls that are out must not wait for long. */
const READ_AT_ONCE = 250

async function byId<Document extends { _id: string }>(
  collection: Collection<Document>,
  { ids, projection }: { ids: string[]; projection: Record<string, number> },
): Promise<Map<string, Document>> {
  const unique = [...new Set(ids)]
  const found = await collection
    .find({ _id: { $in: unique } } as Parameters<typeof collection.find>[0], {
      projection,
      batchSize: READ_AT_ONCE,
    })
    .toArray()
  return new Map(found.map((one) => [one._id, one as unknown as Document]))
}
