import type { Payload } from 'payload'

import { moveNames } from './prefixedNames'

/** One step from a database of an earlier version to today's, as Payload's Mongo adapter takes it. */
export interface Migration {
  name: string
  up: (args: { payload: Payload }) => Promise<void>
  down: (args: { payload: Payload }) => Promise<void>
}

/**
 * What a database of an earlier version needs, in order, for `mongooseAdapter({ prodMigrations })`:
 * Payload runs each once, when it starts in production, and notes it in `payload-migrations`.
 * https://payloadcms.com/docs/database/migrations#running-migrations-in-production
 */
export const migrations: readonly Migration[] = [
  {
    name: '20261129_kizuna_prefixed_names',
    up: ({ payload }) => moveNames(payload, 'up'),
    down: ({ payload }) => moveNames(payload, 'down'),
  },
]
