import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'

import { recordAudit, type AuditAction } from '../../cms/audit'
import { ON_PEOPLE } from '../../cms/auditActions'
import { endpoint, jsonBody, only, saying, word } from '../../cms/endpoint'
import { ReviewRefusal } from '../../cms/refusal'
import { inTransaction } from '../../cms/transaction'
import { systemNow } from '../../config/clock'
import { isPresentPassword } from '../asking'
import { WRONG_PASSWORD } from '../accountGuard'
import { nameOf } from '../names'
import { holdsRole, isPerson } from '../roles'
import { peopleIn } from '../usersSlug'
import { codeOf, issuerOf, leftWords, type FactorSettings } from './logIn'
import { FACTOR_SINCE, needsFactor } from './policy'
import { shownOffer, type ShownOffer } from './refusal'
import { factorRing, newOffer, openOffer } from './sealing'
import { findFactor, insertFactor, removeFactor, renewRecoveryCodes } from './store'
import { stepOf } from './totp'
import { LATE_OFFER, typedCode, WRONG_CODE, WRONG_FIRST_CODE } from './words'

/** How it stands with one's own second factor. */
export interface OwnFactor {
  /** ISO instant since which it is asked for; null where there is none. */
  since: string | null
  recoveryLeft: number
  /** Whether one's role must have it. */
  isRequired: boolean
}

/** New recovery codes, shown this once. */
export interface NewCodes {
  recoveryCodes: string[]
}

const people = only((user) => isPerson(user) && holdsRole(user), 'ログインしてください。')

const begun = z.strictObject({ password: word, code: word.optional() })
const confirmed = z.strictObject({ offer: z.string().max(1000), code: word })
const proof = z.strictObject({ password: word, code: word })

/**
 * Of one's own second factor, under `/users/kizuna-second-factor`: `GET` tells {@link OwnFactor}; `POST
 * …/begin` with `{ password }` offers a key ({@link ShownOffer}), for another phone with the `code` of the
 * one before; `…/confirm` with `{ offer, code }` begins it and answers {@link NewCodes}; `…/recovery` and
 * `…/off` with `{ password, code }` make new recovery codes and end it.
 */
export function secondFactorEndpoints(settings: FactorSettings): Endpoint[] {
  const path = '/kizuna-second-factor'
  return [
    endpoint({
      method: 'get',
      path,
      who: people,
      run: ({ req }) => ownFactor(req, settings),
    }),
    endpoint({
      method: 'post',
      path: `${path}/begin`,
      who: people,
      input: jsonBody(begun, saying('パスワードを入れてください。')),
      run: ({ req, input }) => begin(req, input, settings),
    }),
    endpoint({
      method: 'post',
      path: `${path}/confirm`,
      who: people,
      input: jsonBody(confirmed, saying('アプリに出ている 6 桁の確認コードを入れてください。')),
      run: ({ req, input }) => confirm(req, input, settings),
    }),
    endpoint({
      method: 'post',
      path: `${path}/recovery`,
      who: people,
      input: jsonBody(proof, saying(BOTH)),
      run: ({ req, input }) => renew(req, input, settings),
    }),
    endpoint({
      method: 'post',
      path: `${path}/off`,
      who: people,
      input: jsonBody(proof, saying(BOTH)),
      run: ({ req, input }) => turnOff(req, input, settings),
    }),
  ]
}

const BOTH = 'パスワードと確認コードを入れてください。'

async function ownFactor(
  req: PayloadRequest,
  { secondFactor }: FactorSettings,
): Promise<OwnFactor> {
  const factor = await findFactor(req.payload, ownId(req))
  return {
    since: factor?.since ?? null,
    recoveryLeft: factor?.recoveryHashes.length ?? 0,
    isRequired: needsFactor(req.user, secondFactor),
  }
}

async function begin(
  req: PayloadRequest,
  { password, code }: z.infer<typeof begun>,
  settings: FactorSettings,
): Promise<ShownOffer> {
  const factor = await findFactor(req.payload, ownId(req))
  if (factor === null) await checkPassword(req, password)
  else await prove(req, { password, code: code ?? '' }, settings)
  const made = { user: ownId(req), replaces: factor?.id ?? null, at: systemNow() }
  const offer = newOffer(factorRing(req.payload, settings.ring), made)
  return shownOffer(offer, { email: emailOf(req), issuer: issuerOf(req) })
}

