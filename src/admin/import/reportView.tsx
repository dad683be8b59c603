'use client'

import { useState, type ReactNode } from 'react'

import { columnLabel } from '../../import/columns'
import type { FieldChange } from '../../import/changes'
import type { ImportOutcome, ImportProblem, ImportReport } from '../../import/report'
import { groupProblems } from '../../table/problemGroups'
import { ChangeView } from './changeView'

/** Rows shown at once; a file of 2,500 would make the page slow. */
const PAGE = 100

const SIGNS = { created: '新規', changed: '変更', unchanged: '変更なし' } as const

interface ReportViewProps {
  report: ImportReport
  /** Name of the file: another window may show another one. */
  file: string
  /** The step to take. */
  next: ReactNode
}

/** What a file changes, or what is wrong with it, row by row. */
export function ReportView({ report, file, next }: ReportViewProps) {
  const { problems, isWritten, created, changed, unchanged } = report
  if (problems.length > 0) return <Problems report={report} file={file} />
  const rows = report.outcomes.filter(({ action }) => action !== 'unchanged')
  return (
    <div className="kizuna-import__report">
      <p role="status" className="kizuna-import__counts">
        {placeOf(file, report)}
        {isWritten ? 'を下書きとして取り込みました。' : 'に誤りはありません。'}
        <strong>新規 {created} 件</strong>、<strong>変更 {changed} 件</strong>、変更なし {unchanged}{' '}
        件
      </p>
      {report.notes.length > 0 && (
        <>
          <p>次の行は読みません。</p>
          <ProblemTable kind={report.kind} problems={report.notes} />
        </>
      )}
      {next}
      {!isWritten && rows.length > 0 && <Rows rows={rows} />}
      {!isWritten && rows.length === 0 && <p>取り込むものはありません。</p>}
    </div>
  )
}

function Problems({ report, file }: Pick<ReportViewProps, 'report' | 'file'>) {
  const { kind, problems } = report
  return (
    <div className="kizuna-import__report">
      <p role="alert" className="kizuna-import__counts">
        <strong>
          {placeOf(file, report)}に {problems.length} 件の誤りがあるため、何も取り込みません。
        </strong>
        直してから、もう一度確かめてください。
      </p>
      <ProblemTable kind={kind} problems={problems} />
    </div>
  )
}

function placeOf(file: string, { sheet }: ImportReport): string {
  return sheet === null ? `「${file}」` : `「${file}」のシート「${sheet}」`
}

/** One row a kind of problem: a column in a wrong format is one thing to put right. */
function ProblemTable({ kind, problems }: Pick<ImportReport, 'kind' | 'problems'>) {
  const [shown, setShown] = useState(PAGE)
  const groups = groupProblems(problems)
  return (
    <>
      <table className="kizuna-table kizuna-table--folds kizuna-import__table">
        <thead>
          <tr>
            <th scope="col">行</th>
            <th scope="col">列</th>
            <th scope="col">直すこと</th>
          </tr>
        </thead>
        <tbody>
          {groups.slice(0, shown).map(({ lines, line, column, heading, message, count }, index) => (
            <tr key={index}>
              <td>
                {lines} 行目{count > 1 && `(${count} 行)`}
              </td>
              <td>{heading ?? (column === null ? '行の全体' : columnLabel(kind, column))}</td>
              <td>
                {message}
                <Overwritten changes={changesAt(problems, { line, column })} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <More total={groups.length} shown={shown} onMore={() => setShown(shown + PAGE)} />
    </>
  )
}

/** Both versions of a text that somebody saved since the file was written. */
function Overwritten({ changes }: { changes: readonly FieldChange[] }) {
  if (changes.length === 0) return null
  return (
    <>
      <p>
        <del>消える内容(いまの内容)</del>と<ins>入る内容(ファイルの内容)</ins>:
      </p>
      {changes.map((change) => (
        <ChangeView key={change.field} change={change} />
      ))}
    </>
  )
}

function changesAt(
  problems: readonly ImportProblem[],
  at: { line: number; column: string | null },
): readonly FieldChange[] {
  const found = problems.find(({ line, column }) => line === at.line && column === at.column)
  return found?.changes ?? []
}

function Rows({ rows }: { rows: ImportOutcome[] }) {
  const [shown, setShown] = useState(PAGE)
  const isAnyChanged = rows.some(({ action }) => action === 'changed')
  return (
    <>
      <table className="kizuna-table kizuna-table--folds kizuna-import__table">
        <thead>
          <tr>
            <th scope="col">行</th>
            <th scope="col">区分</th>
            <th scope="col">原稿</th>
            {isAnyChanged && <th scope="col">変わるところ</th>}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, shown).map((row) => (
            <tr key={row.line}>
              <td>{row.line} 行目</td>
              <td>
                <span
                  className={`kizuna-state kizuna-import__sign kizuna-import__sign--${row.action}`}
                >
                  {SIGNS[row.action]}
                </span>
              </td>
              <td>{row.label}</td>
              {isAnyChanged && (
                <td>
                  {row.changes.map((change) => (
                    <ChangeView key={change.field} change={change} />
                  ))}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <More total={rows.length} shown={shown} onMore={() => setShown(shown + PAGE)} />
    </>
  )
}

function More({ total, shown, onMore }: { total: number; shown: number; onMore: () => void }) {
  if (total <= shown) return null
  return (
    <p>
      {total} 件のうち {shown} 件を表示しています。{' '}
      <button type="button" className="kizuna-import__more" onClick={onMore}>
        次の {PAGE} 件を表示する
      </button>
    </p>
  )
}
