import { isInRange } from '../stage/range'
import { parseSlot, type Slot } from '../stage/slot'
import { isSupport, SUPPORT_PAGE } from '../stage/support'
import {
  addOnEntries,
  textEntries,
  type AddOnEntry,
  type ProgramInput,
  type TextEntry,
} from './entries'
import { contentOfDay, type ReaderPreferences } from './slotContent'

/** What a municipality says on its page of procedures and contacts. */
export interface SupportPage {
  texts: readonly TextEntry[]
  addOns: readonly AddOnEntry[]
}

/**
 * The page as a reader of an edition and area reads it, chosen as texts that are sent are: of a series
 * the municipality takes, approved, not hidden; null without one. *Pure.*
 */
export function supportPageOf(
  input: ProgramInput,
  preferences: ReaderPreferences,
): SupportPage | null {
  const found = contentAt(SUPPORT_PAGE, input, preferences)
  return found && found.texts.length > 0 ? found : null
}

/** Days after the day they are asked for on which a reader gets support texts, ascending. *Pure.* */
export function supportDaysOf(input: ProgramInput, preferences: ReaderPreferences): number[] {
  const slots = new Set(input.content.texts.map(({ content }) => content.slot).filter(isSupport))
  return [...slots]
    .filter((slot) => slot !== SUPPORT_PAGE && contentAt(slot, input, preferences) !== null)
    .map((slot) => daysOf(parseSlot(slot)))
    .sort((a, b) => a - b)
}

function daysOf(slot: Slot): number {
  return slot.anchor === 'support' ? slot.days : 0
}

/** What is chosen of one slot of the series; null for nothing. */
function contentAt(
  slot: string,
  { settings, content, date }: ProgramInput,
  preferences: ReaderPreferences,
): SupportPage | null {
  const place = parseSlot(slot)
  const inForce = {
    texts: content.texts.filter((text) => text.content.slot === slot),
    addOns: content.addOns.filter((addOn) => addOn.content.from === slot),
  }
  const input = { settings, content: inForce, date }
  const texts = textEntries(input).filter(({ range }) => isInRange(place, range))
  const own = addOnEntries(input)
  const of = (timing: string) => own.filter((addOn) => addOn.content.timing === timing)
  const due = { texts, once: of('once'), every: of('every'), slots: [slot] }
  const { slotContents, every } = contentOfDay(due, preferences, settings)
  const [found] = slotContents
  if (!found?.isUsable) return null
  return { texts: found.texts, addOns: [...found.addOns, ...every] }
}
