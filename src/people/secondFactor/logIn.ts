import type {
  CollectionAfterLoginHook,
  CollectionAfterOperationHook,
  CollectionBeforeLoginHook,
  CollectionBeforeOperationHook,
  CollectionConfig,
  PayloadRequest,
} from 'payload'

import { recordAudit } from '../../cms/audit'
import { ON_PEOPLE } from '../../cms/auditActions'
import { systemNow } from '../../config/clock'
import type { KeyRing } from '../../secret/seal'
import { ONLY_ASKING } from '../asking'
import { noteFailure } from '../logIn'
import { needsFactor, type SecondFactorPolicy } from './policy'
import { FactorRefusal, lateOffer, shownOffer } from './refusal'
import { factorRing, newOffer, openOffer } from './sealing'
import { findFactor, insertFactor, takeCode, type Taken } from './store'
import { stepOf } from './totp'
import { CODE_HEADER, OFFER_HEADER, typedCode, WRONG_FIRST_CODE } from './words'

/** What the second factor needs of the plugin's settings. */
export interface FactorSettings {
  now: () => Date
  ring: KeyRing | null
  secondFactor: SecondFactorPolicy
}

/** How somebody got past the second factor; `door` is one that only sets a password. */
export type Passage =
  | { kind: 'none' }
  | { kind: 'code' | 'recovery'; since: string; left: number }
  | { kind: 'setUp'; key: string; step: number; codes?: string[] }
  | { kind: 'keptOut' }

const PASSAGE = 'kizunaPassage'
const DOOR = 'kizunaDoor'
/** In the context of a request that makes the first account of all and logs it in. */
export const FIRST_ACCOUNT = 'kizunaFirstAccount'

/** How the log-in that is going on in a request got past the second factor. *Pure.* */
export function passageOf({ context }: Pick<PayloadRequest, 'context'>): Passage {
  return (context[PASSAGE] as Passage | undefined) ?? { kind: 'none' }
}

/**
 * Hooks that ask for the second factor before there is a session: a log-in with the password alone is
 * refused, and where Payload logs in who has set a password by a link, who has a factor, or must have
 * one, gets nothing by it and logs in at the door. It is asked of the time of this machine: the apps
 * know no practice clock.
 */
export function askSecondFactor(settings: FactorSettings) {
  return {
    beforeOperation: [noteDoor],
    beforeLogin: [askAtDoor(settings)],
    afterLogin: [beginAtDoor(settings)],
    afterOperation: [handOver],
  } satisfies CollectionConfig['hooks']
}

function noteDoor({ operation, req }: Parameters<CollectionBeforeOperationHook>[0]): void {
  if (operation !== 'login' && operation !== 'resetPassword') return
  const isFirst = req.context[FIRST_ACCOUNT] === true
  req.context[DOOR] = operation === 'login' && !isFirst ? 'password' : 'other'
  req.context[PASSAGE] = null // of another log-in that the same GraphQL request asked for
}

function askAtDoor(settings: FactorSettings): CollectionBeforeLoginHook {
  return async ({ req, user }) => {
    if (req.context[ONLY_ASKING] === true) return
    req.context[PASSAGE] = await passageFor(req, user as Comer, settings)
  }
}

interface Comer {
  id: number | string
  email?: string | null
  kizunaName?: string | null
}

async function passageFor(
  req: PayloadRequest,
  user: Comer,
  settings: FactorSettings,
): Promise<Passage> {
  const factor = await findFactor(req.payload, user.id)
  if (factor === null && !needsFactor(user, settings.secondFactor)) return { kind: 'none' }
  if (req.context[DOOR] !== 'password') return { kind: 'keptOut' }
  if (factor === null) return setUpAtDoor(req, user, settings)
  const code = headerOf(req, CODE_HEADER)
  if (code === '') throw new FactorRefusal('SECOND_FACTOR_NEEDED')
  const { outcome, left } = await codeOf(req, user, { code, settings })
  if (outcome !== 'code' && outcome !== 'recovery') throw new FactorRefusal('SECOND_FACTOR_WRONG')
  return { kind: outcome, since: factor.since, left }
}

function headerOf({ headers }: PayloadRequest, name: string): string {
  return (headers.get(name) ?? '').trim()
}

/** Takes the code of somebody, or notes that it was wrong. */
export async function codeOf(
  req: PayloadRequest,
  { id }: Pick<Comer, 'id'>,
  { code, settings }: { code: string; settings: FactorSettings },
): Promise<Taken> {
  const ring = factorRing(req.payload, settings.ring)
  const taken = await takeCode(req.payload, ring, { user: String(id), code, at: systemNow() })
  if (taken.outcome === 'wrong') await noteFailure(req, String(id), settings.now())
  return taken
}

async function setUpAtDoor(
  req: PayloadRequest,
  { id, email }: Comer,
  settings: FactorSettings,
): Promise<Passage> {
  const ring = factorRing(req.payload, settings.ring)
  const [user, at] = [String(id), systemNow()]
  const offer = headerOf(req, OFFER_HEADER)
  const offerAnew = () =>
    shownOffer(newOffer(ring, { user, replaces: null, at }), {
      email: email ?? '',
      issuer: issuerOf(req),
    })
  if (offer === '') throw new FactorRefusal('SECOND_FACTOR_SETUP', offerAnew())
  const offered = openOffer(ring, { user, offer, at })
  if (offered === null) throw lateOffer(offerAnew())
  const { key } = offered
  const step = stepOf({ key, code: typedCode(headerOf(req, CODE_HEADER)), at })
  if (step === null) throw new FactorRefusal('SECOND_FACTOR_WRONG', null, WRONG_FIRST_CODE)
  return { kind: 'setUp', key, step }
}

/** What the app lists the account under: several products may be in it. *Pure.* */
export function issuerOf({ payload, host }: PayloadRequest): string {
  const { serverURL } = payload.config
  const place = serverURL ? new URL(serverURL).hostname : (host ?? '').replace(/:\d+$/, '')
  return place ? `kizuna ${place}` : 'kizuna'
}

/** In the transaction of the log-in, as the person who is in now. */
function beginAtDoor({ now, ring }: FactorSettings): CollectionAfterLoginHook {
  return async ({ req, user }) => {
    const passage = passageOf(req)
    const { id, kizunaName } = user as unknown as Comer
    const on = { collection: ON_PEOPLE, documentId: String(id), title: kizunaName ?? '', at: now() }
    if (passage.kind === 'recovery') {
      await recordAudit(req, { ...on, action: 'factor-recovery', note: leftWords(passage.left) })
    }
    if (passage.kind !== 'setUp') return
    const { key, step } = passage
    const beginning = { user: String(id), key, step, since: now() }
    const codes = await insertFactor(req, factorRing(req.payload, ring), beginning)
    req.context[PASSAGE] = { ...passage, codes }
    await recordAudit(req, { ...on, action: 'factor-on' })
  }
}

/** How many recovery codes are left, for the log. *Pure.* */
export function leftWords(left: number): string {
  return `残り ${left} 個`
}

/** The new recovery codes with the answer; and nothing at all to who only set a password. */
function handOver({
  operation,
  req,
  result,
}: Parameters<CollectionAfterOperationHook>[0]): unknown {
  if ((operation as string) !== 'login' && (operation as string) !== 'resetPassword') return result
  const passage = passageOf(req)
  const answer = result as object
  if (passage.kind === 'setUp') return { ...answer, kizunaRecoveryCodes: passage.codes }
  if (passage.kind !== 'keptOut') return result
  req.user = null // for what else the same GraphQL request asks for
  return { ...answer, token: null, exp: null, user: null }
}
