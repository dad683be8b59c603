import type { PayloadRequest, Where } from 'payload'

import { ReviewRefusal } from '../cms/refusal'
import { relatedId, type Related } from '../cms/relation'
import { asStored } from '../cms/stored'
import type { AlertContent } from '../release/alert'
import { canSend } from './rights'
import { alertsOf, ASK_LASTS_MINUTES, type Alert, type AlertStep, type SentNumbers } from './state'

/** Slug of the alerts' steps. */
export const ALERTS = 'kizuna-alerts'

/** Steps that are looked through for the newest alerts of a municipality. */
const NEWEST_STEPS = 120

interface StoredStep {
  id: string | number
  step: AlertStep['step']
  alert?: Related
  municipality: Related
  by?: Related
  byName?: string | null
  note?: string | null
  at: string
  content?: unknown
  contentHash?: string | null
  variables?: unknown
  readers?: number | null
  numbers?: unknown
}

/** The newest alerts of municipalities the person may read; of all of theirs unless one is named. */
export async function findAlerts(
  req: PayloadRequest,
  municipality: string | null,
  now: Date,
): Promise<Alert[]> {
  const where: Where = municipality === null ? {} : { municipality: { equals: municipality } }
  return alertsOf(await findSteps(req, where, NEWEST_STEPS), now)
}

/** How many alerts wait for the person to send them, of all they may read. */
export async function countToSend(req: PayloadRequest, now: Date): Promise<number> {
  const since = new Date(now.getTime() - ASK_LASTS_MINUTES * 60_000).toISOString()
  const steps = await findSteps(req, { at: { greater_than_equal: since } })
  return alertsOf(steps, now).filter(
    (alert) => alert.state === 'waiting' && canSend(req.user, alert),
  ).length
}

/** One alert. @throws ReviewRefusal NOT_FOUND, also for whoever may not read it. */
export async function findAlert(req: PayloadRequest, id: string, now: Date): Promise<Alert> {
  const where: Where = { or: [{ id: { equals: id } }, { alert: { equals: id } }] }
  const alert = alertsOf(await findSteps(req, where), now).find((one) => one.id === id)
  if (alert) return alert
  throw new ReviewRefusal('NOT_FOUND', '緊急のお知らせが見つからないか、見る権限がありません。')
}

async function findSteps(req: PayloadRequest, where: Where, limit = 0): Promise<AlertStep[]> {
  const { docs } = await req.payload.find({
    collection: ALERTS,
    where,
    sort: '-at',
    limit,
    pagination: false,
    depth: 0,
    overrideAccess: false,
    req,
  })
  return asStored<StoredStep[]>(docs).map(asStep)
}

function asStep(stored: StoredStep): AlertStep {
  const { id, step, byName, note, at, contentHash, readers } = stored
  return {
    id: String(id),
    step,
    alert: relatedId(stored.alert),
    municipality: relatedId(stored.municipality) ?? '',
    by: relatedId(stored.by),
    byName: byName ?? '',
    note: note ?? '',
    at,
    content: (stored.content ?? null) as AlertContent | null,
    contentHash: contentHash ?? '',
    variables: (stored.variables ?? {}) as Record<string, string>,
    readers: readers ?? null,
    numbers: (stored.numbers ?? null) as SentNumbers | null,
  }
}
