import { daysBetween, type LocalDay } from '../../src/stage/day'

import { birthFault, type BirthFault } from './birthLimits'
import { dateFault, type DateFault } from './dateLimits'
import { isNearDay, MAX_NEAR_DAYS } from './nearDay'
import type { Child, ChildDates, Relation } from './reader'

/** What a reader, or a row of a list, says of a child: a birth or a due date. */
export interface ChildStatement extends Pick<ChildDates, 'birthDate' | 'dueDate'> {
  /** What they said when they were asked; see {@link ChildVerdict}. */
  answer?: ChildAnswer
  /**
   * When they said it: a child that ended before is not meant. Null for a list, which may be older
   * than any end: what could be an ended child is not added again.
   */
  saidAt: Date | null
  /** Whose child it is: only of parents no two children can be due close to each other. */
  relation?: Relation
}

/**
 * The answers there are: `same` (nothing changes), `correction` (the child has this date), `twin`
 * (one more child of this pregnancy), `another` (a child of its own, whatever the dates).
 */
export type ChildAnswer = 'same' | 'correction' | 'twin' | 'another'

/** Which child a statement means, or what has to be asked or said first. */
export type ChildVerdict =
  /** Add it; `apartFrom` are children of like dates that it was said not to be. */
  | { kind: 'new'; apartFrom: Child[] }
  /** Registered already: nothing changes. Say so, not 「登録しました」. */
  | { kind: 'same'; child: Child }
  /** The birth of a child that was expected: it keeps its due date. */
  | { kind: 'born'; child: Child }
  /** The child has this date from now on. */
  | { kind: 'corrected'; child: Child }
  /** The same birthday again. Ask ふたごですか: `twin` or `same`. */
  | { kind: 'askTwin'; child: Child }
  /** A date near this child's (days later, negative earlier). Ask: `correction` or `another`/`twin`. */
  | { kind: 'askCorrection'; child: Child; days: number }
  /** 「日付を確かめてください」; with `beforeViability` quietly the way to stop, and no question. */
  | { kind: 'refused'; fault: BirthFault; child: Child }
  /** Could be a child whose deliveries ended: add nothing, and never say so to anybody. */
  | { kind: 'ended'; child: Child }

/** What is wrong with a new date of one child; `dueUnlikeBirth`: no due date of its birthday. */
export type ChangeFault = DateFault | BirthFault | 'dueUnlikeBirth'

/** Verdicts that wait for an answer. */
export type OpenVerdict = Extract<ChildVerdict, { kind: 'askTwin' | 'askCorrection' | 'refused' }>

/** Due dates this close are one pregnancy whose date was moved (days). */
const CLOSE_DUE_DATES = 60
/** The next child of a mother is born at least this long after the due date of one (days). */
const NEXT_BIRTH_AFTER_DUE = 168

/**
 * Decides which child is meant: the one rule for the form, the reader's page and lists. *Pure.*
 *
 * | said | of a child | is |
 * | --- | --- | --- |
 * | the due date it has | expected or born | `same` |
 * | a due date within 60 days of its own | expected, a parent's | `corrected`: it was moved |
 * | the same | expected, anybody else's, or born | `askCorrection` |
 * | a due date that fits its birthday | born without one | `askCorrection` |
 * | a birthday of 22w0d to 43w6d | expected | `born` |
 * | an earlier birthday within its pregnancy | expected | `refused` (`beforeViability`) |
 * | a birthday up to 168 days after the due date | expected | `refused` (`afterPregnancy`) |
 * | the birthday it has | born | `askTwin` |
 * | a birthday near it, see {@link isNearDay} | born | `askCorrection` |
 * | anything else | | `new` |
 *
 * @param children all of the reader's, ended ones too
 */
export function judgeChild(children: readonly Child[], statement: ChildStatement): ChildVerdict {
  const active = children.filter(({ status }) => status === 'active')
  const ended = children.filter((child) => hasEnded(child, statement))
  const first = findSame(active, statement) ??
    asEnded(findSame(ended, statement)) ??
    findLike(active, statement) ??
    asEnded(findLike(ended, statement)) ?? { kind: 'new' as const, apartFrom: [] }
  return settle(first, statement.answer)
}

