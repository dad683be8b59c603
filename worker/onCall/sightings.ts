import { LINE_TROUBLES } from '../../src/operation/lineTroubles'
import type { AlertCount } from '../app/alerts'
import type { Sighting } from './incident'
import { TOLD_CODES, UNTOLD_ALERTS } from './rules'

/** What a look has read: numbers and instants. */
export interface Facts {
  alerts: readonly AlertCount[]
  /** Last signs of life; null where there never was one. */
  tickAt: Date | null
  webAt: Date | null
  /** Since when a restore waits to be accepted. */
  lostAt: Date | null
  syncedAt: Date | null
  /** When each that is so began. */
  held: readonly Date[]
  late: readonly Date[]
  unknownMails: readonly Date[]
  halts: readonly Date[]
  takenAt: Date | null
  verifiedAt: Date | null
  /** Of each LINE account that has any. */
  lineTroubles: readonly string[]
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** A worker ticks four times a minute; the lock of one that was killed keeps others for two minutes. */
const TICK_AFTER_MS = 150_000
const WEB_AFTER_MS = 2 * MINUTE
const CMS_AFTER_MS = 15 * MINUTE
const HALT_AFTER_MS = 6 * HOUR
const BACKUP_AFTER_MS = 36 * HOUR
const TRIED_AFTER_MS = 240 * HOUR

/** What there is to say of each code; a code of which nothing can be said now is left out. *Pure.* */
export function sightingsOf(facts: Facts, now: Date): Sighting[] {
  const isTicking = ageOf(facts.tickAt, now) <= TICK_AFTER_MS
  const isClockTold = facts.alerts.some(
    ({ _id, lastAt }) => _id === 'clock-apart' && ageOf(lastAt, now) <= TICK_AFTER_MS,
  )
  return [
    ...facts.alerts.filter(isTold).map((alert) => ofAlert(alert, isTicking)),
    ...(isTicking || !isClockTold
      ? [stateOf('no-worker', isTicking ? [] : [facts.tickAt], now)]
      : []), // a wrong clock says it already
    ...(facts.webAt ? [stateOf('web-silent', overdue(facts.webAt, WEB_AFTER_MS, now), now)] : []),
    stateOf('ledger-lost', facts.lostAt ? [facts.lostAt] : [], now),
    stateOf('runs-held', facts.held, now),
    stateOf('mails-unknown', facts.unknownMails, now),
    stateOf('halt-forgotten', old(facts.halts, HALT_AFTER_MS, now), now),
    stateOf('backup-old', overdue(facts.takenAt, BACKUP_AFTER_MS, now), now),
    stateOf('backup-untried', overdue(facts.verifiedAt, TRIED_AFTER_MS, now), now),
    ...(isTicking ? whileTicking(facts, now) : []),
  ]
}

/** Only what a worker would do if it could: without one, that is what is told. */
function whileTicking({ lostAt, ...facts }: Facts, now: Date): Sighting[] {
  return [
    stateOf('cms-silent', overdue(facts.syncedAt, CMS_AFTER_MS, now), now),
    ...(lostAt ? [] : [stateOf('runs-late', facts.late, now)]),
    ...LINE_TROUBLES.map((code) => {
      const count = facts.lineTroubles.filter((one) => one === code).length
      return stateOf(
        code,
        Array.from({ length: count }, () => null),
        now,
      )
    }),
  ]
}

/** An alert that people are called for, also one that has no rule yet. */
function isTold({ _id }: AlertCount): boolean {
  return UNTOLD_ALERTS[_id] === undefined && TOLD_CODES[_id]?.kind !== 'state'
}

function ofAlert({ _id: code, lastAt, count: total }: AlertCount, mayEnd: boolean): Sighting {
  return { code, lastAt, since: null, total, mayEnd }
}

/** A state that is so as often as it has beginnings; null where a beginning is not known. */
function stateOf(code: string, begun: readonly (Date | null)[], now: Date): Sighting {
  const known = begun
    .flatMap((at) => at ?? [])
    .toSorted((one, other) => Number(one) - Number(other))
  return {
    code,
    lastAt: begun.length > 0 ? now : null,
    since: known[0] ?? null,
    total: begun.length,
    mayEnd: true,
  }
}

/** What is so since then, where it is older than it may be. */
function overdue(at: Date | null, mostMs: number, now: Date): (Date | null)[] {
  return ageOf(at, now) > mostMs ? [at] : []
}

function old(begun: readonly Date[], mostMs: number, now: Date): Date[] {
  return begun.filter((at) => ageOf(at, now) > mostMs)
}

function ageOf(at: Date | null, now: Date): number {
  return at === null ? Infinity : now.getTime() - at.getTime()
}
