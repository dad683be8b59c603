import type { KeyRing } from '../../src/secret/seal'
import { grouped } from '../../src/release/grouped'
import type { ImportProblem } from '../../src/table/sheet'

import type { LocalDay } from '../../src/stage/day'
import { sealIdentity, suppressionId } from './identity'
import { nearStored } from './importedDoubles'
import {
  importedChildIds,
  importedChildren,
  type ImportedChild,
  type ImportedReader,
} from './importedReader'
import type { Child, FormerIdentity, Reader } from './reader'
import { hasDate, judgeChild } from './sameChild'

/** Known: was there already. Stopped: the reader had stopped, and an import never restarts. */
export interface ImportCounts {
  readersAdded: number
  readersKnown: number
  readersStopped: number
  childrenAdded: number
  childrenKnown: number
}

/** What an import does with each row, by its line; of a stopped child or reader no line tells. */
export interface ImportDiff {
  /** A new reader with this child. */
  newReaders: number[]
  /** A new child of a reader who is there. */
  newChildren: number[]
  /** There already, and the same. */
  known: number[]
  /** There already and otherwise; the row changes nothing. */
  differing: { line: number; columns: string[] }[]
}

/** What the database holds of the readers in the file. */
export interface AlreadyStored {
  readers: Reader[]
  /** Theirs, stopped ones too. */
  children: Child[]
  suppressionIds: ReadonlySet<string>
}

/** What an import writes. */
export interface ImportPlan {
  counts: ImportCounts
  readers: Reader[]
  children: Child[]
  /** Ids of children that are there and are apart from one that is added. */
  apart: string[]
  /** Rows that are not added though nothing is wrong with them. */
  notes: ImportProblem[]
  diff: ImportDiff
}

/** Finds the reader of the database that a reader of the file is. *Pure.* */
export function readerFinder(readers: Reader[]): (imported: ImportedReader) => Reader | null {
  const find = readersFinder(readers)
  return (imported) => find(imported)[0] ?? null
}

/**
 * Finds those who have an address of the file, and after them those who had it before: what has
 * ended for these, no old list brings back. *Pure.*
 */
function readersFinder(readers: Reader[]): (imported: ImportedReader) => Reader[] {
  const under = (addressesOf: (reader: Reader) => readonly FormerIdentity[]) => {
    const named = readers.flatMap((reader) =>
      addressesOf(reader).map((one) => ({
        key: addressKey(one.municipality ?? reader.municipality, one),
        reader,
      })),
    )
    return grouped(named, ({ key }) => key)
  }
  const having = under(({ identities }) => identities)
  const formerly = under(({ former = [] }) => former)
  return ({ first, index }) => {
    const { channel, account } = first.address
    const key = addressKey(first.municipality, { channel, account, index })
    const found = [...(having.get(key) ?? []), ...(formerly.get(key) ?? [])]
    return found.map(({ reader }) => reader)
  }
}

function addressKey(municipality: string, address: FormerIdentity): string {
  return `${municipality}:${suppressionId(address)}`
}

/** Decides what is added; no date that is there is changed. *Pure.* but for the sealing. */
export function planImport(
  imported: ImportedReader[],
  { ring, now, stored }: { ring: KeyRing; now: Date; stored: AlreadyStored },
): ImportPlan {
  const find = readersFinder(stored.readers)
  const byReader = new Map<string, Child[]>()
  for (const child of stored.children) {
    const add = (id: string, own: Child) => byReader.set(id, [...(byReader.get(id) ?? []), own])
    for (const id of child.readers) add(id, child)
    // Whoever has left a child has it no more, however old a list: for them it has ended.
    for (const id of child.left ?? []) add(id, { ...child, status: 'stopped' })
  }
  const byId = new Map(stored.children.map((child) => [child._id, child]))
  const counts = emptyCounts()
  const plan: ImportPlan = {
    counts,
    readers: [],
    children: [],
    apart: [],
    notes: [],
    diff: emptyDiff(),
  }
  for (const reader of imported) {
    const found = find(reader)
    const [known = null, ...others] = found
    // Who has moved from the row's town gets nothing there, as who has stopped.
    const hasMoved = known !== null && known.municipality !== reader.first.municipality
    // Whoever had their data erased comes back by themselves alone.
    const isErased = found.some((one) => one.isErased)
    if (known?.status === 'stopped' || hasMoved || isErased) {
      counts.readersStopped += 1
      plan.diff.known.push(...reader.rows.map(({ line }) => line))
      continue
    }
    counts[known ? 'readersKnown' : 'readersAdded'] += 1
    if (!known) plan.readers.push(newReader(reader, { ring, now, stored }))
    const id = known?._id ?? reader.id
    const own = [id, ...others.map(({ _id }) => _id)].flatMap((one) => byReader.get(one) ?? [])
    const columns = known ? differingColumns(known, reader) : []
    for (const child of importedChildren(reader)) {
      const planned = { reader: { id, imported: reader }, child, own, byId, now }
      const outcome = planChild(plan, planned)
      addDiff(plan.diff, planned, { ...outcome, isKnown: known !== null, columns })
    }
  }
  return plan
}

