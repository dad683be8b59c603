import type { SurveyResults } from '../../questionnaire/loadResults'
import { MAX_TEXTS } from '../../survey/told'
import { PrintButton } from '../statistics/printButton'
import { QuestionView } from './questionView'
import './survey.css'

interface ViewProps {
  id: string
  /** Null before they are there, or where they are not the person's to read. */
  results: SurveyResults | null
  path: string
  api: string
}

/** What a survey came to: who answered, each question, and what was written. */
export function ResultsView({ id, results, path, api }: ViewProps) {
  if (!results) {
    return (
      <div className="kizuna-panel" role="status">
        <p>
          結果は、まだありません。答えられる最後の日の 2
          日後に、ここに一度だけ出ます(途中の数を出すと、ひとりの答えが分かってしまうためです)。家族にたずねなかった自治体には、出ません。
        </p>
        <p>
          <a href={path}>アンケートの一覧にもどる</a>
        </p>
      </div>
    )
  }
  const { title, town, towns, report, texts } = results
  const of = town?.name ?? `すべての自治体(${towns.length} 自治体)`
  const query = new URLSearchParams({ survey: id, ...(town && { municipality: town.id }) })
  return (
    <section className="kizuna-survey-results" aria-labelledby="kizuna-survey-results">
      {towns.length > 1 && (
        <form className="kizuna-fill kizuna-ask kizuna-survey-controls" action={path} method="get">
          <input type="hidden" name="survey" value={id} />
          <label>
            自治体
            <select name="municipality" defaultValue={town?.id ?? 'all'}>
              <option value="all">すべての自治体</option>
              {towns.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
            </select>
          </label>
          <button type="submit">見る</button>
        </form>
      )}
      <h2 className="kizuna-page__subtitle" id="kizuna-survey-results">
        {title} {of}
      </h2>
      <dl className="kizuna-survey-response">
        {report.response.map(({ item, words }) => (
          <div key={item}>
            <dt>{item}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      {report.questions.map((question, at) => (
        <QuestionView key={question.id} question={question} number={at + 1}>
          <Texts question={question.id} texts={texts} />
        </QuestionView>
      ))}
      <div className="kizuna-survey-tables">
        {report.by.map((one) => (
          <table key={one.title} className="kizuna-table">
            <caption>{`答えた方の${one.title}`}</caption>
            <tbody>
              {one.rows.map(({ item, words }) => (
                <tr key={item}>
                  <th scope="row">{item}</th>
                  <td>{words}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ))}
      </div>
      <p className="kizuna-panel__hint">
        5 人より少ない数と、そこから分かってしまう数は出しません(—)。無回答は割合に入れません。
      </p>
      <div className="kizuna-actions kizuna-survey-controls">
        {(['xlsx', 'csv'] as const).map((format) => (
          <a
            key={format}
            className="kizuna-button"
            href={`${api}/surveys/export?${query}&format=${format}`}
            download
          >
            {format === 'xlsx' ? 'Excel ブックで書き出す' : 'CSV で書き出す'}
          </a>
        ))}
        <PrintButton />
        <a className="kizuna-button" href={path}>
          一覧にもどる
        </a>
      </div>
    </section>
  )
}

function Texts({ question, texts }: { question: string; texts: SurveyResults['texts'] }) {
  const written = texts.flatMap((one) => (one.question === question ? one.texts : []))
  if (written.length === 0) return null
  return (
    <details>
      <summary>{`書かれた言葉を読む(${written.length} 件)`}</summary>
      {written.length >= MAX_TEXTS && (
        <p className="kizuna-panel__hint">
          {`${MAX_TEXTS} 件までを、届いた順によらずに出しています。ほかの言葉は数にだけ入っています。`}
        </p>
      )}
      <ul className="kizuna-survey-texts">
        {written.map(({ text, hasPersonalDetails }, at) => (
          <li key={at}>
            <blockquote className="kizuna-voice">{text}</blockquote>
            {hasPersonalDetails && (
              <p className="kizuna-panel__hint">個人の情報かもしれない言葉を消してあります。</p>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}
