import type { Endpoint } from 'payload'
import { z } from 'zod'

import { endpoint, jsonBody, only, saying } from '../cms/endpoint'
import { hasRole, MUNICIPAL, TEAM } from '../people/roles'
import { askSenderCheck, findSenderCheck, type SenderCheckOptions } from './senderCheck'

const people = only(
  (user) => hasRole(user, ...TEAM, ...MUNICIPAL),
  'メールの差出アドレスを確かめられるのは、制作監修チームと、その自治体の担当者だけです。',
)

const SELECTOR =
  '中継サーバーの鍵の名前(セレクター)を読めません。英数字・点・ハイフン・下線で、63 文字までにしてください。例: s1'

/** A name of a key, one or more labels of the DNS. */
const selector = z
  .string()
  .max(63)
  .regex(/^[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/)
  .nullable()

/**
 * `GET /kizuna-municipalities/:id/sender-check`: what was found when the DNS was last asked about the
 * municipality's sender. `POST` asks it.
 */
export function senderCheckEndpoints(settings: {
  now: () => Date
  senderCheck: SenderCheckOptions | null
}): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/:id/sender-check',
      who: people,
      run: async ({ req, id }) => ({ check: await findSenderCheck(req, id) }),
    }),
    endpoint({
      method: 'post',
      path: '/:id/sender-check',
      who: people,
      input: jsonBody(z.strictObject({ selector: selector.default(null) }), saying(SELECTOR)),
      run: async ({ req, id, input }) => ({
        check: await askSenderCheck(req, { id, selector: input.selector }, settings),
      }),
    }),
  ]
}
