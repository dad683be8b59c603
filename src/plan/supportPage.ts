import { parseSlot, type Slot } from '../stage/slot'
import { isSupport, SUPPORT_PAGE } from '../stage/support'
import type { ProgramInput } from './entries'
import { contentAt, type SlotAlone } from './slotAlone'
import type { ReaderPreferences } from './slotContent'

/** What a municipality says on its page of procedures and contacts. */
export type SupportPage = SlotAlone

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
