import type { Access, Config, SanitizedConfig } from 'payload'

import { USERS } from '../collections/access'

/** Payload's own collection of documents that somebody is editing right now. */
const LOCKS = 'payload-locked-documents'

/**
 * Payload lets any account read and write its editing locks, API keys of programs included, and
 * has no option for it; so their access is narrowed to people as soon as Payload is up.
 */
export function restrictLocks(onInit: Config['onInit']): NonNullable<Config['onInit']> {
  return async (payload) => {
    withRestrictedLocks(payload.config)
    await onInit?.(payload)
  }
}

/**
 * Narrows the locks' access in a built config. Next's routes each carry their own copy of the
 * config, and only one of them sees `onInit`; `buildConfig(…).then(withRestrictedLocks)` covers all.
 */
export function withRestrictedLocks(config: SanitizedConfig): SanitizedConfig {
  const locks = config.collections.find(({ slug }) => (slug as string) === LOCKS)
  if (locks) {
    const access = { create: people, read: people, update: ownLock, delete: ownLock }
    locks.access = { ...locks.access, ...access }
  }
  return config
}

const people: Access = ({ req }) => req.user?.collection === USERS

const ownLock: Access = ({ req }) =>
  req.user?.collection === USERS && { 'user.value': { equals: req.user.id } }
