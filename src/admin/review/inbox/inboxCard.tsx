'use client'

import type { ReactNode } from 'react'

import type { InboxItem } from '../../../review/inbox/reviewInbox'
import { japaneseDayOf } from '../../../stage/japaneseDate'

const DAY_MS = 86_400_000

interface CardProps {
  item: InboxItem
  admin: string
  /** ISO instant of the page. */
  now: string
  children?: ReactNode
}

/** Name of an item among all. *Pure.* */
export function keyOf({ collection, id }: Pick<InboxItem, 'collection' | 'id'>): string {
  return `${collection}:${id}`
}

/** One text of the inbox; all of it but the choice is one large link. */
export function InboxCard({ item, admin, now, children }: CardProps) {
  const { collection, id, title, place, asked, news, writers, since, openComments, requests } = item
  return (
    <article className="kizuna-card">
      <a className="kizuna-card__link" href={`${admin}/desk/${collection}/${id}`}>
        <span className="kizuna-card__place">{place.join(' ・ ')}</span>
        <span className="kizuna-card__title">{title}</span>
        {asked && (
          <span className={asked.isLate ? 'kizuna-card__late' : 'kizuna-card__asked'}>
            {asked.words}
          </span>
        )}
        {item.editing && <span className="kizuna-editing">{item.editing}</span>}
        {news && <span className="kizuna-card__news">{news}</span>}
        {requests.map(({ at, discipline, reviewer, comment }) => (
          <span key={at} className="kizuna-card__request">
            {discipline}({reviewer})からの修正依頼: {comment}
          </span>
        ))}
        <span className="kizuna-card__meta">
          {writers.length > 0 && <span>書いた人: {writers.join('、')}</span>}
          <span>
            {japaneseDayOf(since)}から({waited(since, now)})
          </span>
          {item.asWhom.length > 0 && <span>立場: {item.asWhom.join('、')}</span>}
          {openComments > 0 && <span>未解決のコメント {openComments} 件</span>}
        </span>
      </a>
      {children}
    </article>
  )
}

function waited(since: string, now: string): string {
  const days = Math.floor((Date.parse(now) - Date.parse(since)) / DAY_MS)
  return days < 1 ? '今日' : `${days}日前`
}
