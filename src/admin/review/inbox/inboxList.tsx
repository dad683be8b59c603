'use client'

import { useState, type ReactNode } from 'react'

import { printAddress } from '../../../review/inbox/printAddress'
import type { ReviewInbox, InboxItem } from '../../../review/inbox/reviewInbox'
import { InboxCard, keyOf } from './inboxCard'
import { InboxFilter, narrowed, NO_FILTER } from './inboxFilter'

/** Cards that are shown before somebody asks for more. */
const PAGE = 30

/** Most texts of a set; src/review/inbox/set.ts has the last word. */
const MAX_CHOSEN = 50

interface ListProps {
  inbox: ReviewInbox
  admin: string
  /** ISO instant of the page. */
  now: string
  roles: { isPublisher: boolean; isReviewer: boolean; isWriter: boolean }
}

/** What waits for the person: to be published, to be approved, and to be written on. */
export function InboxList({ inbox, roles, ...page }: ListProps) {
  return (
    <div className="kizuna-inbox">
      {roles.isPublisher && (
        <Part {...TO_PUBLISH} items={inbox.toPublish} more={inbox.more.toPublish} {...page}>
          <TogetherLink admin={page.admin} items={inbox.toPublish} />
        </Part>
      )}
      {roles.isReviewer && <ToReview items={inbox.toReview} more={inbox.more.toReview} {...page} />}
      {roles.isWriter && (
        <Part {...TO_REVISE} items={inbox.toRevise} more={inbox.more.toRevise} {...page} />
      )}
    </div>
  )
}

const TO_PUBLISH = {
  name: 'to-publish',
  title: '公開できる原稿',
  empty: '承認がそろって、公開を待っている原稿はありません。',
}

const TO_REVISE = {
  name: 'to-revise',
  title: '直す原稿',
  empty:
    '修正依頼や、返事を待っているコメントはありません。原稿を書いたら「監修に出す」を押してください。',
}

type PartProps = Pick<ListProps, 'admin' | 'now'> & {
  items: readonly InboxItem[]
  /** How many wait besides these. */
  more: number
}

function ToReview({ items, more, admin, now }: PartProps) {
  const [filter, setFilter] = useState(NO_FILTER)
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [shown, setShown] = useState(PAGE)
  const found = narrowed(items, filter)
  const toggle = (key: string) =>
    setChosen(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key])
  const target = chosen.length > 0 ? chosen : found.map(keyOf)
  return (
    <section aria-labelledby="to-review">
      <h2 id="to-review" className="kizuna-inbox__heading">
        監修する原稿 <span className="kizuna-inbox__count">{items.length + more} 件</span>
      </h2>
      <Later items={items} more={more} />
      {items.length === 0 && (
        <p className="kizuna-panel">
          いま、あなたの監修を待っている原稿はありません。原稿が監修に出されると、ここに並びます。
        </p>
      )}
      {items.length > 1 && <InboxFilter items={items} filter={filter} onChange={setFilter} />}
      <ul className="kizuna-inbox__list">
        {found.slice(0, shown).map((item) => (
          <li key={keyOf(item)}>
            <InboxCard item={item} admin={admin} now={now}>
              <label className="kizuna-inbox__choose">
                <input
                  type="checkbox"
                  checked={chosen.includes(keyOf(item))}
                  onChange={() => toggle(keyOf(item))}
                />
                まとめて監修する<span className="kizuna-unseen">: {item.title}</span>
              </label>
            </InboxCard>
          </li>
        ))}
      </ul>
      {found.length > shown && (
        <button type="button" className="kizuna-button" onClick={() => setShown(shown + PAGE)}>
          さらに {Math.min(PAGE, found.length - shown)} 件を表示
        </button>
      )}
      {target.length > 1 && target.length <= MAX_CHOSEN && (
        <a className="kizuna-button kizuna-inbox__set" href={setAddress(admin, target)}>
          {chosen.length > 0 ? '選んだ' : '表示中の'} {target.length} 件をまとめて監修する
        </a>
      )}
      {target.length > 0 && target.length <= MAX_CHOSEN && (
        <a className="kizuna-button" href={printAddress(admin, target)}>
          {chosen.length > 0 ? '選んだ' : '表示中の'} {target.length} 件を決裁用に印刷
        </a>
      )}
    </section>
  )
}

/** Leads to all of them one after the other, with one button at the end. */
function TogetherLink({ items, admin }: Pick<PartProps, 'items' | 'admin'>) {
  const first = items.slice(0, MAX_CHOSEN)
  if (first.length < 2) return null
  return (
    <a className="kizuna-button kizuna-inbox__set" href={setAddress(admin, first.map(keyOf))}>
      {first.length} 件を続けて読んで公開する
    </a>
  )
}

interface ShortPart extends PartProps {
  /** Of the heading, and in an address after `#`. */
  name: string
  title: string
  /** What is said where there are none. */
  empty: string
  /** Below the texts. */
  children?: ReactNode
}

/** A part of few texts, each opened by itself. */
function Part({ name, title, empty, items, more, admin, now, children }: ShortPart) {
  return (
    <section aria-labelledby={name}>
      <h2 id={name} className="kizuna-inbox__heading">
        {title} <span className="kizuna-inbox__count">{items.length + more} 件</span>
      </h2>
      <Later items={items} more={more} />
      {items.length === 0 && <p className="kizuna-panel">{empty}</p>}
      <ul className="kizuna-inbox__list">
        {items.map((item) => (
          <li key={keyOf(item)}>
            <InboxCard item={item} admin={admin} now={now} />
          </li>
        ))}
      </ul>
      {children}
    </section>
  )
}

/** The longest waiting are listed; the others move up. */
function Later({ items, more }: Pick<PartProps, 'items' | 'more'>) {
  if (more === 0) return null
  return (
    <p>
      長く待っている {items.length} 件を並べています。ほかの {more}{' '}
      件は、終わったものから順に出てきます。
    </p>
  )
}

function setAddress(admin: string, keys: readonly string[]): string {
  return `${admin}/desk/set?items=${keys.join(',')}`
}
