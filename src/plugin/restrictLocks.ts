import type { Access, PayloadRequest, SanitizedConfig, Where } from 'payload'

import { isPerson } from '../people/roles'

/** Payload's own collection of documents that somebody is editing right now. */
const LOCKS = 'payload-locked-documents'

/**
 * Narrows the locks' access in a built config: Payload lets any account read and write its editing
 * locks, API keys of programs included, and has no option for it. A lock stands in the way of those
 * who could write in the document; a reviewer never sees one. See `withBuiltIns`.
 */
export function withRestrictedLocks(config: SanitizedConfig): SanitizedConfig {
  const locks = config.collections.find(({ slug }) => (slug as string) === LOCKS)
  if (locks) {
    const access = { create: people, read: writers, update: writers, delete: ownLock }
    locks.access = { ...locks.access, ...access }
  }
  return config
}

const people: Access = ({ req }) => isPerson(req.user)

/** Whoever may write in the locked document may see the lock and take it over. */
const writers: Access = async ({ req }) => {
  if (!isPerson(req.user)) return false
  // `in` finds nothing on a relation to several collections.
  const isIn = (slug: string): Where => ({ 'document.relationTo': { equals: slug } })
  return { or: [{ id: { exists: false } }, ...(await writableBy(req)).map(isIn)] }
}

async function writableBy(req: PayloadRequest): Promise<string[]> {
  const writable: string[] = []
  for (const { slug, access } of req.payload.config.collections) {
    const isOpen = (slug as string) !== LOCKS && (await access.update({ req }))
    if (isOpen !== false) writable.push(slug)
  }
  return writable
}

const ownLock: Access = ({ req }) => isPerson(req.user) && { 'user.value': { equals: req.user.id } }
