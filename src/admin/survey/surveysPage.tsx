import type { AdminViewServerProps, PayloadRequest } from 'payload'

import { hasRole, MUNICIPAL, TEAM } from '../../people/roles'
import { localDayOf } from '../../stage/day'
import { findSurveys, type ListedSurvey } from '../../questionnaire/find'
import { SURVEYS } from '../../questionnaire/surveys'
import { PageFrame } from '../pages/pageFrame'
import { settingsOf } from '../pages/settingsOf'
import './survey.css'

const PEOPLE = [...TEAM, ...MUNICIPAL]

/** 「アンケート」: what families are asked, how far each is, and what they said. */
export function SurveysPage(view: AdminViewServerProps) {
  const { req } = view.initPageResult
  return (
    <PageFrame
      view={view}
      title="アンケート"
      description="家族に短くたずねて、声を数で見ます。だれが何と答えたかは、だれにも分かりません。"
      roles={PEOPLE}
    >
      {hasRole(req.user, ...PEOPLE) && <SurveyList req={req} />}
    </PageFrame>
  )
}

async function SurveyList({ req }: { req: PayloadRequest }) {
  const { now } = settingsOf(req.payload)
  const surveys = await findSurveys(req, localDayOf(now()))
  const base = `${req.payload.config.routes.admin}/collections/${SURVEYS}`
  const isWriter = hasRole(req.user, 'municipal-editor', 'editor')
  return (
    <section aria-label="アンケートの一覧">
      {isWriter && (
        <p className="kizuna-actions kizuna-survey-actions">
          <a className="kizuna-button" href={`${base}/create`}>
            アンケートを作る
          </a>
        </p>
      )}
      {surveys.length === 0 ? (
        <p className="kizuna-panel">
          {isWriter
            ? 'アンケートはまだありません。「アンケートを作る」を押して、全国と比べられる質問を 1 つ選んでみてください。承認を受けると、お知らせに入れて家族に届けられます。'
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
            </tr>
          </thead>
          <tbody>
            {surveys.map((survey) => (
              <Row key={survey.id} survey={survey} base={base} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function Row({ survey, base }: { survey: ListedSurvey; base: string }) {
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
    </tr>
  )
}
