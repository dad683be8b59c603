'use client'

import { Button } from '@payloadcms/ui'
import { useState } from 'react'

import type { SwitchPlan, SwitchRow } from '../../renewal/applySwitch'
import { dayLabel } from '../../stage/japaneseDate'
import type { Board } from '../../renewal/board'
import './renewal.css'

/** A municipality, and what is said of it: which part of which series it takes, and when. */
type ChoiceRow = Pick<SwitchRow, 'id' | 'name'> & { taken: SwitchRow['after'] }

interface ChoiceProps {
  rows: ChoiceRow[]
  plan: SwitchPlan
  board: Board
  label: string
  /** Whether all are ticked before anybody chooses. */
  isAllChosen: boolean
  /** What it does to families; then `tick` must be ticked first. Null: nothing to be warned of. */
  warning: string | null
  tick: string
  isOff: boolean
  onApply: (ids: string[]) => void
}

/** Municipalities to tick, what follows for their families, and the button. */
export function SwitchChoice(props: ChoiceProps) {
  const { rows, plan, board, label, isAllChosen, warning, tick, isOff, onApply } = props
  const [turned, setTurned] = useState<string[]>([])
  const [isSure, setSure] = useState(false)
  const isChosen = (id: string) => turned.includes(id) !== isAllChosen
  const turn = (id: string) =>
    setTurned(turned.includes(id) ? turned.filter((one) => one !== id) : [...turned, id])
  const chosen = rows.map(({ id }) => id).filter(isChosen)
  const name = (series: string) => (series === plan.new ? board.name : board.old.name)
  return (
    <>
      <ul className="kizuna-renewal__municipalities">
        {rows.map((row) => (
          <li key={row.id}>
            <label className="kizuna-renewal__tick">
              <input type="checkbox" checked={isChosen(row.id)} onChange={() => turn(row.id)} />{' '}
              {row.name}
            </label>
            <p className="kizuna-panel__aside">
              {row.taken
                .filter(({ series }) => series === plan.old || series === plan.new)
                .map((taken) => `${name(taken.series)}: ${periodOf(taken)}`)
                .join(' → ')}
            </p>
          </li>
        ))}
      </ul>
      {warning !== null && (
        <div className="kizuna-renewal__open">
          <p>{warning}</p>
          <label className="kizuna-renewal__tick">
            <input
              type="checkbox"
              checked={isSure}
              onChange={(event) => setSure(event.target.checked)}
            />{' '}
            {tick}
          </label>
        </div>
      )}
      <Button
        margin={false}
        buttonStyle="secondary"
        disabled={isOff || chosen.length === 0 || (warning !== null && !isSure)}
        onClick={() => onApply(chosen)}
      >
        {label}
      </Button>
    </>
  )
}

function periodOf({ effectiveFrom, effectiveTo }: SwitchRow['after'][number]): string {
  const ends = [
    effectiveFrom && `${dayLabel(effectiveFrom)} から`,
    effectiveTo && `${dayLabel(effectiveTo)} まで`,
  ]
  return ends.filter(Boolean).join(' ') || '期間の指定なし'
}
