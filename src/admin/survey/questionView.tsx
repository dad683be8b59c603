import type { ReactNode } from 'react'

import type { AnswerRow, CrossTable, QuestionReport } from '../../survey/report'
import './survey.css'

interface QuestionProps {
  question: QuestionReport
  number: number
  children?: ReactNode
}

/** One question: the finding as its title, bars with numbers, the table under them, and who said what. */
export function QuestionView({ question, number, children }: QuestionProps) {
  const { text, finding, origin, rows, mean, crosses, note } = question
  const hasAverage = rows.some(({ average }) => average !== null)
  return (
    <figure className="kizuna-survey-question">
      <figcaption>
        <h3>{`${number}. ${text}`}</h3>
        <p className="kizuna-survey-finding">{[finding, mean].filter(Boolean).join('・')}</p>
      </figcaption>
      <div aria-hidden="true">
        {rows
          .filter(({ percent }) => percent !== null)
          .map((row) => (
            <Bar key={row.code} row={row} />
          ))}
      </div>
      <table className="kizuna-table">
        <thead>
          <tr>
            <th scope="col">答え</th>
            <th scope="col">人数</th>
            <th scope="col">割合</th>
            {hasAverage && <th scope="col">全体の割合</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ code, label, words, percent, average }) => (
            <tr key={code}>
              <th scope="row">{label}</th>
              <td>{words}</td>
              <td>{percent === null ? '—' : `${percent}%`}</td>
              {hasAverage && <td>{average === null ? '—' : `${average}%`}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {crosses.map((cross) => (
        <Cross key={cross.title} cross={cross} />
      ))}
      {note && <p className="kizuna-panel__hint">{note}</p>}
      {children}
      <p className="kizuna-panel__hint">{origin}</p>
    </figure>
  )
}

/** As long as its share; read in black and white, too. */
function Bar({ row: { label, percent, words } }: { row: AnswerRow }) {
  return (
    <div className="kizuna-survey-bar">
      <span>{label}</span>
      <span className="kizuna-survey-bar__track">
        <span className="kizuna-survey-bar__fill" style={{ width: `${percent ?? 0}%` }} />
      </span>
      <span>{`${percent}%(${words})`}</span>
    </div>
  )
}

function Cross({ cross: { title, columns, rows } }: { cross: CrossTable }) {
  return (
    <div className="kizuna-survey-cross">
      <table className="kizuna-table">
        <caption>{`${title}ごと`}</caption>
        <thead>
          <tr>
            <td />
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, counts }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {counts.map((count, at) => (
                <td key={columns[at]}>{`${count}人`}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
