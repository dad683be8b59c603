import type { Deferred, Receipt } from '../channel/channel'
import { PAUSE_MS } from './pause'

/** Answers of one page by what they say, and whether the run has been taken from before. */
export interface SeenAnswers {
  /** How many were refused for good, by code. */
  refused: ReadonlyMap<string, number>
  accepted: number
  hasAcceptedBefore: boolean
}

/** A code that speaks of one address: so many of them, and nobody taken, speak of us all the same. */
const MANY_ADDRESSES = 10

/** A code that may mean either. */
const FEW = 3

/** Among so many equal answers a few that were taken do not make the others the readers' fault. */
const VERY_MANY = 20

/**
 * The code of a refusal that (nearly) everybody got: then the reason is ours (the sender, the
 * relay's rules, the channel, the text), nobody's address is at fault, and nothing was taken for
 * good. Null when the refusals are the readers' own. *Pure.*
 */
export function commonRefusal({ refused, accepted, hasAcceptedBefore }: SeenAnswers) {
  const [most] = [...refused].sort(([, one], [, other]) => other - one)
  if (!most) return null
  const [code, count] = most
  const tried = [...refused.values()].reduce((sum, one) => sum + one, accepted)
  const isNobodyTaken = accepted === 0 && !hasAcceptedBefore
  const [enough, share] = isNobodyTaken ? [enoughOf(code), 0.9] : [VERY_MANY, 0.95]
  return count >= enough && count >= share * tried ? code : null
}

/** How often each code is among refusals. *Pure.* */
export function countRefusals(receipts: readonly Receipt[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const receipt of receipts) {
    if (receipt.status !== 'rejected') continue
    counts.set(receipt.code, (counts.get(receipt.code) ?? 0) + 1)
  }
  return counts
}

/** Certainly not taken, and to be sent when somebody has put right what is ours. *Pure.* */
export function again(code: string): Deferred {
  return { status: 'deferred', code, retryAfterMs: PAUSE_MS, isDefinite: true }
}

function enoughOf(code: string): number {
  if (ABOUT_CONTENT.has(code)) return 1
  return ABOUT_AN_ADDRESS.test(code) ? MANY_ADDRESSES : FEW
}

/** LINE says that the messages are why. */
const ABOUT_CONTENT = new Set(['line-content', 'line-400', 'line-too-large'])

/** RFC 3463: the mailbox or its domain; LINE and our own reading name the address itself. */
const ABOUT_AN_ADDRESS = /-5\.(1\.(1|2|3|6|10)|2\.1)$|^(line-bad-id|bad-address)$/
