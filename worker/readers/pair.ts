import type { Anchors } from '../../src/stage/due'
import { localDayOf, type LocalDay } from '../../src/stage/day'
import type { ReaderPreferences } from '../../src/plan/slotContent'
import type { RoutedIdentity } from '../../src/plan/route'
import { writtenWishes, type Wishes } from '../../src/plan/wishes'
import type { PairNames } from '../ledger/pairNames'
import type { Child, DeliveredElsewhere, Reader } from './reader'

/** A child and one of the readers who get its texts, as stored in `pairs`: what planning reads. */
export interface Pair extends PairNames {
  /** `municipality:number`, e.g. `012025:123`; the number is never given twice. */
  _id: string
  municipality: string
  reader: string
  child: string
  /** Whether the child goes on and the reader gets its texts. A pair stays: the ledger names it. */
  isActive: boolean
  /** When the child was registered. */
  createdAt: Date
  /** Since when it names nobody any more: its reader had their data erased. */
  unlinkedAt?: Date
  /** The child's dates; of one that is over those it had, to know a change of them when it goes on. */
  dueDate?: LocalDay
  birthDate?: LocalDay
  entryDate?: LocalDay
  /** The reader chose corrected age for this child. */
  isCorrected?: true
  /** The day the reader asked for support texts: of the child itself nothing comes. */
  supportFrom?: LocalDay
  /** Until when the reader is to be told who sends from now on; it is told with this child's texts. */
  announceOn?: LocalDay
  /** Its dates were other ones before, so that another day's texts may have been sent. */
  isChanged?: true
  /** What another system has delivered of it before. */
  elsewhere?: DeliveredElsewhere
  /** Active, and planned by itself; the others are plain. */
  isSpecial?: true
  /** The one date all stages of a plain pair count from: `born 2026-05-05` or `due 2027-01-01`. */
  anchor?: string
  /** What selects content and route of a plain pair: equal for all who get the same. */
  cell?: string
}

/** A child as a pair has it, or the support texts asked for in its place. */
export type PairedChild = Child & { supportFrom?: LocalDay }

/** What a pair is made of. */
export interface PairInput {
  reader: Pick<
    Reader,
    | '_id'
    | 'municipality'
    | 'status'
    | 'rest'
    | 'edition'
    | 'area'
    | 'wishes'
    | 'identities'
    | 'announce'
  >
  /** The child, or null when it has ended or the reader has left it. */
  child: PairedChild | null
  /** The reader has no other pair, and never had one. */
  isOnly: boolean
  /** Something of the reader's is among the suppressions. */
  isSuppressed: boolean
  before: Pair
}

/** The pair as it is now; what it was `before` tells whether its dates have changed. *Pure.* */
export function pairOf({ reader, child, isOnly, isSuppressed, before }: PairInput): Pair {
  const { _id, municipality, reader: readerId, child: childId, createdAt } = before
  const { former } = before
  const names = { _id, municipality, reader: readerId, child: childId }
  const base = { ...names, ...(former && { former }), createdAt }
  const isChanged = before.isChanged === true || (child !== null && hasOtherDates(before, child))
  const changed = isChanged ? { isChanged: true as const } : {}
  const { dueDate, birthDate, entryDate } = child ?? before
  const dates = {
    ...(dueDate !== undefined && { dueDate }),
    ...(birthDate !== undefined && { birthDate }),
    ...(entryDate !== undefined && { entryDate }),
  }
  if (!child) return { ...base, isActive: false, ...dates, ...changed }
  const isCorrected = child.corrected?.includes(reader._id) ?? false
  const announceOn = announcedUntil(reader, before)
  const pair: Pair = {
    ...base,
    isActive: true,
    createdAt: child.createdAt,
    ...dates,
    ...(child.supportFrom !== undefined && { supportFrom: child.supportFrom }),
    ...(announceOn !== undefined && { announceOn }),
    ...(isCorrected && { isCorrected: true }),
    ...(child.elsewhere && { elsewhere: child.elsewhere }),
    ...changed,
  }
  const anchor = anchorOf(child)
  const isPlain =
    isOnly &&
    !isSuppressed &&
    former === undefined &&
    !isChanged &&
    !isCorrected &&
    entryDate === undefined &&
    !isElsewhereStill(child) &&
    anchor !== null &&
    reader.status === 'active' &&
    reader.rest === undefined &&
    reader.announce === undefined &&
    reader.municipality === municipality
  return isPlain ? { ...pair, anchor, cell: cellOf(reader) } : { ...pair, isSpecial: true }
}

/**
 * Whether another system has delivered on the day of the import itself. What it had on earlier days
 * can only come again when dates change, and then the pair is special anyhow.
 */
function isElsewhereStill({
  elsewhere,
  createdAt,
}: Pick<Child, 'elsewhere' | 'createdAt'>): boolean {
  return elsewhere !== undefined && elsewhere.through >= localDayOf(createdAt)
}

function announcedUntil(
  { announce }: Pick<Reader, 'announce'>,
  { municipality, child }: Pick<Pair, 'municipality' | 'child'>,
): LocalDay | undefined {
  const isHere = announce?.municipality === municipality && announce.child === child
  return isHere ? announce.on : undefined
}

/** A first report of the birth is no change: until then other texts were due. */
function hasOtherDates(
  before: Pick<Pair, 'dueDate' | 'birthDate'>,
  child: Pick<Child, 'dueDate' | 'birthDate'>,
): boolean {
  const isOther = (was: LocalDay | undefined, is: LocalDay | undefined) =>
    was !== undefined && was !== is
  return isOther(before.birthDate, child.birthDate) || isOther(before.dueDate, child.dueDate)
}

function anchorOf({ dueDate, birthDate }: Pick<Child, 'dueDate' | 'birthDate'>): string | null {
  if (birthDate !== undefined) return bornOn(birthDate)
  return dueDate === undefined ? null : dueOn(dueDate)
}

/** Anchor of plain pairs whose child was born on a day. *Pure.* */
export function bornOn(day: LocalDay): string {
  return `born ${day}`
}

/** Anchor of plain pairs whose child is due on a day. *Pure.* */
export function dueOn(day: LocalDay): string {
  return `due ${day}`
}

/** The date of an anchor, as stages are computed from it. *Pure.* */
export function parseAnchor(anchor: string): Anchors {
  const [kind, day = ''] = anchor.split(' ')
  return kind === 'born' ? { birthDate: day } : { dueDate: day }
}

/** What all of a cell have in common. */
export interface CellMeaning extends ReaderPreferences {
  /** Their addresses without what tells them apart. */
  identities: RoutedIdentity[]
  wishes?: Wishes
}

/** Readers with equal cells get the same for children with the same anchor. *Pure.* */
function cellOf({ edition, area, identities, wishes }: PairInput['reader']): string {
  const routed = identities.map(({ channel, account, status }) => [channel, account, status])
  const own = writtenWishes(wishes)
  return JSON.stringify([edition, area, routed, ...(own ? [own] : [])])
}

/** What a cell says. *Pure.* */
export function parseCell(cell: string): CellMeaning {
  const [edition, area, routed, wishes] = JSON.parse(cell) as [
    string,
    string | null,
    [RoutedIdentity['channel'], string, RoutedIdentity['status']][],
    Wishes?,
  ]
  const identities = routed.map(([channel, account, status]) => ({
    channel,
    account,
    status,
    index: '',
  }))
  return { edition, area, identities, ...(wishes && { wishes }) }
}
