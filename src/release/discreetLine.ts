import { COLOUR } from './colour'
import { phoneOfLine } from './contact'
import type { FlexBox, FlexText, LineFlexMessage, LineMessage } from './lineMessage'
import {
  jsonBytes,
  LINE_MAX_BUBBLE_BYTES,
  LINE_MAX_FLEX_TEXT,
  LINE_MAX_URI,
} from './lineMessageLimits'
import { addressesIn } from './linksInText'
import type { NeutralWords } from './neutralWords'
import { splitText } from './splitText'

/**
 * The same messages, of which a notification says the neutral words alone. LINE shows the beginning
 * of a text message and only the `altText` of cards, so that texts become cards; links and the
 * telephone in them, which LINE would find in a text, are lines to press. *Pure.*
 *
 * Source: https://developers.line.biz/en/reference/messaging-api/#flex-message
 */
export function discreetMessages(
  messages: readonly LineMessage[],
  { headline }: Pick<NeutralWords, 'headline'>,
): LineFlexMessage[] {
  return messages.map((message) =>
    message.type === 'flex'
      ? { ...message, altText: headline }
      : { type: 'flex', altText: headline, contents: textCard(message.text) },
  )
}

/** Without its links where it were too large with them: as a text it always fits. */
function textCard(text: string): LineFlexMessage['contents'] {
  const card = bubbleOf(partsOf(text))
  return jsonBytes(card) <= LINE_MAX_BUBBLE_BYTES ? card : bubbleOf(words(text))
}

function bubbleOf(contents: (FlexBox | FlexText)[]): LineFlexMessage['contents'] {
  const body: FlexBox = { type: 'box', layout: 'vertical', spacing: 'sm', contents }
  return { type: 'bubble', size: 'mega', body }
}

/** Lines that lead somewhere each by itself, all others together. */
function partsOf(text: string): (FlexBox | FlexText)[] {
  const parts: (FlexBox | FlexText)[] = []
  let plain: string[] = []
  const endPlain = () => {
    parts.push(...words(plain.join('\n')))
    plain = []
  }
  for (const line of text.split('\n')) {
    const uri = placeOf(line)
    if (uri === null) {
      plain.push(line)
      continue
    }
    endPlain()
    parts.push(pressed(line, uri))
  }
  endPlain()
  return parts
}

/** Where a line leads: its telephone, or the one address in it; null for nowhere or several. */
function placeOf(line: string): string | null {
  const [first = null, ...others] = addressesIn(line)
  const uri = phoneOfLine(line)?.href ?? (others.length === 0 ? first : null)
  return uri !== null && uri.length <= LINE_MAX_URI && line.length <= LINE_MAX_FLEX_TEXT
    ? uri
    : null
}

function words(text: string): FlexText[] {
  return splitText(text, LINE_MAX_FLEX_TEXT).map((piece) => said(piece, 'neutral-solid-gray-900'))
}

function pressed(line: string, uri: string): FlexBox {
  const contents = [said(line, 'primitive-blue-900')]
  return { type: 'box', layout: 'vertical', contents, action: { type: 'uri', label: '開く', uri } }
}

function said(text: string, colour: keyof typeof COLOUR): FlexText {
  return { type: 'text', text, size: 'md', color: COLOUR[colour], wrap: true, lineSpacing: '6px' }
}
