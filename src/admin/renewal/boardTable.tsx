import type { PayloadRequest } from 'payload'

import type { Board, BoardRow } from '../../renewal/board'
import { loadDifferences } from '../../renewal/differences'
import { CARRY_OVER_LABELS } from '../../renewal/carryOverStatus'
import type { CarryOverStatus } from '../../renewal/carryOverStatus'
import { REVIEW_STATE_LABELS } from '../../review/rules/state'
import { settingsOf } from '../pages/settingsOf'
import { ChangeView } from '../import/changeView'

const PAGE = 50

const STATUSES = Object.keys(CARRY_OVER_LABELS) as CarryOverStatus[]

interface TableProps {
  board: Board
  req: PayloadRequest
  filter: { show: string; page: string }
}

/** The places of a renewed series, counted and filtered by what is to be done with them. */
export async function BoardTable({ board, req, filter }: TableProps) {
  const show = STATUSES.find((standing) => standing === filter.show) ?? null
  const rows = show ? board.rows.filter(({ standing }) => standing === show) : board.rows
  const pages = Math.max(1, Math.ceil(rows.length / PAGE))
  const page = Math.min(pages, Math.max(1, Number(filter.page) || 1))
  const shown = rows.slice((page - 1) * PAGE, page * PAGE)
  const differences = await loadDifferences(req, shown)
  const { editions: known } = settingsOf(req.payload)
  const editions = new Map(known.map(({ code, label }) => [code, label]))
  const link = (standing: CarryOverStatus | null, number = 1) =>
    `?series=${board.id}${standing ? `&show=${standing}` : ''}${number > 1 ? `&page=${number}` : ''}`
  return (
    <section aria-label="引き継ぎの状況">
      <nav className="kizuna-switch kizuna-renewal__filters" aria-label="絞り込み">
        <Filter href={link(null)} isOn={show === null} label="すべて" count={board.rows.length} />
        {STATUSES.map((standing) => (
          <Filter
            key={standing}
            href={link(standing)}
            isOn={show === standing}
            label={CARRY_OVER_LABELS[standing]}
            count={board.rows.filter((row) => row.standing === standing).length}
          />
        ))}
      </nav>
      {shown.length === 0 ? (
        <p>ここに当てはまる原稿はありません。</p>
      ) : (
        <table className="kizuna-table kizuna-table--folds">
          <thead>
            <tr>
              <th scope="col">配信日</th>
              <th scope="col">原稿</th>
              <th scope="col">元と比べて</th>
              <th scope="col">監修</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.id ?? row.origin}>
                <td>{row.slotLabel}</td>
                <td>
                  <Title
                    row={row}
                    admin={req.payload.config.routes.admin}
                    edition={editions.get(row.edition) ?? row.edition}
                  />
                </td>
                <td>
                  <span className={`kizuna-state kizuna-renewal--${row.standing}`}>
                    {CARRY_OVER_LABELS[row.standing]}
                  </span>
                  {(differences.get(row.id ?? '') ?? []).map((change) => (
                    <ChangeView key={change.field} change={change} />
                  ))}
                </td>
                <td>{row.state ? REVIEW_STATE_LABELS[row.state] : '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {pages > 1 && (
        <nav className="kizuna-pager" aria-label="ページ">
          {page > 1 && <a href={link(show, page - 1)}>前の {PAGE} 件</a>}
          <span>
            {page} / {pages} ページ({rows.length} 件)
          </span>
          {page < pages && <a href={link(show, page + 1)}>次の {PAGE} 件</a>}
        </nav>
      )}
    </section>
  )
}

interface FilterProps {
  href: string
  isOn: boolean
  label: string
  count: number
}

function Filter({ href, isOn, label, count }: FilterProps) {
  return (
    <a href={href} aria-current={isOn ? 'true' : undefined}>
      {label} <strong>{count}</strong>
    </a>
  )
}

interface TitleProps {
  row: BoardRow
  admin: string
  edition: string
}

function Title({ row: { id, origin, title }, admin, edition }: TitleProps) {
  const path = `${admin}/collections/manuscripts`
  return (
    <>
      <a href={`${path}/${id ?? origin ?? ''}`}>{title}</a>
      <span className="kizuna-panel__aside">{edition}</span>
      {id && origin && (
        <>
          {' '}
          <a className="kizuna-panel__aside" href={`${path}/${origin}`}>
            元の原稿
          </a>
        </>
      )}
    </>
  )
}
