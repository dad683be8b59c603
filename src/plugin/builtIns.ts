import type { Config, SanitizedConfig } from 'payload'

import { withClosedJobStats } from '../jobs/task'
import { withAskedQuestions } from './askedQuestions'
import { withGuardedEndpoints } from './guardEndpoints'
import { withMaximums } from './maximums'
import { guardTakenLocks, withRestrictedLocks } from './restrictLocks'
import { withShortFilterForm } from './savedFilters'

/**
 * What Payload's own collections and globals need and have no option for: editing locks are for
 * people only, the jobs' timetable for nobody, the form of a saved filter is short and in Japanese,
 * every field has a maximum, and what cannot be read is refused before anything works with it.
 * Changes the built config. Next's routes each carry their own copy of it and only one of them sees
 * `onInit`; `buildConfig(…).then(withBuiltIns)` covers all.
 */
export function withBuiltIns(config: SanitizedConfig): SanitizedConfig {
  const own = withShortFilterForm(withClosedJobStats(withRestrictedLocks(config)))
  return withGuardedEndpoints(withAskedQuestions(withMaximums(own)))
}

/** {@link withBuiltIns} as soon as Payload is up, for a host that does not call it; and its database. */
export function builtInsOnInit(onInit: Config['onInit']): NonNullable<Config['onInit']> {
  return async (payload) => {
    withBuiltIns(payload.config)
    guardTakenLocks(payload)
    await onInit?.(payload)
  }
}
