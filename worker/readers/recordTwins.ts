import {
  recordStatement,
  type Recorded,
  type ReadersStatement,
  type Recording,
} from './recordStatement'
import { hasSameDates } from './sameChild'

/** What became of several children of one date: the first to be added, and the ids of the others. */
export type RecordedTwins = Recorded & { others?: string[] }

/**
 * Records that so many children have these dates, within a transaction: each is a child of its own,
 * and those of them that are registered already are meant before one is added. What has to be asked
 * of the first is asked, and nothing is added; a child that ended brings no other.
 */
export async function recordTwins(
  work: Recording,
  said: ReadersStatement,
  count: number,
): Promise<RecordedTwins> {
  const first = await recordFirst(work, said)
  if (first.status === 'asked') return first
  const all: Exclude<Recorded, { status: 'asked' }>[] = [first]
  while (all.length < count) {
    const next = await recordNext(
      work,
      said,
      all.map(({ childId }) => childId),
    )
    if (!next || next.status === 'asked' || all.some(isSameAs(next))) break
    all.push(next)
  }
  const shown = all.find(({ status }) => status !== 'known') ?? first
  const others = all.filter((one) => one !== shown).map(({ childId }) => childId)
  return { ...shown, others }
}

function isSameAs({ childId }: { childId: string }) {
  return (one: { childId: string }): boolean => one.childId === childId
}

/** Who says that there are two need not be asked whether one of them is a twin. */
async function recordFirst(work: Recording, said: ReadersStatement): Promise<Recorded> {
  const first = await recordStatement(work, said)
  if (first.status !== 'asked' || first.verdict.kind !== 'askTwin') return first
  return { status: 'known', childId: first.childId }
}

/** The next of the twins; null when nothing more is to be added. */
async function recordNext(
  work: Recording,
  { childId: _, ...said }: ReadersStatement,
  recorded: readonly string[],
): Promise<Recorded | null> {
  const { children, session } = work
  const own = await children.find({ readers: said.reader._id }, { session }).toArray()
  const first = own.find(({ _id }) => _id === recorded[0])
  if (!first) return null
  const twin = own.find((one) => {
    return one.status === 'active' && !recorded.includes(one._id) && hasSameDates(first, one)
  })
  // One that ended while this waited to be confirmed is one of those that were said.
  const hasEnded = own.some((one) => {
    return one.status === 'stopped' && one.changedAt > said.saidAt && hasSameDates(first, one)
  })
  if (!twin) return hasEnded ? null : recordStatement(work, { ...said, answer: 'twin' })
  const isBorn = said.dates.birthDate !== undefined && twin.birthDate === undefined
  if (isBorn && twin.isApart) return recordStatement(work, said)
  return { status: 'known', childId: twin._id }
}
