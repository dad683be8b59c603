import type { Payload, PayloadRequest } from 'payload'

import { ReviewRefusal } from '../../cms/refusal'
import { asStored, toStore } from '../../cms/stored'
import type { KeyRing } from '../../secret/seal'
import { judgeCode, type FactorState } from './judge'
import { newRecoveryCodes, recoveryHash } from './recoveryCodes'
import { openKey, sealKey } from './sealing'
import { stepOf } from './totp'
import { typedCode } from './words'

/** Slug of the collection that holds each person's second factor; nobody reaches it over the API. */
export const SECOND_FACTORS = 'kizuna-second-factors'

/** Somebody's second factor as it is stored. */
export interface StoredFactor extends FactorState {
  id: string
  /** ISO instant since which it is asked for. */
  since: string
  sealedKey: string
  recoverySalt: string
  /** Counts the changes: who changes it says which one they saw. */
  revision: number
}

/** How a code was taken; `left` is how many recovery codes there are after it. */
export interface Taken {
  outcome: 'code' | 'recovery' | 'wrong' | 'held'
  left: number
}

type Db = Pick<Payload, 'db' | 'secret'>

/** Somebody's second factor; null when they have none. */
export async function findFactor(
  { db }: Pick<Payload, 'db'>,
  user: number | string,
  req?: PayloadRequest,
): Promise<StoredFactor | null> {
  const where = { user: { equals: user } }
  return asStored(await db.findOne({ collection: SECOND_FACTORS, where, ...(req && { req }) }))
}

/** ISO instant until which wrong codes stop somebody; null for all who are not stopped. */
export async function heldUntil(payload: Pick<Payload, 'db'>, user: string) {
  return (await findFactor(payload, user))?.heldUntil ?? null
}

/** What begins somebody's second factor. */
export interface Beginning {
  user: string
  key: string
  /** The step of the code that showed that the app has the key. */
  step: number
  since: Date
}

/**
 * Begins somebody's second factor in the transaction of the request.
 *
 * @returns the recovery codes, which nobody can be shown again.
 */
export async function insertFactor(
  req: PayloadRequest,
  ring: KeyRing,
  { user, key, step, since }: Beginning,
): Promise<string[]> {
  const { codes, stored } = await newRecoveryCodes()
  const begun = { step, wrong: 0, heldUntil: null, revision: 0, since: since.toISOString() }
  await req.payload.db.create({
    collection: SECOND_FACTORS,
    data: toStore({ user, sealedKey: sealKey(ring, user, key), ...begun, ...stored }),
    req,
  })
  return codes
}

/** Ends somebody's second factor in the transaction of the request. */
export async function removeFactor(req: PayloadRequest, user: number | string): Promise<void> {
  const where = { user: { equals: user } }
  await req.payload.db.deleteMany({ collection: SECOND_FACTORS, where, req })
}

/**
 * Puts new recovery codes in the place of all earlier ones.
 *
 * @returns them; nobody can be shown them again.
 */
export async function renewRecoveryCodes(req: PayloadRequest, id: string): Promise<string[]> {
  const { codes, stored } = await newRecoveryCodes()
  await req.payload.db.updateOne({
    collection: SECOND_FACTORS,
    id,
    data: toStore({ ...stored, revision: { $inc: 1 } }),
    returning: false,
    req,
  })
  return codes
}

/** Lets a factor that wrong codes stopped be used at once. */
export async function releaseFactor({ db }: Pick<Payload, 'db'>, user: string): Promise<void> {
  await db.updateOne({
    collection: SECOND_FACTORS,
    where: { user: { equals: user } },
    data: toStore({ wrong: 0, heldUntil: null, revision: { $inc: 1 } }),
  })
}

const ATTEMPTS = 20

/**
 * Takes a code, once: two that come at the same instant take turns, and the second finds it used. It is
 * written beside any transaction, so that a wrong one is counted whatever becomes of the request.
 *
 * @throws ReviewRefusal BUSY when others were faster each time.
 */
export async function takeCode(
  payload: Db,
  ring: KeyRing,
  { user, code, at }: { user: string; code: string; at: Date },
): Promise<Taken> {
  const typed = typedCode(code)
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const factor = await findFactor(payload, user)
    if (factor === null) return { outcome: 'wrong', left: 0 }
    const key = openKey(ring, user, factor.sealedKey)
    const step = key === null ? null : stepOf({ key, code: typed, at })
    const hash = await recoveryHash(typed, factor.recoverySalt)
    const judged = judgeCode(factor, { step, hash }, at)
    const left = factor.recoveryHashes.length - (judged.outcome === 'recovery' ? 1 : 0)
    if (judged.outcome === 'held') return { outcome: 'held', left }
    if (await changeUnchanged(payload, factor, judged.next)) {
      return { outcome: judged.outcome, left }
    }
  }
  throw new ReviewRefusal('BUSY', '少し待ってから、もう一度お試しください。')
}

/** Whether the change was made: not when somebody changed it since it was read. */
async function changeUnchanged(
  { db }: Pick<Payload, 'db'>,
  { id, revision }: StoredFactor,
  next: Partial<FactorState>,
): Promise<boolean> {
  const changed = await db.updateOne({
    collection: SECOND_FACTORS,
    where: { and: [{ id: { equals: id } }, { revision: { equals: revision } }] },
    data: toStore({ ...next, revision: revision + 1 }),
  })
  return changed !== null
}
