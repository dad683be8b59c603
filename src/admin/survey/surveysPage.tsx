import type { AdminViewServerProps, PayloadRequest } from 'payload'

import { hasRole, MUNICIPAL, NUMBERS_PEOPLE, TEAM } from '../../people/roles'
import { localDayOf } from '../../stage/day'
import { monthOf } from '../../stage/month'
import { findSurveys, type ListedSurvey } from '../../questionnaire/find'
import { SURVEYS } from '../../questionnaire/surveys'
import { loadResults, loadYear } from '../../questionnaire/loadResults'
import { fiscalYearStart } from '../../statistics/months'
import { PageFrame } from '../pages/pageFrame'
import { settingsOf } from '../pages/settingsOf'
import { ResultsView } from './resultsView'
import { YearView } from './yearView'
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
      {hasRole(req.user, ...PEOPLE) && <Body req={req} params={view.searchParams ?? {}} />}
    </PageFrame>
  )
}

interface BodyProps {
  req: PayloadRequest
  params: Readonly<Record<string, unknown>>
}

async function Body({ req, params }: BodyProps) {
  const word = (name: string) => (typeof params[name] === 'string' ? params[name] : undefined)
  const { admin, api } = req.payload.config.routes
  const path = `${admin}/surveys`
  const isReader = hasRole(req.user, ...NUMBERS_PEOPLE)
  const year = Number(word('year'))
  if (isReader && Number.isInteger(year) && year > 0) {
    return <YearView year={year} questions={await loadYear(req, year)} path={path} />
  }
  const survey = word('survey')
  if (!isReader || survey === undefined) return <SurveyList req={req} />
  const municipality = word('municipality')
  const results = await loadResults(req, { survey, municipality }).catch(() => null)
  return <ResultsView id={survey} results={results} path={path} api={api} />
}

async function SurveyList({ req }: { req: PayloadRequest }) {
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
              <th scope="col">結果</th>
            </tr>
          </thead>
          <tbody>
            {surveys.map((survey) => (
              <Row
                key={survey.id}
                survey={survey}
                base={base}
                results={isReader && survey.isOver ? `${path}?survey=${survey.id}` : null}
              />
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
  /** Where the results are; null before they are told. */
  results: string | null
}

function Row({ survey, base, results }: RowProps) {
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
        {results ? (
          <a className="kizuna-survey-link" href={results}>
            結果を見る
          </a>
        ) : (
          survey.isApproved && '終わってから出ます'
        )}
      </td>
    </tr>
  )
}
