import { kilobytes } from '../../plan/fullDaySentence'
import type { FullestDay } from '../../plan/fullestDay'
import { BLOCK_TYPES } from '../../release/blocks/blockTypes'
import type { AddOnContent, ManuscriptContent } from '../../release/content'
import { countCards, lineWords } from '../../release/lineBlocks'
import {
  LINE_MAX_BUBBLES,
  LINE_MAX_OWN_MESSAGES,
  LINE_MAX_TEXT,
} from '../../release/lineMessageLimits'
import { GMAIL_MAX_HTML_BYTES } from '../../release/mailLimits'
import { MAX_SUBJECT } from '../../release/manuscriptFields'
import { textLength } from '../../release/textLimits'
import type { ShownText } from './composeDay'

/** How much of a room is used. */
export interface Meter {
  label: string
  value: number
  max: number
  unit: string
}

/** What counts is the day on which most comes together, whichever family is shown. *Pure.* */
export function fullMeters(fullest: FullestDay | null): Meter[] {
  if (!fullest) return []
  return [
    {
      label: 'いちばん多い日のメール(Gmail で見える大きさ)',
      value: kilobytes(fullest.mail.mailBytes),
      max: kilobytes(GMAIL_MAX_HTML_BYTES),
      unit: 'KB',
    },
  ]
}

/** How much of each channel's room a document takes, in the text it is part of. *Pure.* */
export function metersOf(
  content: AddOnContent | ManuscriptContent,
  { line, mail, lineUnits }: Pick<ShownText, 'line' | 'mail' | 'lineUnits'>,
): Meter[] {
  const words = content.type === 'manuscript' ? [content.body] : lineWords(content.blocks)
  const cards = content.type === 'manuscript' ? 0 : countCards(content.blocks, BLOCK_TYPES)
  const own = words.reduce((sum, one) => sum + textLength(one), 0)
  const subject = content.type === 'manuscript' ? content.subject : (mail?.subject ?? '')
  return [
    // What is all cards has no words beside them to count.
    ...(own > 0 || cards === 0
      ? [{ label: 'LINE この原稿の文章', value: own, max: LINE_MAX_TEXT, unit: '文字' }]
      : []),
    ...(cards > 0
      ? [{ label: 'LINE この原稿のカード', value: cards, max: LINE_MAX_BUBBLES, unit: '枚' }]
      : []),
    {
      label: 'LINE 一緒に届く文章の合計',
      value: lineUnits,
      max: LINE_MAX_TEXT * LINE_MAX_OWN_MESSAGES,
      unit: '文字',
    },
    // Without the quiet row, which always comes last.
    {
      label: 'LINE 吹き出しの数',
      value: Math.max(0, line.length - 1),
      max: LINE_MAX_OWN_MESSAGES,
      unit: '個',
    },
    { label: 'メールの件名', value: textLength(subject), max: MAX_SUBJECT, unit: '文字' },
  ]
}
