import type { PayloadRequest } from 'payload'

import { hasRole, NUMBERS_PEOPLE } from '../../people/roles'
import { findSurveys, type ListedSurvey } from '../../questionnaire/find'
import { SURVEYS } from '../../questionnaire/surveys'
import { localDayOf } from '../../stage/day'
import { monthOf } from '../../stage/month'
import { fiscalYearStart } from '../../statistics/months'
import { settingsOf } from '../pages/settingsOf'
import './survey.css'

/** The surveys the person may read, how far each is, and the way to a new one and to the results. */
export async function SurveyList({ req }: { req: PayloadRequest }) {
  const { now } = settingsOf(req.payload)
  const surveys = await findSurveys(req, localDayOf(now()))
  const base = `${req.payload.config.routes.admin}/collections/${SURVEYS}`
  const isWriter = hasRole(req.user, 'municipal-editor', 'editor')
  const isReader = hasRole(req.user, ...NUMBERS_PEOPLE)
  const path = `${req.payload.config.routes.admin}/surveys`
  const year = Number(fiscalYearStart(monthOf(localDayOf(now()))).slice(0, 4))
  return (
    <section aria-label="アンケートの一覧">
      <p className="kizuna-actions kizuna-survey-actions">
        {isWriter && (
          <a className="kizuna-button" href={`${base}/create`}>
            アンケートを作る
          </a>
        )}
        {isReader && (
          <a className="kizuna-button" href={`${path}?year=${year}`}>
            {`${year}年度のまとめ`}
          </a>
        )}
      </p>
      {surveys.length === 0 ? (
        <p className="kizuna-panel">
          {isWriter
            ? 'アンケートはまだありません。「アンケートを作る」を押して、全国と比べられる質問を 1 つ選んでみてください。承認を受けると、「4か月になった家庭に」のように時期を選ぶか、日を決めて、家族に聞けます。'
            : 'アンケートはまだありません。編集担当が作ると、ここに並びます。'}
        </p>
      ) : (
        <table className="kizuna-table">
          <thead>
            <tr>
              <th scope="col">題名</th>
              <th scope="col">状態</th>
              <th scope="col">いつまで</th>
              <th scope="col">だれの</th>
              <th scope="col">結果</th>
            </tr>
          </thead>
          <tbody>
            {surveys.map((survey) => (
              <Row key={survey.id} survey={survey} base={base} path={isReader ? path : null} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

interface RowProps {
  survey: ListedSurvey
  base: string
  /** The page of the results; null for who does not read them. */
  path: string | null
}

function Row({ survey, base, path }: RowProps) {
  return (
    <tr>
      <th scope="row">
        <a className="kizuna-survey-link" href={`${base}/${survey.id}`}>
          {survey.title}
        </a>
      </th>
      <td>{survey.state}</td>
      <td>{survey.until}</td>
      <td>{survey.of}</td>
      <td>
        {path && survey.isOver ? (
          <a className="kizuna-survey-link" href={`${path}?survey=${survey.id}`}>
            結果を見る
          </a>
        ) : (
          survey.isApproved && (path ? '終わってから出ます' : '監修責任者と自治体が見ます')
        )}
      </td>
    </tr>
  )
}
