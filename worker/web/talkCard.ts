import { COLOUR } from '../../src/release/colour'
import { cutText } from '../../src/release/graphemes'
import type { FlexBox, FlexBubble, LineFlexMessage } from '../../src/release/lineMessage'
import { LINE_MAX_BUBBLES, LINE_MAX_LABEL } from '../../src/release/lineMessageLimits'
import { bubble, plainButton } from '../../src/release/lineParts'

/** A button that opens a page or dials a telephone. */
export interface TalkButton {
  label: string
  uri: string
}

/** What the account says in a talk: sentences, and where to go. */
export interface TalkCard {
  says: readonly string[]
  buttons: readonly TalkButton[]
}

/**
 * One message of cards, side by side where there are several. A link in a talk is a button: never an
 * address to read. `altText`, which the list of talks and a lock screen show, says nothing. *Pure.*
 *
 * Source: https://developers.line.biz/en/reference/messaging-api/#flex-message
 */
export function talkMessage(altText: string, cards: readonly TalkCard[]): LineFlexMessage {
  const bubbles = cards.slice(0, LINE_MAX_BUBBLES).map(bubbleOf)
  const [first, ...others] = bubbles
  return {
    type: 'flex',
    altText,
    contents: first && others.length === 0 ? first : { type: 'carousel', contents: bubbles },
  }
}

function bubbleOf({ says, buttons }: TalkCard): FlexBubble {
  return bubble([...says.map(sentence), ...buttons.map(button)])
}

function sentence(text: string) {
  const color = COLOUR['neutral-solid-gray-900']
  return { type: 'text' as const, text, size: 'md' as const, color, wrap: true as const }
}

/** The first one is what was asked for. */
function button({ label, uri }: TalkButton, index: number): FlexBox {
  const action = { type: 'uri' as const, label: cutText(label, LINE_MAX_LABEL), uri }
  return plainButton(label, action, { isFirst: index === 0 })
}
