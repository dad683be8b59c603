import { createHash } from 'node:crypto'

import { blindIndex, type KeyRing } from '../../src/secret/seal'

import { isDuplicateKey } from '../database/transaction'
import { forgottenAfter, readerCollections, type StoreContext } from './collections'
import type { ReaderStore } from './store'

type Visits = Pick<
  ReaderStore,
  'takeKey' | 'isPageLinkTaken' | 'openVisit' | 'openVisitOf' | 'findVisit' | 'keepPlace'
>

const HOUR_MS = 3600_000

/** How long a reader's own page is open after its link was pressed. */
export const VISIT_LIFE_MS = HOUR_MS

/** How long the browser that had it open may still stop deliveries there. */
export const VISIT_STOPS_MS = 24 * HOUR_MS

/**
 * Visits to a reader's own page. The link that begins one is good in the browser that pressed it
 * first; the address of the visit follows from that browser and the reader, so it opens nothing
 * elsewhere, and after a new link the addresses that were open before are good again.
 */
export function createVisits(context: StoreContext): Visits {
  const { db, ring, now } = context
  const { usedLinks, visits } = readerCollections(db)
  return {
    takeKey: ({ key, browser, keptMs }) => {
      const taken = { _id: hashOf(key), holder: holderOf(ring, browser) }
      return takeLink(context, { ...taken, removeAt: forgottenAfter(keptMs) })
    },

    isPageLinkTaken: async ({ key, browser }) => {
      const used = await usedLinks.findOne({ _id: hashOf(key) })
      return used !== null && used.holder !== holderOf(ring, browser)
    },

    openVisit: async ({ key, browser, readerId, expiresAt }) => {
      const at = now().getTime()
      const removeAt = forgottenAfter(expiresAt.getTime() - at)
      const link = { _id: hashOf(key), holder: holderOf(ring, browser), removeAt }
      if (!(await takeLink(context, link))) return null
      const _id = visitIdOf(ring, browser, readerId)
      const times = {
        openUntil: new Date(at + VISIT_LIFE_MS),
        stopsUntil: new Date(at + VISIT_STOPS_MS),
        removeAt: forgottenAfter(VISIT_STOPS_MS),
      }
      const before = await visits.findOneAndUpdate(
        { _id },
        { $set: { readerId, ...times }, $unset: { place: 1 as const } },
        { upsert: true },
      )
      return { id: _id, place: before?.place ?? null }
    },

    openVisitOf: async ({ readerId, browser }) => {
      const _id = visitIdOf(ring, browser, readerId)
      const visit = await visits.findOne({ _id, openUntil: { $gt: now() } })
      return visit?._id ?? null
    },

    findVisit: async ({ id, browser }) => {
      const visit = await visits.findOne({ _id: id, stopsUntil: { $gt: now() } })
      if (!visit || visitIdOf(ring, browser, visit.readerId) !== id) return null
      return { readerId: visit.readerId, isOpen: visit.openUntil > now() }
    },

    keepPlace: async ({ id, place }) => {
      await visits.updateOne({ _id: id }, { $set: { place } })
    },
  }
}

interface TakenLink {
  _id: string
  holder: string
  removeAt: Date
}

/** True for the first browser, however often it comes. */
async function takeLink({ db }: StoreContext, link: TakenLink): Promise<boolean> {
  const { usedLinks } = readerCollections(db)
  try {
    await usedLinks.insertOne(link)
    return true
  } catch (error) {
    if (!isDuplicateKey(error)) throw error
    const taken = await usedLinks.findOne({ _id: link._id })
    return taken?.holder === link.holder
  }
}

function holderOf(ring: KeyRing, browser: string): string {
  return blindIndex(ring, browser, 'page-link')
}

function visitIdOf(ring: KeyRing, browser: string, readerId: string): string {
  return blindIndex(ring, `${browser} ${readerId}`, 'visit').slice(0, 32)
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}
