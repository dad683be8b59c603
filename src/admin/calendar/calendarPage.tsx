import type { AdminViewServerProps, PayloadRequest } from 'payload'

import { loadTownMonth } from '../../calendar/load'
import { loadMunicipality } from '../../arrivals/municipality'
import { monthOf, readMonth, type Month } from '../../stage/month'
import { hasRole, MUNICIPAL, TEAM } from '../../people/roles'
import { localDayOf, type LocalDay } from '../../stage/day'
import { findTowns } from '../../municipality/findTowns'
import { PageFrame } from '../pages/pageFrame'
import { settingsOf } from '../pages/settingsOf'
import { TownChoice } from '../pages/townChoice'
import { readBalanceQuestion } from './balanceForm'
import { BalanceView } from './balanceView'
import { CalendarTabs } from './calendarTabs'
import { TownMonthView } from './townMonthView'

const PEOPLE = [...TEAM, ...MUNICIPAL]

/** 「配信カレンダー」: what is tied to the days of a month in one municipality, and how much one family gets. */
export function CalendarPage(view: AdminViewServerProps) {
  const { req } = view.initPageResult
  return (
    <PageFrame
      view={view}
      title="配信カレンダー"
      description="日付の決まっていること(掲載の期間、シリーズの使い始めと使い終わり、公開の予約など)を、自治体ごとに 1 か月ずつ見られます。妊娠の週や月齢で届く文は、家族ごとに日が違います。日付を選ぶと、その日にこの自治体の家族に届くものが全部見られます。「1 家族に届く数」では、時期ごとに 1 か月に何通届くかを数えます。"
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
  const now = settingsOf(req.payload).now()
  const today = localDayOf(now)
  const month = readMonth(params.month) ?? monthOf(today)
  const path = `${req.payload.config.routes.admin}/calendar`
  const asked = typeof params.municipality === 'string' ? params.municipality : ''
  const isCounts = params.counts === '1'
  const towns = await findTowns(req, asked)
  const [town] = towns
  if (!town) return <NoTown isAsked={asked !== ''} path={path} />
  if (towns.length > 1) {
    const beside = { month, ...(isCounts && { counts: '1' }) }
    return <TownChoice towns={towns} path={path} action="カレンダーを見る" beside={beside} />
  }
  const body = isCounts
    ? await countsOf({ req, params, town: town.id, month, today, path })
    : await monthViewOf({ req, town: town.id, month, now, path })
  if (!body) return <NoTown isAsked path={path} />
  return (
    <>
      <CalendarTabs
        address={`${path}?municipality=${town.id}&month=${month}`}
        isCounts={isCounts}
      />
      {body}
    </>
  )
}

interface MonthProps {
  req: PayloadRequest
  /** Id of the municipality. */
  town: string
  month: Month
  path: string
}

async function countsOf({
  req,
  params,
  town: id,
  ...beside
}: MonthProps & { params: BodyProps['params']; today: LocalDay }) {
  const town = await loadMunicipality(req, id)
  if (!town) return null
  const { editions } = settingsOf(req.payload)
  return (
    <BalanceView
      {...beside}
      town={{ ...town, id }}
      question={readBalanceQuestion(params, town.settings)}
      labels={Object.fromEntries(editions.map(({ code, label }) => [code, label]))}
      admin={req.payload.config.routes.admin}
      isOneOfMany={hasRole(req.user, ...TEAM)}
    />
  )
}

async function monthViewOf({ req, town: id, month, now, path }: MonthProps & { now: Date }) {
  const found = await loadTownMonth(req, { municipality: id, month, now })
  if (!found) return null
  return (
    <TownMonthView
      town={{ ...found, id }}
      month={month}
      today={localDayOf(now)}
      path={path}
      admin={req.payload.config.routes.admin}
      isOneOfMany={hasRole(req.user, ...TEAM)}
      canWrite={hasRole(req.user, 'municipal-editor')}
    />
  )
}

function NoTown({ isAsked, path }: { isAsked: boolean; path: string }) {
  return isAsked ? (
    <div className="kizuna-panel kizuna-calendar-month" role="alert">
      <p>この自治体は見つからないか、見る権限がありません。</p>
      <p>
        <a href={path}>配信カレンダーをはじめから開く</a>
      </p>
    </div>
  ) : (
    <p className="kizuna-panel">
      自治体がまだありません。まず、システム管理者が「自治体」で配信元になる自治体を登録してください。登録すると、ここで月ごとの予定を見られます。
    </p>
  )
}
