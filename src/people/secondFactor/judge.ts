import { LOCK_MS, MAX_GUESSES } from '../lock'

/** What is known of somebody's second factor when a code is judged. */
export interface FactorState {
  /** The last step whose code was taken: an older one, and the same again, is refused. */
  step: number
  recoveryHashes: readonly string[]
  /** Wrong codes in a row. */
  wrong: number
  /** ISO instant until which no code is taken. */
  heldUntil: string | null
}

/** A code as it was read: of which step it is, and its hash should it be a recovery code. */
export interface ReadCode {
  step: number | null
  hash: string | null
}

/** How a code was judged, and what changes by it. */
export type Judgement =
  { outcome: 'code' | 'recovery' | 'wrong'; next: Partial<FactorState> } | { outcome: 'held' }

/**
 * Judges a code at an instant: each step and each recovery code is taken once, and as many wrong ones in
 * a row as wrong passwords stop it for as long. *Pure.*
 */
export function judgeCode(factor: FactorState, { step, hash }: ReadCode, at: Date): Judgement {
  const { heldUntil, recoveryHashes } = factor
  if (heldUntil !== null && new Date(heldUntil) > at) return { outcome: 'held' }
  const right = { wrong: 0, heldUntil: null }
  if (step !== null && step > factor.step) return { outcome: 'code', next: { ...right, step } }
  if (hash !== null && recoveryHashes.includes(hash)) {
    const left = recoveryHashes.filter((one) => one !== hash)
    return { outcome: 'recovery', next: { ...right, recoveryHashes: left } }
  }
  const wrong = (heldUntil === null ? factor.wrong : 0) + 1
  const until = wrong >= MAX_GUESSES ? new Date(at.getTime() + LOCK_MS).toISOString() : null
  return { outcome: 'wrong', next: { wrong, heldUntil: until } }
}
