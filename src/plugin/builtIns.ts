import type { Config, SanitizedConfig } from 'payload'

import { withClosedJobStats } from '../digest/job'
import { withMaximums } from './maximums'
import { withRestrictedLocks } from './restrictLocks'
import { withShortFilterForm } from './savedFilters'

/**
 * What Payload's own collections and globals need and have no option for: editing locks are for
 * people only, the jobs' timetable for nobody, the form of a saved filter is short and in Japanese,
 * and every field has a maximum. Changes the built config. Next's routes each carry their own copy of it and only one of
 * them sees `onInit`; `buildConfig(…).then(withBuiltIns)` covers all.
 */
export function withBuiltIns(config: SanitizedConfig): SanitizedConfig {
  return withMaximums(withShortFilterForm(withClosedJobStats(withRestrictedLocks(config))))
}

/** {@link withBuiltIns} as soon as Payload is up, for a host that does not call it. */
export function builtInsOnInit(onInit: Config['onInit']): NonNullable<Config['onInit']> {
  return async (payload) => {
    withBuiltIns(payload.config)
    await onInit?.(payload)
  }
}
