'use client'

import { useState } from 'react'

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
  roles: { isReviewer: boolean; isWriter: boolean }
}

/** What waits for the person: to be approved, and to be written on. */
export function InboxList({ inbox, admin, now, roles }: ListProps) {
  return (
    <div className="kizuna-inbox">
      {roles.isReviewer && <ToReview items={inbox.toReview} admin={admin} now={now} />}
      {roles.isWriter && <ToRevise items={inbox.toRevise} admin={admin} now={now} />}
    </div>
  )
}

type PartProps = Pick<ListProps, 'admin' | 'now'> & { items: readonly InboxItem[] }

function ToReview({ items, admin, now }: PartProps) {
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
        監修する原稿 <span className="kizuna-inbox__count">{items.length} 件</span>
      </h2>
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
    </section>
  )
}

function ToRevise({ items, admin, now }: PartProps) {
  return (
    <section aria-labelledby="to-revise">
      <h2 id="to-revise" className="kizuna-inbox__heading">
        戻ってきた原稿 <span className="kizuna-inbox__count">{items.length} 件</span>
      </h2>
      {items.length === 0 && (
        <p className="kizuna-panel">
          修正の依頼や、返事を待っているコメントはありません。原稿を書いたら「監修に出す」を押してください。
        </p>
      )}
      <ul className="kizuna-inbox__list">
        {items.map((item) => (
          <li key={keyOf(item)}>
            <InboxCard item={item} admin={admin} now={now} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function setAddress(admin: string, keys: readonly string[]): string {
  return `${admin}/desk/set?items=${keys.join(',')}`
}
