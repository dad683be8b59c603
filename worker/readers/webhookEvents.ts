import {
  forgottenAfter,
  readerCollections,
  WEBHOOK_EVENTS_KEPT_MS,
  type StoreContext,
} from './collections'
import type { ReaderStore } from './store'

/** What is remembered of LINE's events: that each was dealt with. */
export function createWebhookEvents({
  db,
  now,
}: StoreContext): Pick<ReaderStore, 'isEventDone' | 'markEventDone'> {
  const { webhookEvents } = readerCollections(db)
  return {
    isEventDone: async (_id) => (await webhookEvents.findOne({ _id })) !== null,
    markEventDone: async (_id) => {
      const $setOnInsert = { at: now(), removeAt: forgottenAfter(WEBHOOK_EVENTS_KEPT_MS) }
      const change = { $setOnInsert }
      const { upsertedCount } = await webhookEvents.updateOne({ _id }, change, { upsert: true })
      return upsertedCount === 1
    },
  }
}
