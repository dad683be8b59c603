import { isAlert } from '../release/alert'
import type { DeclinableTheme } from '../release/themes'
import { isNotice } from '../release/noticeLimits'
import { isSurvey } from '../release/surveyLimits'
import type { MunicipalitySettings } from './settings'
import type { AddOnEntry, TextEntry } from './entries'
import { isForReader, placeOf } from './notice'
import type { DueToday } from './program'
import type { ExclusionReason } from './reason'

/** What kind of text leads a delivery; also the order under the daily cap. */
export type DeliveryKind =
  'urgent' | 'question' | 'stage' | 'milestone' | 'addOn' | 'notice' | 'survey' | 'welcome'

/** What selects content for a reader. */
export interface ReaderPreferences {
  edition: string
  area: string | null
  /** Themes of which nothing is to come; absent is none. */
  declined?: readonly DeclinableTheme[]
  /** How the reader is related to the child, and where texts come: notices may be limited by them. */
  relation?: string
  channel?: string
}

/** What one slot of the day has for readers of the same preferences: its contents, or why it has none. */
export type SlotContent = { slot: string } & (
  | {
      isUsable: true
      kind: DeliveryKind
      texts: readonly TextEntry[]
      addOns: readonly AddOnEntry[]
    }
  | { isUsable: false; reason: ExclusionReason }
)

/** All that a day has for children with the same dates and readers of the same preferences. */
export interface DayContent {
  slotContents: readonly SlotContent[]
  /** Usable add-ons that go with the day's first text. */
  every: readonly AddOnEntry[]
}

/** Selects by edition and area what is due; texts and add-ons of one slot go together. *Pure.* */
export function contentOfDay(
  due: DueToday,
  preferences: ReaderPreferences,
  settings: MunicipalitySettings,
): DayContent {
  const known = { ...preferences, edition: knownEdition(preferences.edition, settings) }
  const isMeant = (addOn: AddOnEntry) => isFor(addOn, known)
  const addOns = due.once.filter(isMeant)
  const slots = due.slots.filter(
    (slot) => due.texts.some(isOf(slot)) || addOns.some((addOn) => placeOf(addOn) === slot),
  )
  return {
    slotContents: slots.map((slot) => {
      const texts = due.texts.filter(isOf(slot))
      const own = addOns.filter((addOn) => placeOf(addOn) === slot)
      return { slot, ...choose({ texts, addOns: own }, known, settings) }
    }),
    every: due.every.filter(isMeant).filter(isUsable).filter(isWantedBy(preferences)),
  }
}

type Choice = SlotContent extends infer One
  ? One extends SlotContent
    ? Omit<One, 'slot'>
    : never
  : never

function choose(
  { texts, addOns }: { texts: TextEntry[]; addOns: AddOnEntry[] },
  preferences: ReaderPreferences,
  settings: MunicipalitySettings,
): Choice {
  const chosen = chooseEdition(texts, preferences, settings)
  if (texts.length > 0 && chosen.length === 0) return { isUsable: false, reason: 'edition' }
  const isWanted = isWantedBy(preferences)
  const usable = chosen
    .filter(isUsable)
    .filter(isWanted)
    .sort((a, b) => compareKinds(a.content.kind, b.content.kind))
  const usableAddOns = addOns.filter(isUsable).filter(isWanted)
  if (usable.length + usableAddOns.length > 0) {
    const kind = usable[0]?.content.kind ?? kindOfAddOns(addOns)
    // The surveys of a day share their place: one of them is asked.
    const own = kind === 'survey' ? usableAddOns.slice(0, 1) : usableAddOns
    return { isUsable: true, kind, texts: usable, addOns: own }
  }
  const isDeclined = [...chosen, ...addOns].some(isUsable)
  return { isUsable: false, reason: isDeclined ? 'declined' : unusableReason(chosen, addOns) }
}

/** Why nothing of a slot goes out: the municipality's own decision is named before ours. */
function unusableReason(texts: TextEntry[], addOns: AddOnEntry[]): ExclusionReason {
  if (texts.some(({ isHidden }) => isHidden)) return 'hidden'
  return [...texts, ...addOns].some(({ isSound }) => !isSound) ? 'hashMismatch' : 'overdue'
}

/** Of each series the text in the reader's edition, else in the default one. */
function chooseEdition(
  texts: TextEntry[],
  { edition }: ReaderPreferences,
  { editions }: MunicipalitySettings,
) {
  const seriesOf = ({ content }: TextEntry) => `${content.series}:${content.kind}`
  return [...new Set(texts.map(seriesOf))].flatMap((series) => {
    const variants = texts.filter((text) => seriesOf(text) === series)
    const of = (code?: string) => variants.find(({ content }) => content.edition === code)
    const chosen = of(edition) ?? of(editions[0])
    return chosen ? [chosen] : []
  })
}

/** The reader's edition, or the municipality's default when it is not offered (any more). */
function knownEdition(edition: string, { editions }: MunicipalitySettings): string {
  return editions.includes(edition) ? edition : (editions[0] ?? edition)
}

function isOf(slot: string) {
  return ({ content }: TextEntry) => content.slot === slot
}

/** What goes by itself shares its place with nothing. */
function kindOfAddOns([first]: readonly AddOnEntry[]): DeliveryKind {
  if (first && isAlert(first.content)) return 'urgent'
  if (first && isSurvey(first.content)) return 'survey'
  return first && isNotice(first.content) ? 'notice' : 'addOn'
}

function isFor({ content }: AddOnEntry, reader: ReaderPreferences): boolean {
  const { edition, area } = reader
  const isEdition = content.editions.length === 0 || content.editions.includes(edition)
  const isArea = content.areas.length === 0 || (area !== null && content.areas.includes(area))
  return isEdition && isArea && isForReader(content, reader)
}

function isUsable(entry: TextEntry | AddOnEntry): boolean {
  const isHidden = 'isHidden' in entry && entry.isHidden
  return entry.isSound && !entry.isOverdue && !isHidden
}

const KIND_ORDER: readonly DeliveryKind[] = [
  'urgent',
  'question',
  'stage',
  'milestone',
  'addOn',
  'notice',
  'survey',
  'welcome',
]

/** The question at 42w0d has no theme, whatever is written on it. */
function isWantedBy({ declined = [] }: ReaderPreferences) {
  return ({ content }: TextEntry | AddOnEntry): boolean => {
    const isQuestion = content.type === 'manuscript' && content.kind === 'question'
    return isQuestion || !declined.some((theme) => theme === content.theme)
  }
}

/** Order of kinds under the daily cap. *Pure.* */
export function compareKinds(a: DeliveryKind, b: DeliveryKind): number {
  return KIND_ORDER.indexOf(a) - KIND_ORDER.indexOf(b)
}
