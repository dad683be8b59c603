import { BLOCK_TYPES, type BlockTypes } from './blocks/blockTypes'
import { withoutPictures, type Composition, type ComposedAddOn } from './compose'
import { ComposeError } from './composeError'
import { discreetMessages } from './discreetLine'
import { lineWords, pictureCards, picturedCards } from './lineBlocks'
import {
  jsonBytes,
  LINE_MAX_ALT_TEXT,
  LINE_MAX_BUBBLES,
  LINE_MAX_CAROUSEL_BYTES,
  LINE_MAX_OWN_MESSAGES,
  LINE_MAX_TEXT,
} from './lineMessageLimits'
import type { LineCard } from './lineParts'
import { withPageInstead } from './pageInstead'
import { quietRow, SAMPLE_PLACES, type QuietPlaces } from './quietRow'
import type { FlexBubble, LineFlexMessage, LineMessage, LineTextMessage } from './lineMessage'
import { shorten } from './graphemes'
import { splitText } from './splitText'

/** Stands between what a text says and the sender's contact. */
export const LINE_RULE = '―'.repeat(8)

/** Where the quiet row of a delivery leads, and the types of blocks there are. */
export interface LineForm {
  places: QuietPlaces
  /** @default {@link BLOCK_TYPES} */
  types?: BlockTypes
}

/**
 * The LINE messages of a delivery, 2 to 5: first the texts with the contact footer (cut at
 * paragraphs when too long for one bubble), then the cards of links, picture books and groups, then
 * the quiet row. What does not fit is left out from the last add-on on; `leftOutOfLine` names it.
 * Leads nowhere unless it is given the places. Throws ComposeError TOO_LONG when the common texts
 * alone do not fit. *Pure.*
 */
export function renderLine(
  composition: Composition,
  { places = SAMPLE_PLACES, types }: Partial<LineForm> = {},
): LineMessage[] {
  return fitIntoLine(composition, { places, types }).messages
}

/** The add-ons that did not fit into the messages, for the preview to warn of. *Pure.* */
export function leftOutOfLine(
  composition: Composition,
  types: BlockTypes = BLOCK_TYPES,
): ComposedAddOn[] {
  return fitIntoLine(composition, { places: SAMPLE_PLACES, types }).leftOut
}

/** The messages of a delivery, and the add-ons that did not fit into them. */
export interface Fitting {
  messages: LineMessage[]
  leftOut: ComposedAddOn[]
  /** What the messages are made of. */
  shown: Composition
}

/** {@link renderLine} and {@link leftOutOfLine} at once. *Pure.* */
export function fitIntoLine(
  composition: Composition,
  { places, types = BLOCK_TYPES }: LineForm,
): Fitting {
  for (let addOnCount = composition.addOns.length; addOnCount >= 0; addOnCount -= 1) {
    const addOns = composition.addOns.slice(0, addOnCount)
    const whole = { ...composition, addOns }
    // Words come before pictures: nothing is left out for one.
    for (const shown of [whole, withoutPictures(whole, types)]) {
      const messages = messagesOf(shown, { types, places })
      if (messages.length > LINE_MAX_OWN_MESSAGES) continue
      const leftOut = composition.addOns.slice(addOnCount)
      const { neutral, edition, voiceUrl } = composition
      const all = [...messages, quietRow(places, edition, voiceUrl)]
      return { messages: neutral ? discreetMessages(all, neutral) : all, leftOut, shown }
    }
  }
  throw tooLong()
}

function messagesOf(
  composition: Composition,
  { types, places: { pictures, changeUrl } }: Required<LineForm>,
): LineMessage[] {
  const { addOns, accent } = composition
  const cards = addOns
    .flatMap((addOn) => picturedCards(addOn, { accent, types, pictures }))
    .map((card) => withPageInstead(card, changeUrl))
  return [
    ...flexMessages(pictureCards(composition, pictures)),
    ...textMessages(composition, types),
    ...flexMessages(cards),
  ]
}

function textMessages(
  { texts, addOns, footer }: Composition,
  types: BlockTypes,
): LineTextMessage[] {
  const sections = [...lineSections({ texts, addOns }, types), [LINE_RULE, ...footer].join('\n')]
  const whole = sections.filter((section) => section !== '').join('\n\n')
  return splitText(whole, LINE_MAX_TEXT).map((text) => ({ type: 'text', text }))
}

/** What each text and add-on says in LINE's text, in order; empty where it is all cards. *Pure.* */
export function lineSections(
  { texts, addOns }: Pick<Composition, 'texts' | 'addOns'>,
  types: BlockTypes = BLOCK_TYPES,
): string[] {
  const isAlone = texts.length === 0
  const ofAddOns = addOns.map((addOn) => sectionOf(addOn, lineWords(addOn.blocks, types), isAlone))
  return [...texts, ...ofAddOns]
}

// The heading of an add-on that is all cards stands on the cards; it is said here only when the
// message would have no other words.
function sectionOf(
  { title, blocks }: ComposedAddOn,
  texts: readonly string[],
  isAlone: boolean,
): string {
  const isHeadingNeeded = texts.length > 0 || isAlone || blocks.length === 0
  const heading = isHeadingNeeded && title !== '' ? `■ ${title}` : ''
  return [heading, texts.join('\n\n')].filter(Boolean).join('\n')
}

function flexMessages(cards: readonly LineCard[]): LineFlexMessage[] {
  return carousels(cards).map((page) => ({
    type: 'flex',
    altText: shorten(page.map(({ name }) => name).join('、'), LINE_MAX_ALT_TEXT),
    contents: container(page.map(({ bubble }) => bubble)),
  }))
}

function container(bubbles: FlexBubble[]): LineFlexMessage['contents'] {
  const [first, ...others] = bubbles
  return first && others.length === 0 ? first : { type: 'carousel', contents: bubbles }
}

function carousels(cards: readonly LineCard[]): LineCard[][] {
  const pages: LineCard[][] = []
  for (const card of cards) {
    const page = pages.at(-1)
    if (page && isRoomFor(page, card)) page.push(card)
    else pages.push([card])
  }
  return pages
}

function isRoomFor(page: readonly LineCard[], card: LineCard): boolean {
  if (page.length >= LINE_MAX_BUBBLES) return false
  return (
    jsonBytes(container([...page, card].map(({ bubble }) => bubble))) <= LINE_MAX_CAROUSEL_BYTES
  )
}

function tooLong(): ComposeError {
  return new ComposeError(
    'TOO_LONG',
    `本文が長すぎて、LINE の ${LINE_MAX_OWN_MESSAGES} 通に収まりません。本文を短くしてください。`,
  )
}
