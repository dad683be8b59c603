import type { AdminViewServerProps, PayloadRequest } from 'payload'

import { loadDesk, type DeskAlert } from '../../alert/desk'
import { findTowns } from '../../municipality/findTowns'
import { ALERT_PEOPLE, hasRole } from '../../people/roles'
import { PageFrame } from '../pages/pageFrame'
import { settingsOf } from '../pages/settingsOf'
import { TownChoice } from '../pages/townChoice'
import { AlertList } from './alertList'
import { AskAlert } from './askAlert'
import { KeepFresh } from '../pages/keepFresh'

/** 「緊急のお知らせ」: two people send a reviewed template at once, in earnest or as a drill. */
export function AlertsPage(view: AdminViewServerProps) {
  const { req } = view.initPageResult
  return (
    <PageFrame
      view={view}
      title="緊急のお知らせ"
      description="災害や警報のときに、前もって監修を受けたひな形を、いますぐ送ります。1 人が用意し、もう 1 人が文面と人数を確かめて送ります。訓練もここで行います。訓練が本物の LINE やメールに出ることはありません。"
      roles={ALERT_PEOPLE}
    >
      {hasRole(req.user, ...ALERT_PEOPLE) && <Body req={req} params={view.searchParams ?? {}} />}
    </PageFrame>
  )
}

interface BodyProps {
  req: PayloadRequest
  params: Readonly<Record<string, unknown>>
}

async function Body({ req, params }: BodyProps) {
  const { admin } = req.payload.config.routes
  const path = `${admin}/alerts`
  const asked = typeof params.municipality === 'string' ? params.municipality : ''
  const towns = await findTowns(req, asked)
  const [town] = towns
  if (!town) return <p role="alert">この自治体は見つからないか、見る権限がありません。</p>
  if (towns.length > 1) {
    return <TownChoice towns={towns} path={path} action="緊急のお知らせを開く" />
  }
  const desk = await loadDesk(req, town.id, settingsOf(req.payload).now())
  if (!desk) {
    return <p role="alert">{town.name}の設定がまだ途中なので、緊急のお知らせは使えません。</p>
  }
  return (
    <div className="kizuna-alerts">
      <h2>{town.name}</h2>
      {!desk.isActive && (
        <p role="alert" className="kizuna-panel__errors">
          この自治体の配信は、いまお休みしています。お休みの間は、緊急のお知らせも送れません。
        </p>
      )}
      {desk.alerts.some(isUnderWay) && <KeepFresh />}
      <AlertList alerts={desk.alerts.filter(({ state }) => state === 'waiting')} isWaiting />
      {desk.canAsk && (
        <AskAlert
          municipality={desk.municipality}
          templates={desk.templates}
          areas={desk.areas}
          senders={desk.senders}
          writePath={`${admin}/collections/kizuna-add-ons/create?timing=urgent`}
          canWrite={hasRole(req.user, 'municipal-editor')}
        />
      )}
      <AlertList alerts={desk.alerts.filter(({ state }) => state !== 'waiting')} />
    </div>
  )
}

function isUnderWay({ state }: DeskAlert): boolean {
  return state === 'waiting' || state === 'sending' || state === 'stopping'
}
