import { CONFIRMATION_LIFE_MS } from './confirmation'
import type { Child, ChildDates, Reader } from './reader'
import { couldBeOne, judgeChild } from './sameChild'
import { givenDates } from './recordStatement'

/**
 * Which dates a child has that two registrations of one person know by different ones: those of the
 * registration that ends (`theirs`), those of the one that goes on (`ours`); `both`: they are two.
 */
export type DatesChosen = 'theirs' | 'ours' | 'both'

/** A registration with every child it has or has had: those it left, too. */
export interface OwnChildren {
  reader: Pick<Reader, '_id' | 'relation' | 'consentedAt'>
  children: readonly Child[]
}

/** A child of the registration that ends, and the one it is among those of the one that goes on. */
export interface OneChild {
  theirs: Child
  ours: Child
}

/** What becomes of the children of two registrations that are one person's. */
export interface ChildrenAsOne {
  /** `dates`: those that ours has not said yet. */
  same: (OneChild & { dates: ChildDates })[]
  /** Nobody but the family knows which dates are right, or whether they are two. */
  differing: OneChild[]
  /** Those that only the registration that ends has. */
  added: Child[]
  /** Children of either that the other has ended since: for all (`stopped`), or for themselves. */
  ended: { of: 'theirs' | 'ours'; child: Child; how: 'stopped' | 'left' }[]
}

/**
 * Decides it. An end wins over everything that was typed before it, in whichever registration either
 * was: no birthday is greeted after a loss. Each child is one of the others at most once, so that twins
 * stay two; the same dates come first. *Pure.*
 */
export function childrenAsOne(theirs: OwnChildren, ours: OwnChildren): ChildrenAsOne {
  const endedOf = (own: OwnChildren, other: OwnChildren, of: 'theirs' | 'ours') =>
    goingOn(own).flatMap((child) => {
      const end = endOf(child, { own, other })
      return end ? [{ of, child, how: end }] : []
    })
  const ended = [...endedOf(theirs, ours, 'theirs'), ...endedOf(ours, theirs, 'ours')]
  const isLeft = ({ _id }: Child) => !ended.some(({ child }) => child._id === _id)
  const free = goingOn(ours).filter(isLeft)
  const result: ChildrenAsOne = { same: [], differing: [], added: [], ended }
  for (const child of exactFirst(goingOn(theirs).filter(isLeft), free)) {
    const found = matchOf(child, free, theirs.reader)
    if (!found) {
      result.added.push(child)
      continue
    }
    free.splice(free.indexOf(found.ours), 1)
    const one = { theirs: child, ours: found.ours }
    if (found.isSame) result.same.push({ ...one, dates: missing(one) })
    else result.differing.push(one)
  }
  return result
}

function goingOn({ reader, children }: OwnChildren): Child[] {
  return children.filter(({ status, readers }) => {
    return status === 'active' && readers.includes(reader._id)
  })
}

/** How the other registration has ended what could be this child, after it was typed; or null. */
function endOf(
  child: Child,
  { own, other }: { own: OwnChildren; other: OwnChildren },
): 'stopped' | 'left' | null {
  const typedAt = saidAt(child, own.reader)
  const ends = other.children.filter((one) => {
    const isEnd = one.status === 'stopped' || !one.readers.includes(other.reader._id)
    return isEnd && one.changedAt > typedAt && (one._id === child._id || couldBeOne(one, child))
  })
  if (ends.length === 0) return null
  return ends.some(({ status }) => status === 'stopped') ? 'stopped' : 'left'
}

/** When a child was typed: a registration waits up to a day to be confirmed, and is written then. */
function saidAt({ createdAt }: Child, { consentedAt }: Pick<Reader, 'consentedAt'>): Date {
  const waited = createdAt.getTime() - consentedAt.getTime()
  const isOfRegistration = waited >= 0 && waited <= CONFIRMATION_LIFE_MS
  return isOfRegistration ? consentedAt : createdAt
}

/** What would find its own dates comes first: it must not be taken by what is only near. */
function exactFirst(children: readonly Child[], among: readonly Child[]): Child[] {
  const isExact = (child: Child) =>
    among.some(({ birthDate, dueDate }) =>
      child.birthDate ? birthDate === child.birthDate : dueDate === child.dueDate,
    )
  return children.toSorted((a, b) => Number(isExact(b)) - Number(isExact(a)))
}

function matchOf(
  child: Child,
  among: readonly Child[],
  { relation }: Pick<Reader, 'relation'>,
): { ours: Child; isSame: boolean } | null {
  const shared = among.find(({ _id }) => _id === child._id)
  if (shared) return { ours: shared, isSame: true }
  const verdict = judgeChild(among, { ...givenDates(child), relation, saidAt: null })
  if (!('child' in verdict)) return null
  return { ours: verdict.child, isSame: ['same', 'askTwin', 'born'].includes(verdict.kind) }
}

/** The dates that one child has and the other has not: a birth that only one was told of. */
function missing({ theirs, ours }: OneChild): ChildDates {
  const known = givenDates(ours)
  const said = Object.entries(givenDates(theirs)).filter(([name]) => !(name in known))
  return Object.fromEntries(said) as ChildDates
}
