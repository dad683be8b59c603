import type { AdminViewServerProps, PayloadRequest } from 'payload'

import { MUNICIPAL, TEAM } from '../../../people/roles'
import { readSlot } from '../../../fields/slotField'
import { japaneseDayOf } from '../../../stage/japaneseDate'
import { settingsOf } from '../../pages/settingsOf'
import { DUE_AHEAD_DAYS, loadDueReviews, type DueReview } from '../../../review/queries/dueReviews'
import { slotLabel } from '../../../stage/slot'
import { PageFrame } from '../../pages/pageFrame'
import { Pager } from '../../pages/pager'
import { lastPage, pageWithin } from '../../pages/pageWithin'

/** Rows on one page: 2,500 texts that were published on one day are overdue on one day. */
const PAGE_SIZE = 100

/** What must be looked at again: overdue first, then the next sixty days. */
export async function DueReviewsPage(view: AdminViewServerProps) {
  const { req } = view.initPageResult
  return (
    <PageFrame
      view={view}
      title="見直し期限"
      description={`公開中の原稿のうち、見直しの期限が過ぎたものと、${DUE_AHEAD_DAYS} 日以内に来るものです。`}
      roles={[...TEAM, ...MUNICIPAL]}
    >
      <DueReviews
        req={req}
        asked={view.searchParams?.page}
        only={
          view.searchParams?.only === 'late' || view.searchParams?.only === 'soon'
            ? view.searchParams.only
            : ''
        }
      />
    </PageFrame>
  )
}

interface DueProps {
  req: PayloadRequest
  /** The page as it stands in the address. */
  asked: unknown
  /** Those overdue, those that will be soon, or both. */
  only: 'late' | 'soon' | ''
}

async function DueReviews({ req, asked, only }: DueProps) {
  const { policy, now } = settingsOf(req.payload)
  const at = now()
  const found = await loadDueReviews(req, at)
  const isLate = ({ reviewDueAt }: DueReview) => new Date(reviewDueAt) <= at
  const late = found.filter(isLate).length
  const shown = only === '' ? found : found.filter((one) => isLate(one) === (only === 'late'))
  const page = pageWithin(asked, { count: shown.length, size: PAGE_SIZE })
  if (found.length === 0) return <Nothing months={policy.reviewMonths} />
  return (
    <>
      <p className="kizuna-due__counts">
        <a href="?only=late">
          期限切れ <strong>{late}</strong> 件
        </a>
        、
        <a href="?only=soon">
          {DUE_AHEAD_DAYS} 日以内 <strong>{found.length - late}</strong> 件
        </a>
        {only !== '' && (
          <>
            (<a href="?">両方を見る</a>)
          </>
        )}
        。
        {policy.whenOverdue === 'stop'
          ? '期限が過ぎた原稿は、配信を止めています。'
          : '期限が過ぎても、配信は続いています。'}
      </p>
      <DueTable req={req} at={at} rows={shown.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)} />
      <Pager
        page={page}
        last={lastPage(shown.length, PAGE_SIZE)}
        size={`${PAGE_SIZE} 件`}
        addressOf={(other) => (only ? `?only=${only}&page=${other}` : `?page=${other}`)}
      />
    </>
  )
}

interface TableProps {
  req: PayloadRequest
  at: Date
  rows: readonly DueReview[]
}

async function DueTable({ req, at, rows }: TableProps) {
  const { editions } = settingsOf(req.payload)
  const municipalities = await municipalityNames(req)
  const editionOf = (code: string | null) =>
    editions.find((edition) => edition.code === code)?.label ?? '—'
  return (
    <div className="kizuna-due__scroll" role="region" aria-label="見直す原稿" tabIndex={0}>
      <table className="kizuna-table kizuna-due">
        <thead>
          <tr>
            {['期限', '題名', '配信日', '版', '自治体'].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.release}>
              <td>
                <Deadline due={row.reviewDueAt} at={at} />
              </td>
              <td>
                <a href={pathOf(req, row)}>{row.title}</a>
              </td>
              <td>{slotWords(row.slot)}</td>
              <td>{editionOf(row.edition)}</td>
              <td>{row.municipality ? (municipalities.get(row.municipality) ?? '—') : '共通'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Nothing({ months }: { months: number }) {
  return (
    <p>
      {DUE_AHEAD_DAYS} 日以内に見直す原稿はありません。公開した原稿は、{months}{' '}
      か月たつと見直しの期限が来ます。
    </p>
  )
}

function Deadline({ due, at }: { due: string; at: Date }) {
  const isLate = new Date(due) <= at
  return (
    <>
      {japaneseDayOf(due)}
      {isLate && <span className="kizuna-due__late">⚠ 期限切れ</span>}
    </>
  )
}

function slotWords(code: string): string {
  const slot = readSlot(code)
  return slot ? slotLabel(slot) : code || '—'
}

function pathOf({ payload }: PayloadRequest, { collection, document }: DueReview): string {
  return `${payload.config.routes.admin}/collections/${collection}/${document}`
}

async function municipalityNames(req: PayloadRequest): Promise<Map<string, string>> {
  const { docs } = await req.payload.find({
    collection: 'kizuna-municipalities',
    depth: 0,
    pagination: false,
    overrideAccess: false,
    req,
    select: { name: true },
  })
  return new Map(docs.map(({ id, name }) => [id, name]))
}
