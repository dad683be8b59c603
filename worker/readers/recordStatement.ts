import { randomUUID } from 'node:crypto'

import type { ClientSession } from 'mongodb'

import { changePeople } from './changeNumber'
import type { ReaderCollections, StoreContext } from './collections'
import { noteDates } from './dateNote'
import { mayChangeDates } from './dateRights'
import type { Child, ChildDates, Reader } from './reader'
import {
  isOpen,
  judgeChild,
  twinsOf,
  type ChildAnswer,
  type ChildVerdict,
  type OpenVerdict,
} from './sameChild'

/** What became of a statement; `asked`: nothing was written, the reader has to say more first. */
export type Recorded =
  | { status: 'added' | 'changed' | 'known'; childId: string }
  | { status: 'asked'; childId: string; verdict: OpenVerdict }

/** What a reader says of one of their children. */
export interface ReadersStatement {
  reader: Pick<Reader, '_id' | 'municipality' | 'relation'>
  dates: ChildDates
  answer: ChildAnswer | undefined
  saidAt: Date
  /** Id of a new child, so that a form sent twice adds one. */
  childId?: string
  /** Said by somebody who starts again after a stop: the newest word counts, nothing is asked. */
  isLastWord?: boolean
}

/** What a statement is recorded with: the store within a transaction. */
export interface Recording
  extends Pick<StoreContext, 'db' | 'now'>, Pick<ReaderCollections, 'children'> {
  session: ClientSession
}

/** Records a statement as {@link judgeChild} decides, within a transaction. */
export async function recordStatement(work: Recording, said: ReadersStatement): Promise<Recorded> {
  const { children, session } = work
  const own = await children.find({ readers: said.reader._id }, { session }).toArray()
  const verdict = judge(own, said)
  if (isOpen(verdict)) return { status: 'asked', childId: verdict.child._id, verdict }
  if (verdict.kind === 'new') return { status: 'added', childId: await add(work, said, verdict) }
  const childId = verdict.child._id
  // One that has ended reads like one that is known: nobody is told.
  if (verdict.kind === 'same' || verdict.kind === 'ended') return { status: 'known', childId }
  // Whose dates are another one's to change are known all the same.
  if (!(await mayChangeDates(work, verdict.child, said.reader._id)))
    return { status: 'known', childId }
  const twins = said.dates.dueDate ? twinsOf(verdict.child, own, said.reader.relation) : []
  const changed = [verdict.child, ...twins]
  const $in = changed.map(({ _id }) => _id)
  await noteDates(work, { children: changed, dates: said.dates, by: said.reader._id })
  await changePeople(work, said.reader.municipality, (stamp) =>
    children.updateMany({ _id: { $in } }, { $set: { ...said.dates, ...stamp } }, { session }),
  )
  return { status: 'changed', childId }
}

/** The dates that are set, without empty fields. *Pure.* */
export function givenDates({ dueDate, birthDate, entryDate }: ChildDates): ChildDates {
  return {
    ...(dueDate && { dueDate }),
    ...(birthDate && { birthDate }),
    ...(entryDate && { entryDate }),
  }
}

const LAST_WORDS = { askTwin: 'same', askCorrection: 'correction', refused: 'another' } as const

function judge(own: Child[], { reader, dates, answer, saidAt, isLastWord }: ReadersStatement) {
  const { relation } = reader
  const statement = { ...dates, relation, saidAt, ...(answer && { answer }) }
  const verdict = judgeChild(own, statement)
  if (!isLastWord || !isOpen(verdict)) return verdict
  return judgeChild(own, { ...statement, answer: LAST_WORDS[verdict.kind] })
}

async function add(
  work: Recording,
  { reader, dates, childId = randomUUID() }: ReadersStatement,
  { apartFrom }: Extract<ChildVerdict, { kind: 'new' }>,
): Promise<string> {
  const { children, now, session } = work
  const isApart = apartFrom.length > 0
  const { municipality } = reader
  await changePeople(work, municipality, (stamp) => {
    const child: Child = {
      _id: childId,
      municipality,
      readers: [reader._id],
      ...dates,
      ...(isApart && { isApart }),
      status: 'active',
      createdAt: now(),
      ...stamp,
    }
    return children.insertOne(child, { session })
  })
  const $in = apartFrom.map(({ _id }) => _id)
  // Their dates stay as they are: planned texts need not be looked at again.
  if (isApart) await children.updateMany({ _id: { $in } }, { $set: { isApart } }, { session })
  return childId
}