async function confirm(
  req: PayloadRequest,
  { offer, code }: z.infer<typeof confirmed>,
  settings: FactorSettings,
): Promise<NewCodes> {
  const ring = factorRing(req.payload, settings.ring)
  const [user, at] = [ownId(req), systemNow()]
  const offered = openOffer(ring, { user, offer, at })
  if (offered === null) throw new ReviewRefusal('OUT_OF_ORDER', LATE_OFFER)
  const { key, replaces } = offered
  const step = stepOf({ key, code: typedCode(code), at })
  if (step === null) throw new ReviewRefusal('INCOMPLETE', WRONG_FIRST_CODE)
  return inTransaction(req, async () => {
    const factor = await findFactor(req.payload, user, req)
    if ((factor?.id ?? null) !== replaces) throw new ReviewRefusal('ALREADY_DONE', CHANGED)
    if (factor) await removeFactor(req, user)
    const since = settings.now()
    const recoveryCodes = await insertFactor(req, ring, { user, key, step, since })
    await markAccount(req, user, { since: since.toISOString(), keeps: sessionOf(req) })
    await note(req, { action: 'factor-on', at: since, ...(factor && { note: MOVED }) })
    return { recoveryCodes }
  })
}

const MOVED = '新しいスマートフォンに移した'
const CHANGED =
  '別の画面で、二段階認証を先に始めたか、やめたようです。画面を読み直して、確かめてください。'

async function renew(
  req: PayloadRequest,
  proven: z.infer<typeof proof>,
  settings: FactorSettings,
): Promise<NewCodes> {
  await prove(req, proven, settings)
  return inTransaction(req, async () => {
    const factor = await findFactor(req.payload, ownId(req), req)
    if (factor === null) throw notOn()
    const recoveryCodes = await renewRecoveryCodes(req, factor.id)
    await note(req, { action: 'factor-renewed', at: settings.now() })
    return { recoveryCodes }
  })
}

async function turnOff(
  req: PayloadRequest,
  proven: z.infer<typeof proof>,
  settings: FactorSettings,
): Promise<OwnFactor> {
  if (needsFactor(req.user, settings.secondFactor)) throw new ReviewRefusal('NOT_ALLOWED', REQUIRED)
  await prove(req, proven, settings)
  const user = ownId(req)
  await inTransaction(req, async () => {
    await removeFactor(req, user)
    await markAccount(req, user, { since: null })
    await note(req, { action: 'factor-off', at: settings.now() })
  })
  return ownFactor(req, settings)
}

const REQUIRED =
  'あなたの役割では二段階認証が必要なので、やめることはできません。スマートフォンを替えたときは「新しいスマートフォンに移す」を押してください。'

/** Who sits at an open screen has neither the password nor the phone. */
async function prove(
  req: PayloadRequest,
  { password, code }: z.infer<typeof proof>,
  settings: FactorSettings,
): Promise<void> {
  if ((await findFactor(req.payload, ownId(req))) === null) throw notOn()
  await checkPassword(req, password)
  const { outcome, left } = await codeOf(req, { id: ownId(req) }, { code, settings })
  if (outcome === 'wrong' || outcome === 'held') throw new ReviewRefusal('INCOMPLETE', WRONG_CODE)
  if (outcome === 'recovery') {
    await note(req, { action: 'factor-recovery', at: settings.now(), note: leftWords(left) })
  }
}

async function checkPassword(req: PayloadRequest, password: string): Promise<void> {
  if (await isPresentPassword(req, { email: emailOf(req), password })) return
  throw new ReviewRefusal('INCOMPLETE', WRONG_PASSWORD)
}

function notOn(): ReviewRefusal {
  return new ReviewRefusal('OUT_OF_ORDER', '二段階認証は、まだ始まっていません。')
}

/**
 * Says in the account since when it has a second factor; of its log-ins one can be kept: the others began
 * without it.
 */
export async function markAccount(
  req: PayloadRequest,
  id: string,
  { since, keeps }: { since: string | null; keeps?: unknown },
): Promise<void> {
  const collection = peopleIn(req.payload)
  const where = { id: { equals: id } }
  const account = await req.payload.db.findOne<Account>({ collection, where, req })
  const sessions = account?.sessions?.filter((session) => session.id === keeps)
  await req.payload.db.updateOne({
    collection,
    id,
    data: {
      [FACTOR_SINCE]: since,
      updatedAt: null,
      ...(keeps !== undefined && sessions ? { sessions } : {}),
    },
    returning: false,
    req,
  })
}

interface Account {
  id: string
  sessions?: { id: unknown }[] | null
}

interface Entry {
  action: AuditAction
  at: Date
  note?: string
}

function note(req: PayloadRequest, entry: Entry): Promise<void> {
  const on = { collection: ON_PEOPLE, documentId: ownId(req), title: nameOf(req.user) ?? '' }
  return recordAudit(req, { ...on, ...entry })
}

function ownId({ user }: PayloadRequest): string {
  return String(user?.id)
}

function emailOf({ user }: PayloadRequest): string {
  return (user as { email?: string | null } | null)?.email ?? ''
}

function sessionOf({ user }: PayloadRequest): unknown {
  return (user as { _sid?: unknown } | null)?._sid ?? null
}
