'use client'

import { useMemo, useState } from 'react'

import {
  countStates,
  COVERAGE_STATES,
  type CoverageBlock,
  type CoverageState,
} from '../../coverage/map'
import { isAlwaysNamed } from '../../review/rules/state'
import { grouped } from '../../release/grouped'
import { Choice } from '../fields/choice'
import { CoverageGrid } from './coverageGrid'
import './coverage.css'

interface MapProps {
  blocks: readonly CoverageBlock[]
  /** Path of the admin. */
  admin: string
  /** Whether this person writes manuscripts: a hole then leads to the form. */
  canWrite: boolean
}

/** The map with its filters; counts, which are the legend too, stand on top. */
export function CoverageMap({ blocks, admin, canWrite }: MapProps) {
  const [series, setSeries] = useState('')
  const [edition, setEdition] = useState('')
  const [state, setState] = useState<CoverageState | ''>('')
  const chosen = useMemo(
    () =>
      blocks.filter(
        (block) =>
          (series === '' || block.series.code === series) &&
          (edition === '' || block.edition.code === edition),
      ),
    [blocks, series, edition],
  )
  const bySeries = [...grouped(chosen, (block) => block.series.code).values()]
  return (
    <div className="kizuna-coverage">
      <div className="kizuna-fill kizuna-ask">
        <Choice
          label="シリーズ"
          value={series}
          onChange={setSeries}
          choices={allAnd(blocks.map(({ series: { code, name } }) => [code, name]))}
        />
        <Choice
          label="版"
          value={edition}
          onChange={setEdition}
          choices={allAnd(blocks.map(({ edition: { code, label } }) => [code, label]))}
        />
      </div>
      <Legend blocks={chosen} chosen={state} onChoose={setState} />
      <p className="kizuna-panel__hint">
        ます目の中は矢印キーで動けます。Enter で開きます。
        {canWrite || '穴に原稿を書き始められるのは編集者です。'}
      </p>
      {bySeries.map((group) => (
        <SeriesPart
          key={group[0]?.series.code}
          group={group}
          only={state}
          admin={admin}
          canWrite={canWrite}
        />
      ))}
    </div>
  )
}

interface SeriesProps extends Pick<MapProps, 'admin' | 'canWrite'> {
  /** One series, edition by edition. */
  group: readonly CoverageBlock[]
  only: CoverageState | ''
}

function SeriesPart({ group, ...rest }: SeriesProps) {
  const name = group[0]?.series.name
  return (
    <section aria-label={name}>
      <h2 className="kizuna-page__subtitle">{name}</h2>
      <div className="kizuna-coverage__editions">
        {group.map((block) => (
          <CoverageGrid key={block.edition.code} block={block} {...rest} />
        ))}
      </div>
    </section>
  )
}

/** Everything, or one of these, each once. */
function allAnd(choices: readonly (readonly [string, string])[]) {
  return [['', 'すべて'] as const, ...new Map(choices)]
}

interface LegendProps {
  blocks: readonly CoverageBlock[]
  chosen: CoverageState | ''
  onChoose: (state: CoverageState | '') => void
}

function Legend({ blocks, chosen, onChoose }: LegendProps) {
  const counts = countStates(blocks.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells)))
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
