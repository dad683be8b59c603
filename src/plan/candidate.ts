import type { Anchors } from '../stage/due'
import type { SlotContent, ReaderPreferences } from './slotContent'
import type { Program } from './program'

/** One child as planning sees it, for one reader. */
export interface PlanChild {
  id: string
  /** Id of the pair that this child and the reader are: `municipality:number`. */
  pair: string
  anchors: Anchors
  /** Whether this reader chose corrected age for this child. */
  isCorrected: boolean
}

/** One (reader, child, slot) with at least one content that is due. */
export interface Candidate {
  /** `municipality:slot:number`, the id of the delivery it may become. */
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

/**
 * Id of the delivery of one slot to a pair (a child and one of its readers): the slot stands before
 * the pair's number, so that what is planned together is stored together. *Pure.*
 */
export function deliveryId(pair: string, slot: string): string {
  const { municipality, number } = parsePairId(pair)
  return `${municipality}:${slot}:${number}`
}

/** The pair and the slot of a delivery. *Pure.* */
export function parseDeliveryId(id: string): { pair: string; slot: string } {
  const [municipality = '', slot = '', number = ''] = id.split(':')
  return { pair: pairId(municipality, number), slot }
}

/** Id of a pair: its number within its municipality, which is never given twice. *Pure.* */
export function pairId(municipality: string, number: number | string): string {
  return `${municipality}:${number}`
}

/** The municipality and the number of a pair. *Pure.* */
export function parsePairId(pair: string): { municipality: string; number: string } {
  const [municipality = '', number = ''] = pair.split(':')
  return { municipality, number }
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
  { id: child, pair }: PlanChild,
  slotContent: SlotContent,
): Candidate {
  return { id: deliveryId(pair, slotContent.slot), reader, child, slotContent }
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
