import type { SanitizedConfig } from 'payload'

import { checkAskedFilter } from '../cms/askedFilter'
import { leaveOutAskedId } from '../cms/askedId'
import { checkAskedOrder } from '../cms/askedOrder'
import { capAskedRows } from '../cms/askedRows'
import { checkAskedShape } from '../cms/askedShape'
import { firstAsked } from './firstAsked'
import { hostPartsIn } from './hostParts'

/** What nobody may ask of a log-in, in whoever's collection it is. */
const OF_PEOPLE = [checkAskedOrder, checkAskedShape, checkAskedFilter, leaveOutAskedId] as const
const CHECKS = [...OF_PEOPLE, capAskedRows] as const

/**
 * Puts the checks of orders, filters and the kinds of values, and the most documents of an answer,
 * before everything else that happens in any collection of ours and Payload's own. Changes the built
 * config, see `withBuiltIns`.
 */
export function withAskedQuestions(config: SanitizedConfig): SanitizedConfig {
  const host = hostPartsIn(config)
  for (const collection of config.collections) {
    if (host.collections.has(collection.slug)) continue
    for (const check of collection.slug === host.users ? OF_PEOPLE : CHECKS) {
      collection.hooks = firstAsked(collection.hooks, check)
    }
  }
  return config
}
