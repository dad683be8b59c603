import type { SanitizedConfig } from 'payload'

import { checkAskedFilter } from '../cms/askedFilter'
import { leaveOutAskedId } from '../cms/askedId'
import { checkAskedOrder } from '../cms/askedOrder'
import { checkAskedShape } from '../cms/askedShape'
import { firstAsked } from './firstAsked'

/**
 * Puts the checks of orders, filters and the kinds of values before everything else that happens in
 * any collection, Payload's own included. Changes the built config, see `withBuiltIns`.
 */
export function withAskedQuestions(config: SanitizedConfig): SanitizedConfig {
  for (const collection of config.collections) {
    for (const check of [checkAskedOrder, checkAskedShape, checkAskedFilter, leaveOutAskedId]) {
      collection.hooks = firstAsked(collection.hooks, check)
    }
  }
  return config
}
