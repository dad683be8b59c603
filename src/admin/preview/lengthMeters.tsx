'use client'

import type { AddOnContent, ManuscriptContent } from '../../release/content'
import { MAX_SUBJECT } from '../../release/manuscriptFields'
import { lineWords } from '../../release/lineBlocks'
import { LINE_MAX_OWN_MESSAGES, LINE_MAX_TEXT } from '../../release/lineMessageLimits'
import { formatCount, textLength } from '../../release/textLimits'
import { addOnFullness, kilobytes } from '../../plan/fullDaySentence'
import type { FullestDay } from '../../plan/fullestDay'
import { GMAIL_MAX_HTML_BYTES } from '../../release/mailLimits'
import type { ShownText } from './composeDay'

interface MetersProps {
  content: ManuscriptContent | AddOnContent
  /** The text the document is part of. */
  text: ShownText
  fullest: FullestDay | null
}

interface Meter {
  label: string
  value: number
  max: number
  unit: string
}

/** From this part of the limit on the meter warns. */
const NEAR = 0.9

/** How much of each channel's room is used. */
export function LengthMeters({ content, text, fullest }: MetersProps) {
  return (
    <>
      <ul className="kizuna-meters" aria-label="長さ">
        {[...metersOf(content, text), ...fullMeters(fullest)].map((meter) => (
          <Row key={meter.label} {...meter} />
        ))}
      </ul>
      {fullest &&
        addOnFullness(fullest).map((sentence) => (
          <p key={sentence} className="kizuna-panel__note" role="note">
            {sentence}
          </p>
        ))}
    </>
  )
}

/** What counts is the day on which most comes together, whichever family is shown. */
function fullMeters(fullest: FullestDay | null): Meter[] {
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

function metersOf(content: MetersProps['content'], { line, mail, lineUnits }: ShownText): Meter[] {
  const words = content.type === 'manuscript' ? [content.body] : lineWords(content.blocks)
  const own = words.reduce((sum, one) => sum + textLength(one), 0)
  const subject = content.type === 'manuscript' ? content.subject : (mail?.subject ?? '')
  return [
    { label: 'LINE この原稿の文章', value: own, max: LINE_MAX_TEXT, unit: '文字' },
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

function Row({ label, value, max, unit }: Meter) {
  const part = value / max
  const warning = part > 1 ? '超えています' : part >= NEAR ? 'もうすぐ上限です' : ''
  const level = part > 1 ? 'over' : part >= NEAR ? 'near' : 'fine'
  return (
    <li className={`kizuna-meter kizuna-meter--${level}`}>
      <span>
        {label} <strong>{formatCount(value)}</strong> / {formatCount(max)} {unit}
        {warning && <span className="kizuna-meter__warning"> {warning}</span>}
      </span>
      <span className="kizuna-meter__bar" aria-hidden="true">
        <span style={{ width: `${Math.min(100, part * 100)}%` }} />
      </span>
    </li>
  )
}
