import type { MergedQuestion } from '../../questionnaire/loadResults'
import { PrintButton } from '../statistics/printButton'
import { QuestionView } from './questionView'
import './survey.css'

interface YearProps {
  year: number
  questions: readonly MergedQuestion[]
  path: string
}

/** A fiscal year over all surveys and municipalities, question by question: the same wording is one. */
export function YearView({ year, questions, path }: YearProps) {
  return (
    <section className="kizuna-survey-results" aria-labelledby="kizuna-survey-year">
      <h2 className="kizuna-page__subtitle" id="kizuna-survey-year">
        {`${year}年度のまとめ`}
      </h2>
      <p>
        言葉と選択肢がまったく同じ質問だけを、1
        つの質問として合わせています。言葉が変わった質問は、別の質問として並びます。
      </p>
      {questions.length === 0 && (
        <p className="kizuna-panel" role="status">
          {`${year}年度に終わったアンケートの結果は、まだありません。アンケートが終わって 2 日たつと、ここに出ます。`}
        </p>
      )}
      {questions.map((question, at) => (
        <QuestionView key={question.id} question={question} number={at + 1}>
          <p className="kizuna-panel__hint">
            {`${question.towns} 自治体・アンケート: ${question.surveys.join('、')}・質問の印: ${question.id}`}
          </p>
        </QuestionView>
      ))}
      <div className="kizuna-actions kizuna-survey-controls">
        <PrintButton />
        <a className="kizuna-button" href={`${path}?year=${year - 1}`}>
          {`${year - 1}年度を見る`}
        </a>
        <a className="kizuna-button" href={path}>
          一覧にもどる
        </a>
      </div>
    </section>
  )
}
