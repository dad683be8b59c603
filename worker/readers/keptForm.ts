import { createHash } from 'node:crypto'

import { open, seal } from '../../src/secret/seal'

import { forgottenAfter, readerCollections, type StoreContext } from './collections'
import { isDuplicateKey } from '../database/transaction'
import type { ReaderStore } from './store'

type KeptForms = Pick<ReaderStore, 'keepForm' | 'findForm' | 'forgetForm'>

/** How long what somebody has typed and not sent yet is kept; each screen begins it anew. */
export const KEPT_FORM_LIFE_MS = 3600_000

/** Context of what was typed so far. */
export const FORM_CONTEXT = 'form'

/**
 * What was typed so far, sealed, for as long as the person is at it: so every screen is a page of
 * its own that Back, Forward and Reload show again. The address of the page carries an id only,
 * which opens nothing in another browser.
 */
export function createKeptForms({ db, ring, now }: StoreContext): KeptForms {
  const { keptForms } = readerCollections(db)
  return {
    keepForm: async ({ id, holder, values }) => {
      const sealed = seal(ring, JSON.stringify(values), FORM_CONTEXT)
      const expiresAt = new Date(now().getTime() + KEPT_FORM_LIFE_MS)
      const _id = hashOf(id)
      try {
        const kept = { holder, sealed, expiresAt, removeAt: forgottenAfter(KEPT_FORM_LIFE_MS) }
        await keptForms.replaceOne({ _id, holder }, kept, { upsert: true })
        return true
      } catch (error) {
        if (isDuplicateKey(error)) return false // somebody else's
        throw error
      }
    },

    findForm: async ({ id, holder }) => {
      const kept = await keptForms.findOne({ _id: hashOf(id), holder, expiresAt: { $gt: now() } })
      return kept && (JSON.parse(open(ring, kept.sealed, FORM_CONTEXT)) as Record<string, string>)
    },

    forgetForm: async ({ id, holder }) => {
      await keptForms.deleteOne({ _id: hashOf(id), holder })
    },
  }
}

function hashOf(id: string): string {
  return createHash('sha256').update(id).digest('hex')
}
