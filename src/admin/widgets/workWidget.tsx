import type { PayloadRequest } from 'payload'

import { loadAll, workOf, type Work } from '../../review/work'
import type { ReviewSummary } from '../../review/overview'
import { settingsOf } from '../settingsOf'
import { adminPath, WidgetCard, type WidgetProps } from './widgetCard'

/** Rows of a list on the dashboard. */
const SHOWN = 5

/** What waits for the person who looks, with the way there. */
export function WorkWidget({ req }: WidgetProps) {
  return (
    <WidgetCard title="あなたを待っているもの">
      <OwnWork req={req} />
    </WidgetCard>
  )
}

const LISTS: readonly { name: keyof Work; label: string }[] = [
  { name: 'toApprove', label: '承認を待っている' },
  { name: 'cameBack', label: '修正を頼まれた' },
  { name: 'toPublish', label: '公開できる' },
]

async function OwnWork({ req }: WidgetProps) {
  const work = workOf(req.user, await loadAll(req, settingsOf(req.payload)))
  const lists = LISTS.filter(({ name }) => work[name].length > 0)
  if (lists.length === 0) {
    return <p>いま、あなたを待っている原稿はありません。監修に出された原稿が、ここに並びます。</p>
  }
  return lists.map(({ name, label }) => (
    <div key={name}>
      <h3 className="kizuna-widget__group">
        {label} <strong>{work[name].length}</strong> 件
      </h3>
      <Documents req={req} documents={work[name]} />
    </div>
  ))
}

function Documents({ req, documents }: { req: PayloadRequest; documents: ReviewSummary[] }) {
  return (
    <>
      <ul className="kizuna-widget__list">
        {documents.slice(0, SHOWN).map(({ collection, id, title, slotLabel }) => (
          <li key={id}>
            <a href={adminPath(req, `/collections/${collection}/${id}`)}>{title || slotLabel}</a>
          </li>
        ))}
      </ul>
      {documents.length > SHOWN && <p>ほかに {documents.length - SHOWN} 件あります。</p>}
    </>
  )
}
