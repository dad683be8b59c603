import type { FundingReport } from '../../funding/load'
import { dayLabel } from '../../stage/japaneseDate'
import { PrintButton } from '../statistics/printButton'
import { CopyFunding } from './copyFunding'

interface ViewProps {
  report: FundingReport
  path: string
  /** Address of its files, without the format. */
  files: string
  /** Where lines and plans are changed; null for who only reads. */
  editPath: string | null
  /** Municipalities that the person may copy it to. */
  copyTo: readonly { id: string; name: string }[]
}

/** A report with plan and result side by side, as it is printed. */
export function FundingView({ report, path, files, editPath, copyTo }: ViewProps) {
  const { title, town, fiscalYear, period, rows, madeOn } = report
  return (
    <article className="kizuna-funding" aria-label={title}>
      <h2>{title}</h2>
      <p>
        {town.name} {period?.label ?? `${fiscalYear}年度`}・{dayLabel(madeOn)}作成
      </p>
      <p className="kizuna-funding__controls">
        <a className="kizuna-button" href={`${files}?format=xlsx`}>
          Excel に書き出す
        </a>
        <a className="kizuna-button" href={`${files}?format=csv`}>
          CSV に書き出す
        </a>
        <PrintButton />
        {editPath && (
          <a className="kizuna-button" href={editPath}>
            項目と計画を直す
          </a>
        )}
        <a href={path}>報告の一覧</a>
      </p>
      {period === null && (
        <p className="kizuna-panel__note">
          この年度は、まだ終わった月がありません。実績は、月が終わるごとに入ります。
        </p>
      )}
      <div
        className="kizuna-funding__scroll"
        tabIndex={0}
        role="region"
        aria-label="計画と実績の表"
      >
        <table className="kizuna-funding__table">
          <thead>
            <tr>
              <th scope="col">項目</th>
              <th scope="col">計画</th>
              <th scope="col">実績</th>
              <th scope="col">期間</th>
              <th scope="col">分母・出典</th>
              <th scope="col">数え方・備考</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <tr key={at}>
                <th scope="row">{row.label}</th>
                <td>{row.plan}</td>
                <td>{row.result}</td>
                <td>{row.period}</td>
                <td>{row.denominator}</td>
                <td>{[row.definition, row.note].filter(Boolean).join(' ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {copyTo.length > 0 && (
        <CopyFunding id={report.id} path={path} towns={copyTo} fiscalYear={fiscalYear} />
      )}
    </article>
  )
}
