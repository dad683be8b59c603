'use client'

import { useConfig } from '@payloadcms/ui'
import { useState } from 'react'

import type { LifeRow } from '../../arrivals/lifeRows'
import { ArrivalDetails } from './arrivalDetails'
import { queryOf } from './arrivalQuery'

interface TimelineProps {
  rows: readonly LifeRow[]
  query: {
    municipality: string
    edition: string
    area: string
    isTwins: boolean
    isCorrected: boolean
  }
  channel: 'line' | 'mail' | ''
  /** Whether this person writes manuscripts: holes then lead to the form. */
  canWrite: boolean
}

const FILTERS = [
  { key: 'all', label: 'すべての日', isShown: () => true },
  { key: 'texts', label: '届く日', isShown: ({ texts }: LifeRow) => texts.length > 0 },
  { key: 'holes', label: '穴(原稿がない)', isShown: ({ holes }: LifeRow) => holes.length > 0 },
  { key: 'out', label: '届かないもの', isShown: ({ leftOut }: LifeRow) => leftOut.length > 0 },
] as const

/** A whole life as a list of days; each opens to its texts. */
export function LifeTimeline({ rows, query, channel, canWrite }: TimelineProps) {
  const [filter, setFilter] = useState<(typeof FILTERS)[number]>(FILTERS[0])
  const shown = rows.filter((row) => filter.isShown(row))
  const chapters = [...new Set(shown.map(({ chapter }) => chapter))]
  return (
    <section className="kizuna-life" aria-label="届く順">
      <div className="kizuna-switch" role="group" aria-label="絞り込み">
        {FILTERS.map((one) => (
          <button
            key={one.key}
            type="button"
            aria-pressed={one.key === filter.key}
            onClick={() => setFilter(one)}
          >
            {one.label} {rows.filter((row) => one.isShown(row)).length} 日
          </button>
        ))}
      </div>
      {shown.length === 0 && <p>当てはまる日はありません。</p>}
      {chapters.map((chapter) => (
        <section key={chapter} aria-label={chapter}>
          <h3>{chapter}</h3>
          <ol>
            {shown
              .filter((row) => row.chapter === chapter)
              .map((row) => (
                <li key={row.date}>
                  <Day row={row} query={query} channel={channel} />
                  <Holes holes={row.holes} date={row} canWrite={canWrite} />
                </li>
              ))}
          </ol>
        </section>
      ))}
    </section>
  )
}

function Day({ row, query, channel }: Pick<TimelineProps, 'query' | 'channel'> & { row: LifeRow }) {
  const { date, dateLabel, anchors, stage, texts, leftOut } = row
  if (texts.length + leftOut.length === 0) return null
  return (
    <ArrivalDetails
      head={{ main: stage, aside: dateLabel }}
      lines={[{ label: '', texts, leftOut }]}
      asks={[{ label: '', query: queryOf({ ...query, date, anchors }) }]}
      channel={channel}
    />
  )
}

interface HolesProps extends Pick<TimelineProps, 'canWrite'> {
  holes: LifeRow['holes']
  date: Pick<LifeRow, 'dateLabel'>
}

function Holes({ holes, date, canWrite }: HolesProps) {
  const { config } = useConfig()
  return holes.map(({ series, slot, slotLabel, edition, where }) => (
    <p key={`${series} ${slot}`} className="kizuna-hole">
      <span aria-hidden="true">○</span> <strong>{slotLabel}</strong>{' '}
      <span className="kizuna-panel__aside">{date.dateLabel}</span> {where}の原稿がありません。
      {canWrite && (
        <a
          href={`${config.routes.admin}/collections/kizuna-manuscripts/create?${new URLSearchParams({ series, slot, edition }).toString()}`}
        >
          この配信日の原稿を書く
        </a>
      )}
    </p>
  ))
}
