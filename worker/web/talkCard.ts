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

/** A button that answers us, with what it carries; in the talk it reads as if its label was written. */
export interface TalkReplyButton {
  label: string
  data: string
}

/** What the account says in a talk: sentences, and where to go. */
export interface TalkCard {
  says: readonly string[]
  buttons: readonly (TalkButton | TalkReplyButton)[]
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
function button(of: TalkButton | TalkReplyButton, index: number): FlexBox {
  const label = cutText(of.label, LINE_MAX_LABEL)
  const action =
    'uri' in of
      ? { type: 'uri' as const, label, uri: of.uri }
      : { type: 'postback' as const, label, data: of.data, displayText: of.label }
  return plainButton(of.label, action, { isFirst: index === 0 })
}
