import type { SanitizedConfig } from 'payload'

import { checkAskedFilter } from '../cms/askedFilter'
import { leaveOutAskedId } from '../cms/askedId'
import { checkAskedOrder } from '../cms/askedOrder'
import { capAskedRows } from '../cms/askedRows'
import { checkAskedShape } from '../cms/askedShape'
import { firstAsked } from './firstAsked'

const CHECKS = [
  checkAskedOrder,
  checkAskedShape,
  checkAskedFilter,
  leaveOutAskedId,
  capAskedRows,
] as const

/**
 * Puts the checks of orders, filters and the kinds of values, and the most documents of an answer,
 * before everything else that happens in any collection, Payload's own included. Changes the built
 * config, see `withBuiltIns`.
 */
export function withAskedQuestions(config: SanitizedConfig): SanitizedConfig {
  for (const collection of config.collections) {
    for (const check of CHECKS) {
      collection.hooks = firstAsked(collection.hooks, check)
    }
  }
  return config
}
