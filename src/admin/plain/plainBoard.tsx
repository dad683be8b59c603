'use client'

import { useState } from 'react'

import { isToDo, PAIR_STATE_LABELS, type PairState, type PlainPair } from '../../plain/pairs'
import { Choice } from '../fields/choice'
import { PairRow } from './pairRow'
import './plain.css'

interface Named {
  id: string
  name: string
}

interface BoardProps {
  /** Everything about which there is something to do. */
  pairs: readonly PlainPair[]
  inLine: number
  series: readonly Named[]
  editions: readonly { code: string; label: string }[]
  admin: string
  canWrite: boolean
}

const STATES = (Object.keys(PAIR_STATE_LABELS) as PairState[]).filter((state) => isToDo({ state }))

/** Rows on the screen at first, and more at each click. */
const PAGE = 50

/** The list of what is to be done for plain Japanese, by state and series. */
export function PlainBoard(props: BoardProps) {
  const { pairs, inLine, series, editions } = props
  const [state, setState] = useState<PairState>(() => firstState(pairs))
  const [chosen, setChosen] = useState('')
  const [shown, setShown] = useState(PAGE)
  const inSeries = pairs.filter((pair) => !chosen || pair.series === chosen)
  const rows = inSeries.filter((pair) => pair.state === state)
  const names = new Map(series.map(({ id, name }) => [id, name]))
  return (
    <>
      <StateSwitch pairs={inSeries} state={state} onChoose={setState} />
      <div className="kizuna-fill kizuna-plain__series">
        <Choice
          label="シリーズ"
          value={chosen}
          onChange={setChosen}
          choices={[['', 'すべて'], ...names]}
        />
      </div>
      <p className="kizuna-panel__hint kizuna-plain__count">{`標準版と合っている原稿: ${inLine} 件`}</p>
      {rows.length === 0 ? (
        <p className="kizuna-panel">{`「${PAIR_STATE_LABELS[state]}」の配信日はありません。`}</p>
      ) : (
        <ul className="kizuna-plain__list">
          {rows.slice(0, shown).map((pair) => (
            <PairRow
              key={`${pair.series} ${pair.slot} ${pair.edition} ${pair.plain?.id ?? pair.standard?.id}`}
              pair={pair}
              series={names.get(pair.series) ?? ''}
              edition={editions.length > 1 ? labelOf(editions, pair.edition) : ''}
              admin={props.admin}
              canWrite={props.canWrite}
            />
          ))}
        </ul>
      )}
      {rows.length > shown && (
        <button
          type="button"
          className="kizuna-findings__step"
          onClick={() => setShown(shown + PAGE)}
        >
          {`さらに表示する(残り ${rows.length - shown} 件)`}
        </button>
      )}
    </>
  )
}

interface SwitchProps {
  pairs: readonly PlainPair[]
  state: PairState
  onChoose: (state: PairState) => void
}

function StateSwitch({ pairs, state, onChoose }: SwitchProps) {
  return (
    <div className="kizuna-switch" role="group" aria-label="状態で選ぶ">
      {STATES.map((one) => (
        <button key={one} type="button" aria-pressed={state === one} onClick={() => onChoose(one)}>
          {`${PAIR_STATE_LABELS[one]} ${pairs.filter((pair) => pair.state === one).length}`}
        </button>
      ))}
    </div>
  )
}

/** The first state that has something to do. */
function firstState(pairs: readonly PlainPair[]): PairState {
  return STATES.find((state) => pairs.some((pair) => pair.state === state)) ?? 'changed'
}

function labelOf(editions: BoardProps['editions'], code: string): string {
  return editions.find((edition) => edition.code === code)?.label ?? code
}
