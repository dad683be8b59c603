import { isInRange } from '../stage/range'
import { parseSlot } from '../stage/slot'
import {
  addOnEntries,
  textEntries,
  type AddOnEntry,
  type ProgramInput,
  type TextEntry,
} from './entries'
import { contentOfDay, type ReaderPreferences } from './slotContent'

/** What a municipality has at one slot, whatever day it is due. */
export interface SlotAlone {
  texts: readonly TextEntry[]
  addOns: readonly AddOnEntry[]
}

/**
 * What a reader of an edition and area gets of one slot, chosen as what is sent: of a series the
 * municipality takes, approved, not hidden; null for nothing. *Pure.*
 */
export function contentAt(
  slot: string,
  { settings, content, date }: ProgramInput,
  preferences: ReaderPreferences,
): SlotAlone | null {
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
