import { ALL, type Numbers } from '../../numbers/load'
import { localDayOf } from '../../stage/day'
import { monthOf } from '../../stage/month'
import { periodsAt } from '../../statistics/period'
import { footnoteOf, REGISTERED, type NumbersTable } from '../../statistics/report'
import { NOT_YET } from '../../statistics/sum'
import { BarChart } from './barChart'
import { DenominatorPart } from './denominatorPart'
import { PrintButton } from './printButton'
import { RateView } from './rateView'

interface ViewProps {
  numbers: Numbers
  now: Date
  /** Paths of admin and API. */
  admin: string
  api: string
  canType: boolean
  /** The number that somebody came to type in, by its kind. */
  toType: unknown
}

/** The rate first, then the months, then what people are told apart by; last what is typed in. */
export function NumbersView({ numbers, now, admin, api, canType, toType }: ViewProps) {
  const { town, towns, report } = numbers
  const { period, tables } = report
  const of = `${town?.name ?? `すべての自治体(${towns.length} 自治体)`} ${period.label}`
  const [registered, ...others] = tables
  const footnote = footnoteOf(report)
  const query = new URLSearchParams({ municipality: town?.id ?? ALL, period: period.key })
  return (
    <section className="kizuna-numbers" aria-labelledby="kizuna-numbers">
      <Chooser numbers={numbers} now={now} path={`${admin}/numbers`} />
      <h2 className="kizuna-page__subtitle" id="kizuna-numbers">
        {of}
      </h2>
      {report.isEmpty && (
        <p className="kizuna-panel" role="status">
          この期間の数はまだありません。配信が始まり、月が終わると、次の月のはじめにここに出ます。
          {canType && 'その前に、下で母子健康手帳の交付数を入れておけます。'}
        </p>
      )}
      {!report.isEmpty && (
        <>
          <div className="kizuna-panel">
            <RateView
              title="登録 ÷ 母子健康手帳の交付"
              rate={report.handbooks}
              kind="handbooks"
              towns={town ? 1 : towns.length}
              typePath={canType ? `${admin}/numbers?${query}` : null}
            />
            {(report.births.words !== null || report.births.missing.length > 0) && (
              <RateView
                title="1 年度の登録 ÷ 出生"
                rate={report.births}
                kind="births"
                towns={town ? 1 : towns.length}
                typePath={canType ? `${admin}/numbers?${query}` : null}
              />
            )}
            <p className="kizuna-panel__hint">
              登録は人の数です。1 冊の手帳で父と母が登録すると 2 人なので、100%
              を超えることがあります。
            </p>
          </div>
          {registered && (
            <figure className="kizuna-numbers__figure">
              <figcaption>{findingOf(report)}</figcaption>
              <BarChart name={`月ごとの登録の棒グラフ。${findingOf(report)}`} bars={report.bars} />
              <NumberTable table={registered} />
            </figure>
          )}
          <div className="kizuna-numbers__tables">
            {others.map((table) => (
              <NumberTable key={table.key} table={table} />
            ))}
          </div>
          {footnote && <p className="kizuna-numbers__footnote">※ {footnote}</p>}
          <div className="kizuna-actions kizuna-numbers__controls">
            {(['xlsx', 'csv'] as const).map((format) => (
              <a
                key={format}
                className="kizuna-button"
                href={`${api}/numbers/export?${query}&format=${format}`}
                download
              >
                {format === 'xlsx' ? 'Excel ブックで書き出す' : 'CSV で書き出す'}
              </a>
            ))}
            <PrintButton />
          </div>
        </>
      )}
      {canType && town && (
        <DenominatorPart numbers={numbers} now={now} admin={admin} asked={toType} />
      )}
    </section>
  )
}

/** The title of the chart says what it shows. *Pure.* */
function findingOf({ bars, tables }: Numbers['report']): string {
  const rows = tables.find(({ key }) => key === 'funnel')?.rows ?? []
  const all = rows.find(({ item }) => item === REGISTERED)?.figure ?? NOT_YET
  const exact = bars.flatMap(({ label, sum }) =>
    sum && sum.least === sum.most ? [{ label, count: sum.least }] : [],
  )
  const most = exact.toSorted((one, other) => other.count - one.count)[0]
  const isSure = exact.length === bars.length && most && most.count > 0
  return `登録は全部で ${all}${isSure ? `。いちばん多い月は ${most.label}の ${most.count}人` : ''}`
}

/** What is counted, and the figure; on paper a table stays whole. */
function NumberTable({ table }: { table: NumbersTable }) {
  return (
    <div className="kizuna-numbers__table" id={`kizuna-numbers-${table.key}`}>
      <table className="kizuna-table">
        <caption>{table.title}</caption>
        <tbody>
          {table.rows.map(({ item, figure, note }) => (
            <tr key={item}>
              <th scope="row">
                {item}
                {note && <span className="kizuna-panel__hint"> {note}</span>}
              </th>
              <td>{figure}</td>
            </tr>
          ))}
          {table.rows.length === 0 && (
            <tr>
              <td>{NOT_YET}</td>
            </tr>
          )}
        </tbody>
      </table>
      {table.note && <p className="kizuna-panel__hint">{table.note}</p>}
    </div>
  )
}

function Chooser({ numbers, now, path }: { numbers: Numbers; now: Date; path: string }) {
  const { town, towns, report } = numbers
  return (
    <form className="kizuna-fill kizuna-ask kizuna-numbers__controls" action={path} method="get">
      {towns.length > 1 && (
        <label>
          自治体
          <select name="municipality" defaultValue={town?.id ?? ALL}>
            <option value={ALL}>すべての自治体</option>
            {towns.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        期間
        <select name="period" defaultValue={report.period.key}>
          {periodsAt(monthOf(localDayOf(now))).map(({ key, label }) => (
            <option key={key} value={key}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <button type="submit">見る</button>
    </form>
  )
}
