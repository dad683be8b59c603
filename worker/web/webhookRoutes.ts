import { createHmac, timingSafeEqual } from 'node:crypto'

import express, { Router, type Response } from 'express'

import { failureOf } from '../concurrency/failure'
import { recordLineEvents, type LaterReply } from './lineEvents'
import { limitWebhooks, UNSIGNED } from './protection'
import type { WebContext } from './webContext'
import { parseWebhook } from './webhookBody'

/**
 * POST /line/:channelId: LINE's webhook. The body is read raw, because the signature is over its
 * bytes; a failure answers 500, so that LINE delivers the events again.
 *
 * Source: https://developers.line.biz/en/docs/messaging-api/receiving-messages/
 */
export function webhookRoutes(web: WebContext): Router {
  const router = Router()
  router.post(
    '/line/:channelId',
    limitWebhooks(web.limits ?? {}),
    express.raw({ limit: '1mb', type: () => true }),
    async (request, response) => {
      const account = await web.settings.lineAccountByChannel(String(request.params.channelId))
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const signature = request.get('x-line-signature') ?? ''
      if (!account || !isSigned(body, account.channelSecret, signature))
        return end(response, UNSIGNED)
      const parsed = parseWebhook(body)
      if (!parsed) return end(response, 400)
      const replies = await recordLineEvents(web, account, parsed)
      end(response, 200)
      void sendReplies(web, replies)
    },
  )
  return router
}

function end(response: Response, status: number): void {
  response.status(status).end()
}

async function sendReplies({ log }: WebContext, replies: LaterReply[]): Promise<void> {
  for (const result of await Promise.allSettled(replies.map((reply) => reply()))) {
    if (result.status === 'rejected') log.warn(failureOf(result.reason), 'no LINE reply')
  }
}

/** Compares LINE's signature (base64 HMAC-SHA256 of the raw body) in constant time. *Pure.* */
export function isSigned(body: Buffer, channelSecret: string, signature: string): boolean {
  const expected = createHmac('sha256', channelSecret).update(body).digest()
  const given = Buffer.from(signature, 'base64')
  return given.length === expected.length && timingSafeEqual(given, expected)
}
