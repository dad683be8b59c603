import type { AdminViewServerProps, PayloadRequest } from 'payload'

import { whenRefused } from '../../cms/refusal'
import { loadFunding } from '../../funding/load'
import { canMakeFunding } from '../../funding/operations'
import { FUNDING_TEMPLATES } from '../../funding/templates'
import { findTowns, type Town } from '../../municipality/findTowns'
import { hasRole, MUNICIPAL, municipalityIdOf, NUMBERS_PEOPLE } from '../../people/roles'
import { localDayOf } from '../../stage/day'
import { fiscalYearOf, monthOf } from '../../stage/month'
import { PageFrame } from '../pages/pageFrame'
import { settingsOf } from '../pages/settingsOf'
import { TownChoice } from '../pages/townChoice'
import { BeginFunding } from './beginFunding'
import { FundingList } from './fundingList'
import { FundingView } from './fundingView'

/** 「交付金の報告」: plan and result side by side, of figures with fixed definitions. */
export function FundingPage(view: AdminViewServerProps) {
  const { req } = view.initPageResult
  return (
    <PageFrame
      view={view}
      title="交付金の報告"
      description="交付金や補助金の報告に使う表を作ります。計画を入れておくと、実績は「数字」から自動で入ります。Excel で書き出すか、印刷して使います。"
      roles={NUMBERS_PEOPLE}
    >
      {hasRole(req.user, ...NUMBERS_PEOPLE) && <Body req={req} params={view.searchParams ?? {}} />}
    </PageFrame>
  )
}

interface BodyProps {
  req: PayloadRequest
  params: Readonly<Record<string, unknown>>
}

async function Body({ req, params }: BodyProps) {
  const { admin } = req.payload.config.routes
  const path = `${admin}/funding`
  const word = (name: string) => (typeof params[name] === 'string' ? params[name] : '')
  if (word('report')) return <Report req={req} id={word('report')} path={path} />
  const towns = await findTowns(req, word('municipality'))
  const [town] = towns
  if (!town) return <p role="alert">この自治体は見つからないか、見る権限がありません。</p>
  if (towns.length > 1) return <TownChoice towns={towns} path={path} action="報告を見る" />
  return <OfTown req={req} town={town} path={path} />
}

async function OfTown({ req, town, path }: { req: PayloadRequest; town: Town; path: string }) {
  const { docs } = await req.payload.find({
    collection: 'kizuna-funding-reports',
    where: { municipality: { equals: town.id } },
    sort: ['-fiscalYear', 'title'],
    depth: 0,
    pagination: false,
    overrideAccess: false,
    req,
    select: { title: true, fiscalYear: true },
  })
  const reports = docs.map(({ id, title, fiscalYear }) => ({
    id: String(id),
    title: title ?? '',
    fiscalYear: Number(fiscalYear),
  }))
  const today = localDayOf(settingsOf(req.payload).now())
  return (
    <div className="kizuna-funding">
      <h2>{town.name}</h2>
      <FundingList reports={reports} path={path} />
      {canMakeFunding(req.user, town.id) && (
        <BeginFunding
          municipality={town.id}
          path={path}
          thisYear={fiscalYearOf(monthOf(today))}
          templates={FUNDING_TEMPLATES.map(({ value, label, lines }) => ({
            value,
            label,
            lines: lines.map((line) => line.label),
          }))}
        />
      )}
    </div>
  )
}

async function Report({ req, id, path }: { req: PayloadRequest; id: string; path: string }) {
  const report = await loadFunding(req, id, settingsOf(req.payload).now()).catch(whenRefused(null))
  if (!report) {
    return (
      <p role="alert">
        この報告は見つからないか、見る権限がありません。<a href={path}>報告の一覧を開く</a>
      </p>
    )
  }
  const { admin, api } = req.payload.config.routes
  const isOwn = hasRole(req.user, ...MUNICIPAL) && municipalityIdOf(req.user) === report.town.id
  const towns = hasRole(req.user, 'chief') ? await findTowns(req) : isOwn ? [report.town] : []
  return (
    <FundingView
      report={report}
      path={path}
      files={`${api}/kizuna-funding-reports/${id}/export`}
      editPath={isOwn ? `${admin}/collections/kizuna-funding-reports/${id}` : null}
      copyTo={towns}
    />
  )
}