/** Whether a verdict waits for an answer. *Pure.* */
export function isOpen(verdict: ChildVerdict): verdict is OpenVerdict {
  return ['askTwin', 'askCorrection', 'refused'].includes(verdict.kind)
}

/**
 * What is wrong with a new date of one child, for the page that is about this child, or null: the
 * limits of today, and birth and due date against each other. *Pure.*
 */
export function changeFault(
  child: ChildDates,
  changed: Pick<ChildDates, 'birthDate' | 'dueDate'>,
  today: LocalDay,
): ChangeFault | null {
  const { birthDate, dueDate } = { ...child, ...changed }
  if (changed.birthDate) {
    const fault = dateFault(changed.birthDate, { kind: 'birthDate', today })
    return fault ?? (dueDate ? birthFault(changed.birthDate, { dueDate }) : null)
  }
  if (!dueDate) return null
  // The due date of a child that is born may lie in any past.
  if (!birthDate) return dateFault(dueDate, { kind: 'dueDate', today })
  return birthFault(birthDate, { dueDate }) && 'dueUnlikeBirth'
}

/**
 * Whether two children of one reader could be one that was registered twice: what ends one ends the
 * other. Those that were said to be apart are two. *Pure.*
 */
export function couldBeOne(one: Child, other: Child): boolean {
  if (one.isApart && other.isApart) return false
  if (one.birthDate && other.birthDate) return within(MAX_NEAR_DAYS, one.birthDate, other.birthDate)
  if (one.dueDate && other.dueDate) return within(CLOSE_DUE_DATES, one.dueDate, other.dueDate)
  const [birthDate, dueDate] = [one.birthDate ?? other.birthDate, one.dueDate ?? other.dueDate]
  return Boolean(birthDate && dueDate && !birthFault(birthDate, { dueDate }))
}

/**
 * The other children of this one's pregnancy: twins who were said to be two, of a parent, due on the
 * same day. A due date is the pregnancy's, so that it moves for all of them. *Pure.*
 */
export function twinsOf(child: Child, own: readonly Child[], relation: Relation): Child[] {
  if (!child.isApart || child.dueDate === undefined || !isParent(relation)) return []
  return own.filter(({ _id, status, isApart, dueDate }) => {
    return _id !== child._id && status === 'active' && isApart && dueDate === child.dueDate
  })
}

/** Whether two children have the same birthday, or the same due date. *Pure.* */
export function hasSameDates(one: ChildDates, other: ChildDates): boolean {
  if (one.birthDate && other.birthDate) return one.birthDate === other.birthDate
  return one.dueDate !== undefined && one.dueDate === other.dueDate
}

/** Whether a child has the birthday, or the due date, that is said. *Pure.* */
export function hasDate(
  child: ChildDates,
  { birthDate, dueDate }: Pick<ChildDates, 'birthDate' | 'dueDate'>,
): boolean {
  return birthDate ? child.birthDate === birthDate : !!dueDate && child.dueDate === dueDate
}

function hasEnded({ status, changedAt }: Child, { saidAt }: ChildStatement): boolean {
  return status === 'stopped' && (saidAt === null || changedAt > saidAt)
}

function asEnded(verdict: ChildVerdict | null): ChildVerdict | null {
  return verdict && 'child' in verdict ? { kind: 'ended', child: verdict.child } : null
}

/** The child with exactly this date; a twin who is still expected is meant before a born one. */
function findSame(children: readonly Child[], statement: ChildStatement): ChildVerdict | null {
  const { birthDate } = statement
  const child = children.find((one) => hasDate(one, statement))
  if (!child) return null
  if (!birthDate) return { kind: 'same', child }
  const expected = child.isApart ? nearestExpected(children.filter(isTwin), birthDate) : null
  return expected ? { kind: 'born', child: expected } : { kind: 'askTwin', child }
}

function isTwin({ isApart }: Child): boolean {
  return isApart === true
}

