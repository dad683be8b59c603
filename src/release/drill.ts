import { TRAINING_MARK } from './alert'
import { COLOUR } from './colour'
import type { Composition } from './compose'
import type { LineMessage } from './lineMessage'
import { LINE_MAX_ALT_TEXT } from './lineMessageLimits'
import { shorten } from './graphemes'

/** Stands above every text of a drill. */
export const DRILL_SENTENCE = `${TRAINING_MARK}これは訓練です。実際の災害や警報ではありません。`

/** Who sends a drill: no name of a municipality stands alone. */
const DRILL_SENDER = '訓練'

/** A text as a drill shows it: other words first, another sender, another colour. *Pure.* */
export function asDrill(composition: Composition): Composition {
  const { subject, texts, footer, senderName } = composition
  return {
    ...composition,
    accent: COLOUR['primitive-orange-900'],
    subject: `${TRAINING_MARK}${subject}`,
    texts: [DRILL_SENTENCE, ...texts],
    senderName: `${TRAINING_MARK}${senderName}`,
    footer: [...footer, DRILL_SENTENCE],
  }
}

/** The same for what LINE shows outside of the talk: who writes, and what a notification says. *Pure.* */
export function drillMessages(messages: readonly LineMessage[]): LineMessage[] {
  const sender = { name: DRILL_SENDER }
  return messages.map((message) =>
    message.type === 'text'
      ? { ...message, text: marked(message.text), sender }
      : { ...message, altText: shorten(marked(message.altText), LINE_MAX_ALT_TEXT), sender },
  )
}

function marked(text: string): string {
  return text.startsWith(TRAINING_MARK) ? text : `${TRAINING_MARK}${text}`
}

/** Whether anything that is about to be sent is of a drill: the mark is in the words themselves. *Pure.* */
export function isOfDrill(rendered: unknown): boolean {
  const words = Array.isArray(rendered) ? rendered : [rendered]
  return words.some((one) =>
    (typeof one === 'string' ? one : JSON.stringify(one)).includes(TRAINING_MARK),
  )
}
