import type { AdminViewServerProps, PayloadRequest } from 'payload'

import { whenRefused } from '../../cms/refusal'
import { hasRole, MUNICIPAL, NUMBERS_PEOPLE, TEAM } from '../../people/roles'
import { loadResults, loadYear } from '../../questionnaire/loadResults'
import { PageFrame } from '../pages/pageFrame'
import { ResultsView } from './resultsView'
import { SurveyList } from './surveyList'
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
  const results = await loadResults(req, { survey, municipality }).catch(
    whenRefused('refused' as const),
  )
  if (results === 'refused') return <NoSurvey path={path} />
  return <ResultsView id={survey} results={results} path={path} api={api} />
}

function NoSurvey({ path }: { path: string }) {
  return (
    <div className="kizuna-panel" role="alert">
      <p>このアンケートは見つからないか、見る権限がありません。</p>
      <p>
        <a href={path}>アンケートの一覧を開く</a>
      </p>
    </div>
  )
}
