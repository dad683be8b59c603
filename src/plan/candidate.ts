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
  /** The same object for all readers of the same preferences whose children have the same dates. */
  slotContent: SlotContent
}

interface CandidateInput {
  program: Program
  readerId: string
  preferences: ReaderPreferences
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
export function candidatesOf({
  program,
  readerId,
  preferences,
  child,
}: CandidateInput): Candidate[] {
  const { slotContents } = program.contentFor(child, preferences)
  return slotContents.map((one) => candidateOf(readerId, child, one))
}

/** The candidate of what one slot has for a child. *Pure.* */
export function candidateOf(
  reader: string,
  { id: child }: PlanChild,
  slotContent: SlotContent,
): Candidate {
  return { id: deliveryId(reader, child, slotContent.slot), reader, child, slotContent }
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
