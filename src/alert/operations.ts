import { randomUUID } from 'node:crypto'

import type { PayloadRequest } from 'payload'

import { recordAudit, type AuditAction } from '../cms/audit'
import { ReviewRefusal } from '../cms/refusal'
import { toStore } from '../cms/stored'
import { inTransaction } from '../cms/transaction'
import { nameOf } from '../people/names'
import type { AlertContent } from '../release/alert'
import { contentHash } from '../release/hash'
import { localDayOf } from '../stage/day'
import { alertTitle, correctionContent } from './content'
import { ALERTS, findAlert } from './find'
import { isTypedRight, UNKNOWN_READERS } from './number'
import { findSendingTown, prepareAlert, type AlertAsked } from './prepare'
import { insertRecall, insertSent } from './release'
import { canSend, canStop, canTakeBack } from './rights'
import { ASK_LASTS_MINUTES, wasSent, type Alert, type AlertStep } from './state'

interface Clock {
  now: () => Date
}

/**
 * Asks for an alert to be sent: what readers would get is frozen, and a second person sends it.
 *
 * @returns the alert's id.
 * @throws ReviewRefusal as `prepareAlert`.
 */
export async function askAlert(
  req: PayloadRequest,
  asked: AlertAsked,
  { now }: Clock,
): Promise<string> {
  const { content, variables, readers } = await prepareAlert(req, asked, now())
  return inTransaction(req, async () => {
    const first = { municipality: asked.municipality, content, variables, readers }
    const id = await insertFirst(req, { ...first, step: 'ask', key: `ask:${randomUUID()}` }, now())
    await audit(req, { id, content }, { action: 'ask-alert', at: now() })
    return id
  })
}

/**
 * Sends what another person has asked for, who types how many readers it is for.
 *
 * @throws ReviewRefusal NOT_FOUND, NOT_ALLOWED (also for who asked), OUT_OF_ORDER when it is too old,
 * ALREADY_DONE, INCOMPLETE for another number or while the municipality pauses.
 */
export function sendAlert(
  req: PayloadRequest,
  { id, typed }: { id: string; typed: string },
  { now }: Clock,
): Promise<void> {
  return inTransaction(req, async () => {
    const alert = await findAlert(req, id, now())
    refuseUnlessSender(req, alert)
    refuseUnlessWaiting(alert)
    await findSendingTown(req, alert.municipality)
    if (!isTypedRight(typed, alert.readers)) throw wrongNumber(alert, typed)
    await insertStep(req, alert, { step: 'send', key: `end:${id}`, at: now() })
    await insertSent(req, alert, now())
    await audit(req, alert, { action: 'send-alert', at: now(), note: `人数の確認: ${typed}` })
  })
}

/**
 * Ends what was asked for without sending it.
 *
 * @throws ReviewRefusal NOT_FOUND, NOT_ALLOWED, ALREADY_DONE, INCOMPLETE without a reason to decline.
 */
export function endAlert(
  req: PayloadRequest,
  { id, ending, reason }: { id: string; ending: 'decline' | 'take-back'; reason: string },
  { now }: Clock,
): Promise<void> {
  return inTransaction(req, async () => {
    const alert = await findAlert(req, id, now())
    if (ending === 'decline') refuseUnlessSender(req, alert)
    else if (!canTakeBack(req.user, alert)) throw notAllowed(NOT_YOURS)
    refuseUnlessWaiting(alert)
    if (ending === 'decline' && !reason) throw new ReviewRefusal('INCOMPLETE', DECLINE_REASON)
    await insertStep(req, alert, { step: ending, key: `end:${id}`, note: reason, at: now() })
    const action = ending === 'decline' ? 'decline-alert' : 'take-back-alert'
    await audit(req, alert, { action, at: now(), note: reason })
  })
}

/**
 * Stops what of an alert is not out yet.
 *
 * @throws ReviewRefusal NOT_FOUND, NOT_ALLOWED, ALREADY_DONE.
 */
export function stopAlert(req: PayloadRequest, id: string, { now }: Clock): Promise<void> {
  return inTransaction(req, async () => {
    const alert = await findStoppable(req, id, now())
    if (alert.isStopped) throw new ReviewRefusal('ALREADY_DONE', 'もう止めてあります。')
    await insertStep(req, alert, { step: 'stop', key: `stop:${id}`, at: now() })
    await insertRecall(req, alert, now())
    await audit(req, alert, { action: 'stop-alert', at: now() })
  })
}

/**
 * Corrects an alert in one press: what is not out is stopped, and fixed words go to exactly those who got
 * it.
 *
 * @returns the correction's id.
 * @throws ReviewRefusal NOT_FOUND, NOT_ALLOWED, ALREADY_DONE, INCOMPLETE while the municipality pauses.
 */
