import type { AdminViewServerProps } from 'payload'
import { Suspense } from 'react'

import { hasRole, MUNICIPAL, TEAM } from '../../people/roles'
import { localDayOf } from '../../stage/day'
import { PageFrame } from '../pages/pageFrame'
import { settingsOf } from '../pages/settingsOf'
import { DayResult } from './dayResult'
import { LifeResult } from './lifeResult'
import { chosenOf, findMunicipalities, type MunicipalityChoice } from './municipalities'
import { addressOf, readQuestion } from './question'
import { QuestionForm } from './questionForm'

/** Who may look: the team at every municipality, municipal staff at their own. */
export const ARRIVALS_ROLES = [...TEAM, ...MUNICIPAL]

/** 「この日に届くもの」: all texts of one day, or of one child's whole life. */
export function ArrivalsPage(view: AdminViewServerProps) {
  const { req } = view.initPageResult
  return (
    <PageFrame
      view={view}
      title="この日に届くもの"
      description="配信と同じしくみで組み立てた文章です。自治体原稿と問い合わせ先も付いています。ここで見ても、どこにも送られません。"
      roles={ARRIVALS_ROLES}
    >
      {hasRole(req.user, ...ARRIVALS_ROLES) && <Body view={view} />}
    </PageFrame>
  )
}

async function Body({ view }: { view: AdminViewServerProps }) {
  const { req } = view.initPageResult
  const { now, editions } = settingsOf(req.payload)
  const question = readQuestion(view.searchParams, localDayOf(now()))
  const municipalities = await findMunicipalities(req)
  const municipality = chosenOf(municipalities, question.municipality)
  const path = `${req.payload.config.routes.admin}/this-day`
  if (!municipality) {
    return question.municipality ? <Unreadable path={path} /> : <NoMunicipality />
  }
  const asked = { ...question, municipality: municipality.id }
  const labels = Object.fromEntries(editions.map(({ code, label }) => [code, label]))
  const address = (change: Record<string, string>) => addressOf(path, view.searchParams, change)
  const shared = { req, question: asked, municipality, labels, address }
  return (
    <>
      <Tabs current={asked.view} address={address} />
      <QuestionForm
        question={asked}
        municipality={municipality}
        municipalities={municipalities}
        labels={labels}
        path={path}
      />
      {asked.mistakes.map((sentence) => (
        <p key={sentence} className="kizuna-panel__errors" role="alert">
          {sentence}
        </p>
      ))}
      <Suspense key={JSON.stringify(asked)} fallback={<p role="status">組み立てています…</p>}>
        {asked.view === 'day' ? <DayResult {...shared} /> : <LifeResult {...shared} />}
      </Suspense>
    </>
  )
}

/** What both results are given. */
export interface ResultProps {
  req: AdminViewServerProps['initPageResult']['req']
  question: ReturnType<typeof readQuestion>
  municipality: MunicipalityChoice
  /** Names of the editions by their code. */
  labels: Readonly<Record<string, string>>
  /** The page's address with some answers changed. */
  address: (change: Record<string, string>) => string
}

function Tabs({ current, address }: { current: string; address: ResultProps['address'] }) {
  const tabs = [
    { view: 'day', label: '1 日に届くもの' },
    { view: 'life', label: 'ひとりの子に届くもの' },
  ]
  return (
    <nav className="kizuna-switch" aria-label="見かた">
      {tabs.map(({ view, label }) => (
        <a
          key={view}
          href={address({ view, page: '1' })}
          aria-current={view === current ? 'page' : undefined}
        >
          {label}
        </a>
      ))}
    </nav>
  )
}

function Unreadable({ path }: { path: string }) {
  return (
    <div className="kizuna-panel" role="alert">
      <p>この自治体は見つからないか、見る権限がありません。</p>
      <p>
        <a href={path}>「この日に届くもの」をはじめから開く</a>
      </p>
    </div>
  )
}

function NoMunicipality() {
  return (
    <p className="kizuna-panel">
      自治体がまだありません。まず、システム管理者が「自治体」で配信元になる自治体を登録してください。登録すると、ここで届く文章を見られます。
    </p>
  )
}