interface PlannedChild {
  reader: { id: string; imported: ImportedReader }
  child: ImportedChild
  /** All children of this reader. */
  own: Child[]
  byId: ReadonlyMap<string, Child>
  now: Date
}

/** A child is known by its id, also after it was changed or left, or by its date. */
function planChild(plan: ImportPlan, planned: PlannedChild): ChildOutcome {
  const { reader, child, own, byId } = planned
  const ids = importedChildIds(reader.id, child)
  const known = [
    ...ids.flatMap((id) => byId.get(id) ?? []),
    ...own.filter((one) => hasDate(one, child.dates)),
  ]
  const there = [...new Map(known.map((one) => [one._id, one])).values()]
  const hasEnded = there.some(({ status, isApart }) => status === 'stopped' && !isApart)
  const isNear = !hasEnded && there.length === 0 && isNearStored(plan, planned)
  const isKnown = hasEnded || isNear
  const added = isKnown ? 0 : Math.max(child.count - there.length, 0)
  plan.counts.childrenAdded += added
  plan.counts.childrenKnown += child.count - added
  const free = ids.filter((id) => !byId.has(id)).slice(0, added)
  plan.children.push(...free.map((id) => newChild(id, planned)))
  if (child.isApart) plan.apart.push(...there.map(({ _id }) => _id))
  return { added, isNear: isNear && plan.notes.some(({ line }) => line === child.first.line) }
}

/** What became of one child of the file. */
interface ChildOutcome {
  added: number
  /** Like one that is there, with another date. */
  isNear: boolean
}

function addDiff(
  diff: ImportDiff,
  { child }: Pick<PlannedChild, 'child'>,
  { added, isNear, isKnown, columns }: ChildOutcome & { isKnown: boolean; columns: string[] },
): void {
  const lines = child.rows.map(({ line }) => line)
  if (!isKnown) diff.newReaders.push(...lines)
  else if (added > 0) diff.newChildren.push(...lines)
  else if (isNear || columns.length > 0) {
    const all = isNear ? [...columns, 'date'] : columns
    diff.differing.push(...lines.map((line) => ({ line, columns: all })))
  } else diff.known.push(...lines)
}

/** The columns in which a row says otherwise than what is stored. *Pure.* */
function differingColumns(known: Reader, { first }: ImportedReader): string[] {
  return (['edition', 'relation', 'area'] as const).filter((name) => known[name] !== first[name])
}

function emptyDiff(): ImportDiff {
  return { newReaders: [], newChildren: [], known: [], differing: [] }
}

/** Whether a child that was registered otherwise could be this one; unless it has ended, it is told. */
function isNearStored(plan: ImportPlan, { reader, child, own }: PlannedChild): boolean {
  const { relation } = reader.imported.first
  const answer = child.isApart ? { answer: 'another' as const } : {}
  const verdict = judgeChild(own, { ...child.dates, relation, saidAt: null, ...answer })
  if (verdict.kind === 'new') {
    plan.apart.push(...verdict.apartFrom.map(({ _id }) => _id))
    return false
  }
  const message = nearStored(verdict)
  if (message !== null) plan.notes.push({ line: child.first.line, column: 'date', message })
  return true
}

function newChild(_id: string, { reader, child, now }: PlannedChild): Child {
  const through = latestOf(child.rows.map(({ delivered }) => delivered))
  return {
    _id,
    municipality: child.first.municipality,
    readers: [reader.id],
    ...child.dates,
    ...(child.isApart && { isApart: true }),
    ...(through !== null && { elsewhere: { ...child.dates, through } }),
    status: 'active',
    createdAt: now,
    changedAt: now,
  }
}

function latestOf(days: readonly (LocalDay | null)[]): LocalDay | null {
  return (
    days
      .filter((day) => day !== null)
      .sort()
      .at(-1) ?? null
  )
}

function emptyCounts(): ImportCounts {
  return {
    readersAdded: 0,
    readersKnown: 0,
    readersStopped: 0,
    childrenAdded: 0,
    childrenKnown: 0,
  }
}

function newReader(
  { id, first }: ImportedReader,
  { ring, now, stored }: { ring: KeyRing; now: Date; stored: AlreadyStored },
): Reader {
  const { municipality, edition, relation, area, source } = first
  const { consentedAt, consentVersion, consentBasis } = first
  const identity = sealIdentity(ring, first.address)
  const isSuppressed = stored.suppressionIds.has(suppressionId(identity))
  return {
    _id: id,
    municipality,
    edition,
    relation,
    area,
    source,
    consentedAt,
    consentVersion,
    consentBasis,
    status: 'active',
    identities: [{ ...identity, status: isSuppressed ? 'suppressed' : 'active' }],
    createdAt: now,
    changedAt: now,
  }
}
