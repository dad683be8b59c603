import type { Anchors } from '../../src/stage/due'
import type { AddOnEntry, Program, TextEntry } from './program'

/** One child as planning sees it, for one reader. */
export interface PlanChild {
  id: string
  anchors: Anchors
  /** Whether this reader chose corrected age for this child. */
  isCorrected: boolean
}

/** What kind of text leads a delivery; also the order under the daily cap. */
export type DeliveryKind = 'question' | 'stage' | 'milestone' | 'addOn' | 'welcome'

/** One (reader, child, slot) with at least one content that is due. */
export interface Candidate {
  /** `reader:child:slot`, the id of the delivery it may become. */
  id: string
  child: PlanChild
  slot: string
  kind: DeliveryKind
  /** All editions' texts of this slot; one is chosen for the reader later. */
  texts: TextEntry[]
  /** Add-ons that begin on this slot. */
  addOns: AddOnEntry[]
}

/** What selects content for a reader. */
export interface Taste {
  edition: string
  area: string | null
}

interface CandidateInput {
  program: Program
  readerId: string
  taste: Taste
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
  const due = program.dueFor(child.anchors, child.isCorrected)
  const bySlot = new Map<string, Candidate>()
  const at = (slot: string): Candidate => {
    const known = bySlot.get(slot)
    if (known) return known
    const id = deliveryId(readerId, child.id, slot)
    const added: Candidate = { id, child, slot, kind: 'addOn', texts: [], addOns: [] }
    bySlot.set(slot, added)
    return added
  }
  for (const text of due.texts) at(text.content.slot).texts.push(text)
  const edition = knownEdition(taste.edition, program)
  for (const addOn of due.once) {
    if (isFor(addOn, { ...taste, edition })) at(addOn.content.from).addOns.push(addOn)
  }
  return [...bySlot.values()].map((candidate) => ({ ...candidate, kind: kindOf(candidate) }))
}

/** Add-ons that go with each text of a child, for one reader. *Pure.* */
export function everyAddOns({ program, taste, child }: Omit<CandidateInput, 'readerId'>) {
  const edition = knownEdition(taste.edition, program)
  const due = program.dueFor(child.anchors, child.isCorrected)
  return due.every.filter((addOn) => isFor(addOn, { ...taste, edition }))
}

/** The reader's edition, or the municipality's default when it is not offered (any more). *Pure.* */
export function knownEdition(edition: string, { settings }: Program): string {
  return settings.editions.includes(edition) ? edition : (settings.editions[0] ?? edition)
}

/** Of each series the text in the reader's edition, else in the default one. *Pure.* */
export function chooseEdition(texts: readonly TextEntry[], taste: Taste, program: Program) {
  const wanted = knownEdition(taste.edition, program)
  const fallback = program.settings.editions[0]
  const seriesOf = ({ content }: TextEntry) => `${content.series}:${content.kind}`
  return [...new Set(texts.map(seriesOf))].flatMap((series) => {
    const variants = texts.filter((text) => seriesOf(text) === series)
    const of = (edition?: string) => variants.find(({ content }) => content.edition === edition)
    const chosen = of(wanted) ?? of(fallback)
    return chosen ? [chosen] : []
  })
}

function isFor({ content }: AddOnEntry, { edition, area }: Taste): boolean {
  const isEdition = content.editions.length === 0 || content.editions.includes(edition)
  const isArea = content.areas.length === 0 || (area !== null && content.areas.includes(area))
  return isEdition && isArea
}

const KIND_ORDER: readonly DeliveryKind[] = ['question', 'stage', 'milestone', 'addOn', 'welcome']

function kindOf({ texts }: Candidate): DeliveryKind {
  const kinds = texts.map(({ content }) => content.kind as DeliveryKind)
  return KIND_ORDER.find((kind) => kinds.includes(kind)) ?? 'addOn'
}

/** Order of kinds under the daily cap. *Pure.* */
export function compareKinds(a: DeliveryKind, b: DeliveryKind): number {
  return KIND_ORDER.indexOf(a) - KIND_ORDER.indexOf(b)
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
