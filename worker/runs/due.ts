import { addDays, instantOf, localDayOf, type LocalDay } from '../../src/stage/day'
import type { PerChannel, Run } from '../ledger/documents'
import type { RunRequest } from '../ledger/runRequest'
import type { MunicipalitySettings } from '../../src/plan/settings'

/** Days after a stop of the worker that are still recorded as missed. */
export const MISSED_DAYS = 7

/** Id of a municipality's run of a day. *Pure.* */
export function dailyRunId(code: string, date: LocalDay): string {
  return `${code}:${date}`
}

/** A run within the municipality's hours. *Pure.* */
export function dailyRequest(settings: MunicipalitySettings, date: LocalDay): RunRequest {
  const { windows, code } = settings
  return {
    _id: dailyRunId(code, date),
    municipality: code,
    date,
    kind: 'daily',
    isForced: false,
    isStale: false,
    opensAt: perChannel((channel) => instantOf(date, windows[channel].from)),
    closesAt: perChannel((channel) => instantOf(date, windows[channel].to)),
  }
}

/** A run that a person asks for now: until the end of its day, and no longer. *Pure.* */
export function forcedRequest(code: string, date: LocalDay, now: Date): RunRequest {
  const end = instantOf(date, '24:00')
  return {
    _id: dailyRunId(code, date),
    municipality: code,
    date,
    kind: 'daily',
    isForced: true,
    isStale: false,
    opensAt: perChannel(() => new Date(now)),
    closesAt: perChannel(() => new Date(end)),
  }
}

/** The welcome of one reader, at once. *Pure.* */
export function welcomeRequest(
  { code, reader }: { code: string; reader: string },
  now: Date,
): RunRequest {
  const date = localDayOf(now)
  const _id = `${dailyRunId(code, date)}:welcome:${reader}`
  return { ...forcedRequest(code, date, now), _id, kind: 'welcome', reader }
}

/** A day that is over and had no run: everything due on it is recorded as stale. *Pure.* */
export function missedRequest(settings: MunicipalitySettings, date: LocalDay): RunRequest {
  return { ...dailyRequest(settings, date), isStale: true }
}

/** What the day has left for a reader who has another contact since it was planned, at once. *Pure.* */
export function movedRequest(
  { code, reader }: { code: string; reader: string },
  now: Date,
): RunRequest {
  const date = localDayOf(now)
  const _id = `${dailyRunId(code, date)}:moved:${reader}`
  return {
    ...forcedRequest(code, date, now),
    _id,
    kind: 'welcome',
    reader,
    hasNoGreeting: true,
  }
}

interface DueInput {
  municipalities: readonly MunicipalitySettings[]
  now: Date
  /** Latest day each municipality has a run of. */
  lastDates: ReadonlyMap<string, LocalDay>
}

/**
 * The daily runs that should exist by now: today's once its hours have begun, and those of the days
 * that were missed while nothing ran. *Pure.*
 */
export function dueRequests({ municipalities, now, lastDates }: DueInput): RunRequest[] {
  const today = localDayOf(now)
  return municipalities
    .filter(({ isActive }) => isActive)
    .flatMap((settings) => {
      const last = lastDates.get(settings.code)
      const request = dailyRequest(settings, today)
      const missed = missedDays(last, today).map((date) => missedRequest(settings, date))
      if (last !== undefined && last >= today) return []
      if (firstOpening(settings, request) > now) return missed
      return [...missed, isOver(settings, request, now) ? { ...request, isStale: true } : request]
    })
}

/** When the first channel of a municipality opens on a day. *Pure.* */
export function openingOn(settings: MunicipalitySettings, date: LocalDay): Date {
  return firstOpening(settings, dailyRequest(settings, date))
}

/** When the first channel of a municipality opens on a run's day. *Pure.* */
function firstOpening({ channels }: MunicipalitySettings, { opensAt }: RunRequest): Date {
  return new Date(Math.min(...channels.map((channel) => opensAt[channel].getTime())))
}

function isOver({ channels }: MunicipalitySettings, { closesAt }: RunRequest, now: Date): boolean {
  return channels.every((channel) => closesAt[channel] <= now)
}

function missedDays(last: LocalDay | undefined, today: LocalDay): LocalDay[] {
  if (last === undefined) return []
  const days: LocalDay[] = []
  for (let back = MISSED_DAYS; back >= 1; back -= 1) {
    const day = addDays(today, -back)
    if (day > last) days.push(day)
  }
  return days
}

function perChannel<T>(valueOf: (channel: 'line' | 'mail') => T): PerChannel<T> {
  return { line: valueOf('line'), mail: valueOf('mail') }
}

/** Whether the hours of any of a run's channels last at an instant. *Pure.* */
export function isOpenStill({ closesAt }: Pick<Run, 'closesAt'>, now: Date): boolean {
  return Object.values(closesAt).some((at) => now < at)
}

/** Whether a run may be worked on at an instant (its first channel is open or closed). *Pure.* */
export function isWorkable({ opensAt }: Pick<Run, 'opensAt'>, now: Date): boolean {
  return Object.values(opensAt).some((at) => at <= now)
}
