import type { PayloadRequest } from 'payload'

import type { Board, BoardRow } from '../../renewal/board'
import { loadDifferences } from '../../renewal/differences'
import { CARRY_OVER_LABELS, type CarryOverStatus } from '../../renewal/carryOverStatus'
import { stateLabel } from '../../review/rules/state'
import { settingsOf } from '../pages/settingsOf'
import { Pager } from '../pages/pager'
import { ChangeView } from '../import/changeView'

const PAGE = 50

const STATUSES = Object.keys(CARRY_OVER_LABELS) as CarryOverStatus[]

interface TableProps {
  board: Board
  req: PayloadRequest
  filter: { show: string; page: string }
}

/** The places of a renewed series, counted and filtered by what is to be done with them. */
export function BoardTable({ board, req, filter }: TableProps) {
  const show = STATUSES.find((status) => status === filter.show) ?? null
  const rows = show ? board.rows.filter(({ standing }) => standing === show) : board.rows
  const pages = Math.max(1, Math.ceil(rows.length / PAGE))
  const page = Math.min(pages, Math.max(1, Number(filter.page) || 1))
  const shown = rows.slice((page - 1) * PAGE, page * PAGE)
  const link = (status: CarryOverStatus | null, number = 1) =>
    `?series=${board.id}${status ? `&show=${status}` : ''}${number > 1 ? `&page=${number}` : ''}`
  return (
    <section aria-label="引き継ぎの状況">
      <Filters board={board} show={show} link={link} />
      {shown.length === 0 ? (
        <p>ここに当てはまる原稿はありません。</p>
      ) : (
        <Rows rows={shown} req={req} />
      )}
      <Pager
        page={page}
        last={pages}
        size={`${PAGE} 件`}
        addressOf={(other) => link(show, other)}
        note={`(${rows.length} 件)`}
      />
    </section>
  )
}

async function Rows({ rows, req }: { rows: readonly BoardRow[]; req: PayloadRequest }) {
  const differences = await loadDifferences(req, rows)
  const { editions: known } = settingsOf(req.payload)
  const editions = new Map(known.map(({ code, label }) => [code, label]))
  return (
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
        {rows.map((row) => (
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
            <td>{row.state ? stateLabel({ ...row, state: row.state }) : '—'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface FiltersProps {
  board: Board
  show: CarryOverStatus | null
  link: (status: CarryOverStatus | null) => string
}

function Filters({ board: { rows }, show, link }: FiltersProps) {
  return (
    <nav className="kizuna-switch kizuna-renewal__filters" aria-label="絞り込み">
      <Filter href={link(null)} isOn={show === null} label="すべて" count={rows.length} />
      {STATUSES.map((status) => (
        <Filter
          key={status}
          href={link(status)}
          isOn={show === status}
          label={CARRY_OVER_LABELS[status]}
          count={rows.filter(({ standing }) => standing === status).length}
        />
      ))}
    </nav>
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
  const path = `${admin}/collections/kizuna-manuscripts`
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
