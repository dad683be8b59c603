import { randomUUID } from 'node:crypto'

import type { PayloadRequest } from 'payload'

import { recordAudit, type AuditEntry } from '../cms/audit'
import { ReviewRefusal } from '../cms/refusal'
import { inTransaction } from '../cms/transaction'
import { takeTurn, TURNS } from '../cms/turn'
import { actWords, readActs, type Act, type GivenAct } from '../operation/act'
import { EVERYTHING } from '../operation/halt'
import { hasRole, LEADS } from '../people/roles'
import { boundAct, doneAct, isSameQuestion, type BoundAct } from './boundAct'
import { findStatus, wholeStatus } from './kept'

/** Under which the acts that wait for the worker stand. */
const KEY = 'kizuna-run-acts'

/** Under which the ids of those stand that were done in the shell and are in the log. */
const TOLD_KEY = 'kizuna-told-acts'

/** So many of them are remembered: the worker tells each until it is heard. */
const MAX_TOLD = 500

/** What somebody asks, with the reason they give. */
export interface AskedAct {
  act: Act
  reason: string
}

interface Asking {
  now: () => Date
  /** Code of the municipality that the person is of, or null. */
  ownCode: string | null
}

/**
 * Asks for an act; the worker does it once, also when it comes back later. It is in the audit log with
 * its reason.
 *
 * @throws ReviewRefusal NOT_FOUND where it does not apply, or is not theirs; ALREADY_DONE when somebody
 * has asked already.
 */
export async function askAct(
  req: PayloadRequest,
  { act, reason }: AskedAct,
  { now, ownCode }: Asking,
): Promise<{ words: string }> {
  const seen = await findStatus(req, ownCode)
  const bound = seen && boundAct(act, seen, now())
  if (!bound) throw new ReviewRefusal('NOT_FOUND', NOT_SO)
  await inTransaction(req, async () => {
    await takeTurn(req, KEY)
    const waiting = await waitingActs(req)
    const before = waiting.find((one) => isSameQuestion(one.act, act))
    if (before) {
      const words = `もう「${actWords(before.act)}」と頼まれています。30 秒ほどで効きます。`
      throw new ReviewRefusal('ALREADY_DONE', words)
    }
    await recordAct(req, bound, { at: now(), note: `${bound.note}。わけ: ${reason}` })
    await keep(req, [...waiting, { id: randomUUID(), at: now().toISOString(), reason, act }])
  })
  return { words: `「${actWords(act)}」と頼みました。30 秒ほどで効きます。` }
}

const NOT_SO =
  'いまはもうそうなっていないか、見る権限がありません。「配信のようす」を開き直してください。'

/** What waits for the worker, in the order in which it was asked. */
export async function waitingActs(req: PayloadRequest): Promise<GivenAct[]> {
  return readActs(await readKept(req, KEY)) ?? []
}

/** The worker has done an act, or found that it does not apply any more. */
export async function endAct(req: PayloadRequest, id: string): Promise<void> {
  await inTransaction(req, async () => {
    await takeTurn(req, KEY)
    const waiting = await waitingActs(req)
    await keep(
      req,
      waiting.filter((one) => one.id !== id),
    )
  })
}

/** The worker says what was done in the shell: it comes into the log once. */
export async function noteToldAct(req: PayloadRequest, { id, at, reason, act }: GivenAct) {
  await inTransaction(req, async () => {
    await takeTurn(req, TOLD_KEY)
    const known = ((await readKept(req, TOLD_KEY)) as { ids?: string[] } | undefined)?.ids ?? []
    if (known.includes(id)) return
    const bound = doneAct(act, await wholeStatus(req))
    const what = bound.note === '' ? actWords(act) : `${actWords(act)}(${bound.note})`
    await recordAct(req, bound, { at: new Date(at), note: `コマンドで: ${what}。わけ: ${reason}` })
    await put(req, TOLD_KEY, { ids: [...known, id].slice(-MAX_TOLD) })
  })
}

async function recordAct(
  req: PayloadRequest,
  { action, town }: BoundAct,
  { at, note }: Pick<AuditEntry, 'at'> & { note: string },
): Promise<void> {
  await recordAudit(req, {
    action,
    collection: 'kizuna-municipalities',
    documentId: town ? await townId(req, town.code) : EVERYTHING,
    title: town?.name ?? 'すべての自治体',
    at,
    note,
  })
}

async function readKept(req: PayloadRequest, key: string): Promise<unknown> {
  const found = await req.payload.db.findOne<{ id: string; data?: unknown }>({
    collection: TURNS,
    where: { key: { equals: key } },
    req,
  })
  return found?.data
}

function keep(req: PayloadRequest, acts: readonly GivenAct[]): Promise<void> {
  return put(req, KEY, { acts })
}

async function put(req: PayloadRequest, key: string, data: object): Promise<void> {
  await req.payload.db.upsert({
    collection: TURNS,
    where: { key: { equals: key } },
    data: { key, data },
    returning: false,
    req,
  })
}

async function townId(req: PayloadRequest, code: string): Promise<string> {
  const { docs } = await req.payload.find({
    collection: 'kizuna-municipalities',
    where: { code: { equals: code } },
    select: {},
    depth: 0,
    limit: 1,
    overrideAccess: false,
    req,
  })
  return String(docs[0]?.id ?? '')
}

/** Who may say what becomes of deliveries: of the own municipality, its approver. */
export function mayActOnDeliveries(user: PayloadRequest['user']): boolean {
  return hasRole(user, ...LEADS, 'municipal-approver')
}
