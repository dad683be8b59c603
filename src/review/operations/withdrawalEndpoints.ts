import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'

import { endpoint, jsonBody, loggedIn, loggedInElse401, only } from '../../cms/endpoint'
import { findNewestRelease, releaseKey } from '../../release/findReleases'
import type { ReviewedCollection } from '../queries/load'
import { canWithdraw } from '../rules/rights'
import type { ReviewOptions } from './act'
import { tellChiefs, toldSentence } from './withdrawalMail'
import {
  findOpenRequests,
  findRequest,
  type RequestTarget,
  type WithdrawalRequest,
} from '../queries/withdrawalRequests'
import { askWithdrawal, canAskWithdrawal, refuseWithdrawal } from './withdrawalRequest'

/** Where a request to withdraw stands, and what the person may do about it. */
export interface RequestStatus {
  request: WithdrawalRequest | null
  canAsk: boolean
  canAnswer: boolean
  /** What was done just now; null where it is only asked for. */
  sentence: string | null
}

const body = z.object({ reason: z.string().max(1000).default('') })

/**
 * A recall that somebody without the right asks for: `GET /:id/withdrawal-request`,
 * `POST /:id/{ask-withdrawal, refuse-withdrawal}` with a reason; each answers {@link RequestStatus}.
 */
export function withdrawalRequestEndpoints({
  collection,
  now,
}: ReviewOptions & { collection: ReviewedCollection }): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/:id/withdrawal-request',
      who: loggedIn,
      run: ({ req, id }) => statusOf(req, { collection, id }, null),
    }),
    endpoint({
      method: 'post',
      path: '/:id/ask-withdrawal',
      who: loggedIn,
      input: jsonBody(body),
      run: async ({ req, id, input: { reason } }) => {
        const target = { collection, id }
        const asked = await askWithdrawal(req, target, { reason, at: now() })
        const told = asked.isNew ? await tellChiefs(req, target, asked) : { sent: 0, failed: 0 }
        return statusOf(req, target, toldSentence(asked, told))
      },
    }),
    endpoint({
      method: 'post',
      path: '/:id/refuse-withdrawal',
      who: loggedIn,
      input: jsonBody(body),
      run: async ({ req, id, input: { reason } }) => {
        const target = { collection, id }
        await refuseWithdrawal(req, target, { reason, at: now() })
        return statusOf(req, target, '「取り下げない」と答えました。頼んだ人の画面に理由が出ます。')
      },
    }),
  ]
}

/** `GET /withdrawal-requests`: every request that waits for the chiefs. */
export const openRequestsEndpoint: Endpoint = endpoint({
  method: 'get',
  path: '/withdrawal-requests',
  who: (asked) => {
    loggedInElse401(asked)
    only(canWithdraw, '取り下げの依頼を見られるのは監修責任者だけです。')(asked)
  },
  run: async ({ req }) => ({ requests: await findOpenRequests(req) }),
})

async function statusOf(
  req: PayloadRequest,
  target: RequestTarget,
  sentence: string | null,
): Promise<RequestStatus> {
  const { collection, id } = target
  const seen = await req.payload.find({
    collection,
    where: { id: { equals: id } },
    limit: 1,
    pagination: false,
    depth: 0,
    overrideAccess: false,
    req,
  })
  if (seen.docs.length === 0) {
    return { request: null, canAsk: false, canAnswer: false, sentence }
  }
  const newest = await findNewestRelease(req, releaseKey(collection, id), { overrideAccess: true })
  const isOut = newest?.action === 'publish'
  const request = isOut ? await findRequest(req, target) : null
  return {
    request,
    canAsk: isOut && request?.state !== 'open' && canAskWithdrawal(req.user),
    canAnswer: request?.state === 'open' && canWithdraw(req.user),
    sentence,
  }
}