/** The child that this date is likely to be of. */
function findLike(children: readonly Child[], statement: ChildStatement): ChildVerdict | null {
  const { birthDate, dueDate, relation = 'mother' } = statement
  if (birthDate) return findLikeBirth(children, birthDate)
  const like = dueDate ? findLikeDue(children, dueDate) : null
  if (!like || !isParent(relation) || !isExpected(like.child)) return like
  return { kind: 'corrected', child: like.child }
}

function isParent(relation: Relation): boolean {
  return relation === 'mother' || relation === 'father'
}

function findLikeBirth(children: readonly Child[], birthDate: LocalDay): ChildVerdict | null {
  const expected = nearestExpected(children, birthDate)
  if (expected) return { kind: 'born', child: expected }
  const near = nearest(
    children.filter((child) => child.birthDate && isNearDay(child.birthDate, birthDate)),
    { dayOf: (child) => child.birthDate, day: birthDate },
  )
  if (near) return { kind: 'askCorrection', ...near }
  return (
    children.map((child) => asRefused(child, birthDate)).find((found) => found !== null) ?? null
  )
}

function nearestExpected(children: readonly Child[], birthDate: LocalDay): Child | null {
  const fitting = children.filter(
    (child) => isExpected(child) && !birthFault(birthDate, { dueDate: child.dueDate }),
  )
  return nearest(fitting, { dayOf: (child) => child.dueDate, day: birthDate })?.child ?? null
}

function isExpected(child: Child): child is Child & { dueDate: LocalDay } {
  return child.dueDate !== undefined && child.birthDate === undefined
}

/** A birthday in the time of a pregnancy that is not its birth, and that no other child can have. */
function asRefused(child: Child, birthDate: LocalDay): ChildVerdict | null {
  if (!isExpected(child)) return null
  const { dueDate } = child
  const fault = birthFault(birthDate, { dueDate })
  const isLater = daysBetween(dueDate, birthDate) > NEXT_BIRTH_AFTER_DUE
  if (fault === null || fault === 'beforePregnancy' || isLater) return null
  return { kind: 'refused', fault, child }
}

function findLikeDue(
  children: readonly Child[],
  dueDate: LocalDay,
): Extract<ChildVerdict, { kind: 'askCorrection' }> | null {
  const close = nearest(
    children.filter((one) => one.dueDate && within(CLOSE_DUE_DATES, one.dueDate, dueDate)),
    { dayOf: (child) => child.dueDate, day: dueDate },
  )
  if (close) return { kind: 'askCorrection', ...close }
  const born = nearest(
    children.filter(
      (one) => one.birthDate && !one.dueDate && !birthFault(one.birthDate, { dueDate }),
    ),
    { dayOf: (child) => child.birthDate, day: dueDate },
  )
  return born ? { kind: 'askCorrection', ...born } : null
}

function nearest(
  children: readonly Child[],
  { dayOf, day }: { dayOf: (child: Child) => LocalDay | undefined; day: LocalDay },
): { child: Child; days: number } | null {
  const measured = children.map((child) => ({ child, days: daysBetween(dayOf(child) ?? day, day) }))
  const [first = null] = measured.toSorted((a, b) => Math.abs(a.days) - Math.abs(b.days))
  return first
}

function within(days: number, one: LocalDay, other: LocalDay): boolean {
  return Math.abs(daysBetween(one, other)) <= days
}

/** What the answer makes of a verdict; one that does not go with the question changes nothing. */
function settle(verdict: ChildVerdict, answer: ChildAnswer | undefined): ChildVerdict {
  if (answer === undefined || verdict.kind === 'new' || verdict.kind === 'ended') return verdict
  const { child } = verdict
  if (answer === 'another' || (answer === 'twin' && verdict.kind !== 'refused')) {
    return { kind: 'new', apartFrom: verdict.kind === 'refused' ? [] : [child] }
  }
  if (answer === 'same' && isOpen(verdict)) return { kind: 'same', child }
  return answer === 'correction' && verdict.kind === 'askCorrection'
    ? { kind: 'corrected', child }
    : verdict
}
