import type { Anchors } from '../stage/due'
import type { SlotContent, ReaderPreferences } from './slotContent'
import type { Program } from './program'

/** One child as planning sees it, for one reader. */
export interface PlanChild {
  id: string
  anchors: Anchors
  /** Whether this reader chose corrected age for this child. */
  isCorrected: boolean
}

/** One (reader, child, slot) with at least one content that is due. */
export interface Candidate {
  /** `reader:child:slot`, the id of the delivery it may become. */
  id: string
  reader: string
  child: string
  /** The same object for all readers of one taste whose children have the same dates. */
  offer: SlotContent
}

interface CandidateInput {
  program: Program
  readerId: string
  taste: ReaderPreferences
  child: PlanChild
}

/** Id of the delivery of one slot to one reader for one child. *Pure.* */
export function deliveryId(reader: string, child: string, slot: string): string {
  return `${reader}:${child}:${slot}`
}

/** The three parts of a delivery's id. *Pure.* */
export function parseDeliveryId(id: string): { reader: string; child: string; slot: string } {
  const [reader = '', child = '', slot = ''] = id.split(':')
  return { reader, child, slot }
}

/** Candidates of one child, texts and add-ons of one slot together. *Pure.* */
export function candidatesOf({ program, readerId, taste, child }: CandidateInput): Candidate[] {
  const { offers } = program.offerFor(child, taste)
  return offers.map((offer) => candidateOf(readerId, child, offer))
}

/** The candidate of one offer. *Pure.* */
export function candidateOf(
  reader: string,
  { id: child }: PlanChild,
  offer: SlotContent,
): Candidate {
  return { id: deliveryId(reader, child, offer.slot), reader, child, offer }
}

/** Order of a reader's children: youngest first, the unborn before the born. *Pure.* */
export function compareChildren(a: PlanChild, b: PlanChild): number {
  const key = ({ anchors, id }: PlanChild) =>
    [anchors.birthDate ?? '9999-12-31', anchors.dueDate ?? '', id] as const
  const [birthA, dueA, idA] = key(a)
  const [birthB, dueB, idB] = key(b)
  return compare(birthB, birthA) || compare(dueB, dueA) || compare(idA, idB)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
