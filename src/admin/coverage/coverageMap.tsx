'use client'

import { useState } from 'react'

import { COVERAGE_STATES, type CoverageBlock, type CoverageState } from '../../coverage/map'
import { isAlwaysNamed } from '../../review/rules/state'
import { CoverageGrid } from './coverageGrid'
import './coverage.css'

interface MapProps {
  block: CoverageBlock
  /** Path of the admin. */
  admin: string
  /** Whether this person writes manuscripts: a hole then leads to the form. */
  canWrite: boolean
}

/** One series in one edition; counts, which are the legend and the filter too, stand on top. */
export function CoverageMap({ block, admin, canWrite }: MapProps) {
  const [state, setState] = useState<CoverageState | ''>('')
  return (
    <div className="kizuna-coverage">
      <Legend counts={block.counts} chosen={state} onChoose={setState} />
      <p className="kizuna-panel__hint">
        ます目の中は矢印キーで動けます。Enter で開きます。
        {canWrite || '穴に原稿を書き始められるのは編集者です。'}
      </p>
      <section aria-label={block.series.name}>
        <h2 className="kizuna-page__subtitle">{block.series.name}</h2>
        <CoverageGrid block={block} only={state} admin={admin} canWrite={canWrite} />
      </section>
    </div>
  )
}

interface LegendProps {
  counts: CoverageBlock['counts']
  chosen: CoverageState | ''
  onChoose: (state: CoverageState | '') => void
}

function Legend({ counts, chosen, onChoose }: LegendProps) {
  const shown = COVERAGE_STATES.filter(({ state }) => counts[state] || isAlwaysNamed(state))
  return (
    <div className="kizuna-coverage__legend" role="group" aria-label="状態で絞り込む">
      {shown.map(({ state, sign, label, look }) => (
        <button
          key={state}
          type="button"
          aria-pressed={state === chosen}
          onClick={() => onChoose(state === chosen ? '' : state)}
        >
          <span className={`kizuna-cell kizuna-cell--${look}`} aria-hidden="true">
            {sign}
          </span>{' '}
          {label} <strong>{counts[state] ?? 0}</strong> 件
        </button>
      ))}
    </div>
  )
}
