'use client'

import type { AddOnContent, ManuscriptContent } from '../../release/content'
import { formatCount } from '../../release/textLimits'
import { addOnFullness } from '../../plan/fullDaySentence'
import type { FullestDay } from '../../plan/fullestDay'
import type { ShownText } from './composeDay'
import { fullMeters, metersOf, type Meter } from './meters'

interface MetersProps {
  content: ManuscriptContent | AddOnContent
  /** The text the document is part of. */
  text: ShownText
  fullest: FullestDay | null
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
