import { createLocalReq, type Payload } from 'payload'

import { loadReviews } from '../../../src/review/queries/loadMany'
import { TEXT_STATES, textStateOf } from '../../../src/review/queries/textState'
import { parsePolicy } from '../../../src/review/rules/policy'

interface Raw {
  connection: {
    collection: (name: string) => {
      deleteMany: (filter: object) => Promise<unknown>
      insertMany: (documents: object[]) => Promise<unknown>
    }
  }
}

/**
 * The states of texts that were written straight into the database, straight into it as well: what
 * `rebuildStates` writes one by one. No text has a conversation.
 */
export async function insertStates(payload: Payload): Promise<void> {
  const policy = parsePolicy()
  const { connection } = payload.db as unknown as Raw
  const stored = connection.collection(TEXT_STATES)
  await stored.deleteMany({})
  for (const collection of ['kizuna-manuscripts', 'kizuna-add-ons'] as const) {
    const req = await createLocalReq({}, payload)
    const reviews = await loadReviews(req, { collection, isForAll: true }, policy)
    const states = reviews.map((review) =>
      textStateOf(review, { policy, threads: [], reviewRequests: [], schedule: null }),
    )
    if (states.length > 0) await stored.insertMany(states)
  }
}
