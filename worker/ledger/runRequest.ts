import type { Run } from './documents'

/** What describes a run that is asked for. */
export type RunRequest = Pick<
  Run,
  | '_id'
  | 'municipality'
  | 'date'
  | 'kind'
  | 'reader'
  | 'hasNoGreeting'
  | 'alert'
  | 'isForced'
  | 'isStale'
  | 'opensAt'
  | 'closesAt'
>

/** A run as it is stored when it is asked for. *Pure.* */
export function requestedRun(asked: RunRequest, requestedAt: Date): Run {
  const { _id, municipality, date, kind, reader, isForced, isStale, opensAt, closesAt } = asked
  const { hasNoGreeting, alert } = asked
  return {
    _id,
    municipality,
    date,
    kind,
    isForced,
    isStale,
    opensAt,
    closesAt,
    ...(reader === undefined ? {} : { reader }),
    ...(hasNoGreeting && { hasNoGreeting }),
    ...(alert === undefined ? {} : { alert }),
    state: 'requested',
    isAgain: false,
    epoch: 0,
    leaseUntil: null,
    owner: null,
    wakeAt: null,
    attempts: 0,
    sealed: [],
    plan: null,
    requestedAt,
  }
}

/** A run as it would be in its first planning, for plans that are not written. *Pure.* */
export function imaginedRun(asked: RunRequest): Run {
  return { ...requestedRun(asked, asked.opensAt.line), attempts: 1 }
}
