import type { Access, Config } from 'payload'

import { USERS } from '../collections/access'

/** Payload's own collection of documents that somebody is editing right now. */
const LOCKS = 'payload-locked-documents'

/**
 * Payload lets any account read and write its editing locks, API keys of programs included, and
 * has no option for it; so their access is narrowed to people as soon as Payload is up.
 */
export function restrictLocks(onInit: Config['onInit']): Config['onInit'] {
  return async (payload) => {
    const collections: Record<string, { config: { access: object } } | undefined> =
      payload.collections
    const locks = collections[LOCKS]
    if (locks) {
      const access = { create: people, read: people, update: ownLock, delete: ownLock }
      locks.config.access = { ...locks.config.access, ...access }
    }
    await onInit?.(payload)
  }
}

const people: Access = ({ req }) => req.user?.collection === USERS

const ownLock: Access = ({ req }) =>
  req.user?.collection === USERS && { 'user.value': { equals: req.user.id } }
