import { BLOCK_TYPES, type BlockTypes } from './blocks/blockTypes'
import type { ComposedAddOn, Composition } from './compose'
import { fitIntoLine, lineSections } from './line'
import { picturedCards } from './lineBlocks'
import type { LineMessage } from './lineMessage'
import { mailAddOn, mailParagraphs } from './mailHtml'
import { SAMPLE_PLACES } from './quietRow'

/** Where one document's own words stand in what a family gets, so that its writer finds them at once. */
export interface OwnPart {
  /** For each LINE message, or null where nothing of it stands. */
  line: (OwnInMessage | null)[]
  /** Its HTML as it stands in the mail; empty where it has none. */
  mailHtml: string
}

/** Of a text, the first letter and the one after the last; of cards, the first and the one after the last. */
export type OwnInMessage =
  { kind: 'text'; from: number; to: number } | { kind: 'cards'; from: number; to: number }

/** Which part of a composition is meant: one of its texts, or one of its add-ons, by its place. */
export type OwnPlace = { texts: number } | { addOns: number }

/** The place of a composed text or add-on among others; null where it is not among them. *Pure.* */
export function placeOfOwn(whole: Composition, alone: Composition): OwnPlace | null {
  const text = alone.texts.at(-1)
  if (text !== undefined) {
    const at = whole.texts.indexOf(text)
    return at < 0 ? null : { texts: at }
  }
  const own = JSON.stringify(alone.addOns[0] ?? null)
  const at = whole.addOns.findIndex((addOn) => JSON.stringify(addOn) === own)
  return at < 0 ? null : { addOns: at }
}

/** Where a part of a composition stands in its messages and its mail. *Pure.* */
export function ownPart(
  composition: Composition,
  place: OwnPlace,
  types: BlockTypes = BLOCK_TYPES,
): OwnPart {
  const { neutral: _, ...open } = composition // discreet messages are these in another form
  const { messages, shown } = fitIntoLine(open, { places: SAMPLE_PLACES, types })
  const own = 'addOns' in place ? shown.addOns[place.addOns] : undefined
  const words = rangeOf(lineSections(shown, types), sectionAt(place, shown))
  const cards = own ? cardRange(shown, { own, types }) : { from: 0, to: 0 }
  return {
    line: marksIn(messages.slice(0, -1), { words, cards }), // the last one is the quiet row
    mailHtml: htmlOf(composition, { place, types }),
  }
}

interface Range {
  from: number
  to: number
}

function sectionAt(place: OwnPlace, { texts }: Composition): number {
  return 'texts' in place ? place.texts : texts.length + place.addOns
}

const BETWEEN = '\n\n'

/** Where a section stands in the whole text, of which empty ones are no part. */
function rangeOf(sections: readonly string[], at: number): Range & { whole: string } {
  const before = sections.slice(0, at).filter(Boolean)
  const from = before.reduce((sum, section) => sum + section.length + BETWEEN.length, 0)
  const whole = sections.filter(Boolean).join(BETWEEN)
  return { whole, from, to: from + (sections[at]?.length ?? 0) }
}

function cardRange(
  { addOns, accent, picture }: Composition,
  { own, types }: { own: ComposedAddOn; types: BlockTypes },
): Range {
  const { pictures } = SAMPLE_PLACES
  const counts = addOns.map((addOn) => picturedCards(addOn, { accent, types, pictures }).length)
  const at = addOns.indexOf(own)
  const before = picture ? 1 : 0 // the card of the texts' picture
  const from = counts.slice(0, at).reduce((sum, count) => sum + count, before)
  return { from, to: from + (counts[at] ?? 0) }
}

/** Texts are cut into messages, and cards into pages, in their order. */
function marksIn(
  messages: readonly LineMessage[],
  { words, cards }: { words: Range & { whole: string }; cards: Range },
): OwnPart['line'] {
  let read = 0
  let seen = 0
  return messages.map((message) => {
    if (message.type === 'text') {
      const start = Math.max(words.whole.indexOf(message.text, read), read)
      read = start + message.text.length
      return within({ kind: 'text', start, size: message.text.length }, words)
    }
    const size = 'contents' in message.contents ? message.contents.contents.length : 1
    const mark = within({ kind: 'cards', start: seen, size }, cards)
    seen += size
    return mark
  })
}

function within(
  { kind, start, size }: { kind: OwnInMessage['kind']; start: number; size: number },
  { from, to }: Range,
): OwnInMessage | null {
  const first = Math.max(from - start, 0)
  const end = Math.min(to - start, size)
  return first < end ? { kind, from: first, to: end } : null
}

function htmlOf(
  composition: Composition,
  { place, types }: { place: OwnPlace; types: BlockTypes },
): string {
  if ('texts' in place) return mailParagraphs(composition.texts[place.texts] ?? '')
  const own = composition.addOns[place.addOns]
  return own ? mailAddOn(own, composition.accent, types) : ''
}
