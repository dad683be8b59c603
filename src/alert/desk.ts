import type { PayloadRequest } from 'payload'

import type { SyncedMunicipality } from '../plan/readCmsDocuments'
import { loadMunicipalities } from '../reach/municipalities'
import { findApproverNames } from '../people/approvers'
import { findAlerts } from './find'
import { renderAlert, type ShownAlert } from './render'
import { canAsk, canSend, canStop, canTakeBack } from './rights'
import { minutesLeft, wasSent, type Alert } from './state'
import { findTemplates } from './templates'
import { alertTitle } from './content'

/** A template to choose. */
export interface ChosenTemplate {
  key: string
  title: string
}

/** An alert as the page shows it, with what the person may do about it. */
export interface DeskAlert extends Pick<
  Alert,
  'id' | 'state' | 'readers' | 'numbers' | 'note' | 'askedByName' | 'endedByName' | 'isStopped'
> {
  title: string
  isTraining: boolean
  isCorrection: boolean
  isCorrected: boolean
  areas: readonly string[]
  /** ISO instants. */
  askedAt: string
  endedAt: string | null
  minutesLeft: number
  /** While it waits: what readers would get. */
  shown: ShownAlert | null
  can: { send: boolean; takeBack: boolean; stop: boolean; correct: boolean }
}

/** What the page 「緊急のお知らせ」 shows of a municipality. */
export interface AlertDesk {
  municipality: string
  isActive: boolean
  areas: readonly string[]
  templates: readonly ChosenTemplate[]
  canAsk: boolean
  alerts: readonly DeskAlert[]
  /** Who could send what the person asks for. */
  senders: string
}

/** Loads the page of a municipality; null where it is not set up, or not the person's to read. */
export async function loadDesk(
  req: PayloadRequest,
  municipality: string,
  now: Date,
): Promise<AlertDesk | null> {
  const town = (await loadMunicipalities(req)).find(({ cmsId }) => cmsId === municipality)
  if (!town) return null
  const [alerts, templates, approvers] = await Promise.all([
    findAlerts(req, municipality, now),
    findTemplates(req, municipality, now),
    findApproverNames(req, { municipality, except: String(req.user?.id) }),
  ])
  return {
    municipality,
    isActive: town.isActive,
    areas: town.areas,
    templates: templates.map(({ key, content }) => ({ key, title: content.title })),
    canAsk: canAsk(req.user, { municipality }),
    alerts: alerts.map((alert) => deskAlert(req, { alert, town, now })),
    senders: sendersSentence(approvers),
  }
}

function deskAlert(
  { user }: PayloadRequest,
  { alert, town, now }: { alert: Alert; town: SyncedMunicipality; now: Date },
): DeskAlert {
  const { id, state, readers, numbers, note, askedByName, endedByName, isStopped, content } = alert
  const isCorrection = content.alert.corrects !== null
  const mayStop = canStop(user, alert) && wasSent(alert) && !isCorrection
  return {
    ...{ id, state, readers, numbers, note, askedByName, endedByName, isStopped },
    title: alertTitle(content),
    isTraining: content.alert.isTraining,
    isCorrection,
    isCorrected: alert.isCorrected,
    areas: content.areas,
    askedAt: alert.at,
    endedAt: alert.endedAt,
    minutesLeft: minutesLeft(alert.at, now),
    shown: state === 'waiting' ? renderAlert(town, alert) : null,
    can: {
      send: state === 'waiting' && canSend(user, alert),
      takeBack: state === 'waiting' && canTakeBack(user, alert),
      stop: mayStop && !alert.isStopped && state === 'sending',
      correct: mayStop && !alert.isCorrected,
    },
  }
}

/** Who could send what a person asks for: they have to be called, now. *Pure.* */
export function sendersSentence(approvers: readonly string[]): string {
  const names = approvers.map((name) => `${name}さん`)
  const chief = '制作監修チームの監修責任者'
  if (names.length === 0) {
    return `この自治体にはほかに承認者がいないので、送れるのは${chief}だけです。電話で頼んでください。`
  }
  return `送れるのは、承認者の${names.join('、')}と、${chief}です。電話や声かけで、すぐに頼んでください。`
}
