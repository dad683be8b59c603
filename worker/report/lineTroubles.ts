import type { LineTrouble } from '../../src/operation/lineTroubles'
import type { YieldedDay } from '../../src/operation/yielded'
import type { LineAccount } from '../../src/plan/settings'
import type { LocalDay } from '../../src/stage/day'
import { daysOf, monthOf } from '../../src/stage/month'
import type { LineHealth } from '../channel/lineHealthChannel'
import type { CountedDay } from './keptHealth'

/** Of a month's limit so much may be used before a person is told. */
const NEAR = 0.8

/** Before this part of a month its first days say too little of the rest. */
const FIRST_DAYS = 5

/** So far two counts of a day may be apart: calls around midnight, addresses that two readers share. */
const APART = { share: 0.01, messages: 20 }

/** Who has blocked an account is in the ledger's count and not in LINE's. */
const BLOCKED = 0.5

/** What is known of an account. */
export interface KnownLine {
  account: Pick<LineAccount, 'basicId' | 'answers' | 'kind'>
  health: LineHealth
  counted: CountedDay | null
  today: LocalDay
  /** Letters of a move go out, which the ledger does not count. */
  isMoving: boolean
  /** What does not go out in the rest of the month, so that it lasts for the others. */
  yielded: readonly YieldedDay[]
  /** LINE's tests of its webhook have failed twice. */
  isUnreached: boolean
}

/** What a person must look at. *Pure.* */
export function troublesOf(known: KnownLine): LineTrouble[] {
  const { account, health } = known
  const isHeard = health.webhook?.isOn === true || account.answers === 'none'
  const all: [LineTrouble, boolean][] = [
    ['line-quota-over', isOver(health)],
    ['line-quota-near', !isOver(health) && isScarce(health, known.today)],
    ['line-quota-yields', known.yielded.length > 0],
    ['line-webhook-off', !isHeard],
    ['line-webhook-unreached', known.isUnreached],
    ['line-account-differs', health.basicId !== account.basicId],
    ['line-counts-differ', doCountsDiffer(known)],
  ]
  return all.filter(([, isSo]) => isSo).map(([code]) => code)
}

function isOver({ limit, used }: LineHealth): boolean {
  return limit !== null && used >= limit
}

/** Whether the month's limit is near, or will be passed if the month goes on like this. */
function isScarce({ limit, used }: LineHealth, today: LocalDay): boolean {
  if (limit === null) return false
  return used >= limit * NEAR || expectedOfMonth(used, today) > limit
}

/** What a month comes to that goes on as it began; what is used so far in its first days. *Pure.* */
export function expectedOfMonth(used: number, today: LocalDay): number {
  const days = daysOf(monthOf(today))
  const gone = days.indexOf(today) + 1
  return gone < FIRST_DAYS ? used : Math.round((used / gone) * days.length)
}

/** An account that is shared with other services sends their messages, too. */
function doCountsDiffer({ account, counted, isMoving }: KnownLine): boolean {
  if (!counted || isMoving) return false
  const { line, ours } = counted
  const apart = Math.max(APART.messages, ours * APART.share)
  return (account.kind === 'dedicated' && line > ours + apart) || line < ours * BLOCKED - apart
}