export function correctAlert(req: PayloadRequest, id: string, { now }: Clock): Promise<string> {
  return inTransaction(req, async () => {
    const alert = await findStoppable(req, id, now())
    if (alert.isCorrected) throw new ReviewRefusal('ALREADY_DONE', 'もう訂正を送ってあります。')
    const { municipality, variables, readers } = alert
    await findSendingTown(req, municipality)
    if (!alert.isStopped) await insertRecall(req, alert, now())
    const content = correctionContent(alert.content, { id, day: localDayOf(now()) })
    const first = { municipality, content, variables, readers }
    const corrected = { step: 'correct', alert: id, key: `correct:${id}` } as const
    const own = await insertFirst(req, { ...first, ...corrected }, now())
    const hash = contentHash(content)
    const sent = { id: own, municipality, content, variables, contentHash: hash }
    await insertSent(req, { ...sent, askedBy: String(req.user?.id) }, now())
    await audit(req, sent, { action: 'correct-alert', at: now() })
    return own
  })
}

async function findStoppable(req: PayloadRequest, id: string, now: Date): Promise<Alert> {
  const alert = await findAlert(req, id, now)
  if (!canStop(req.user, alert)) {
    throw notAllowed(
      '止めたり訂正したりできるのは、この自治体の承認者と、制作監修チームの監修責任者です。',
    )
  }
  if (wasSent(alert) && alert.content.alert.corrects === null) return alert
  throw new ReviewRefusal('OUT_OF_ORDER', 'まだ送られていないか、訂正そのものなので、できません。')
}

const NOT_YOURS =
  '取り消せるのは、頼んだ本人だけです。ほかの承認者は「送らないことにする」を使ってください。'

const DECLINE_REASON = '送らない理由を書いてください。頼んだ人が読みます。'

function refuseUnlessSender(req: PayloadRequest, alert: Alert): void {
  if (canSend(req.user, alert)) return
  if (String(req.user?.id) === alert.askedBy) {
    throw notAllowed(
      '自分が頼んだ緊急のお知らせは、自分では送れません。ほかの承認者に頼んでください。',
    )
  }
  throw notAllowed('送れるのは、この自治体の承認者と、制作監修チームの監修責任者です。')
}

function refuseUnlessWaiting({ state }: Alert): void {
  if (state === 'waiting') return
  if (state !== 'expired') {
    throw new ReviewRefusal(
      'ALREADY_DONE',
      'この依頼は、もう送られたか、取り消されています。画面を読み直してください。',
    )
  }
  throw new ReviewRefusal(
    'OUT_OF_ORDER',
    `頼まれてから ${ASK_LASTS_MINUTES} 分を過ぎたので、送れません。いまも必要なら、もう一度「確認を頼む」から始めてください。`,
  )
}

function wrongNumber({ readers }: Alert, typed: string): ReviewRefusal {
  const expected =
    readers === null
      ? `人数が分からないので、「${UNKNOWN_READERS}」`
      : `画面の「届く人数」の ${readers.toLocaleString('ja-JP')}`
  const found = typed.trim() === '' ? '人数がまだありません' : `入力は「${typed.trim()}」です`
  return new ReviewRefusal(
    'INCOMPLETE',
    `${found}。まだ何も送っていません。文面を読んで、${expected} を入れてください。`,
  )
}

type FirstStep = Pick<AlertStep, 'municipality' | 'variables' | 'readers'> & {
  step: 'ask' | 'correct'
  alert?: string
  key: string
  content: AlertContent
}

async function insertFirst(req: PayloadRequest, first: FirstStep, at: Date): Promise<string> {
  const { content } = first
  const hashed = { contentHash: contentHash(content), title: alertTitle(content) }
  return insert(req, { ...first, ...hashed, isTraining: content.alert.isTraining }, at)
}

async function insertStep(
  req: PayloadRequest,
  { id, municipality, content }: Alert,
  { at, ...step }: Pick<AlertStep, 'step'> & { key: string; note?: string; at: Date },
): Promise<void> {
  const isTraining = content.alert.isTraining
  const about = { municipality, alert: id, title: alertTitle(content), isTraining }
  await insert(req, { ...about, ...step }, at)
}

async function insert(req: PayloadRequest, step: object, at: Date): Promise<string> {
  const { id } = await req.payload.create({
    collection: ALERTS,
    data: toStore({
      by: req.user?.id,
      byName: nameOf(req.user),
      at: at.toISOString(),
      ...step,
    }),
    depth: 0,
    overrideAccess: true, // who may is asked by ./rights
    req,
  })
  return String(id)
}

function audit(
  req: PayloadRequest,
  { id, content }: Pick<Alert, 'id' | 'content'>,
  entry: { action: AuditAction; at: Date; note?: string },
): Promise<void> {
  const title = alertTitle(content)
  return recordAudit(req, { collection: ALERTS, documentId: id, title, ...entry })
}

function notAllowed(sentence: string): ReviewRefusal {
  return new ReviewRefusal('NOT_ALLOWED', sentence)
}
