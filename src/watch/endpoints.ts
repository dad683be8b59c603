import type { Endpoint } from 'payload'

import { endpoint, jsonBody, only, saying } from '../cms/endpoint'
import { isWorker } from '../people/roles'
import { keepStatus } from './kept'
import { statusShape } from '../operation/status'

const worker = only((user) => isWorker(user), '配信プログラムだけが使います。')

/** 1,741 municipalities, each with some runs. */
const LARGEST = { units: 5_000_000, depth: 10 }

/** `POST /operation/status` by the worker: how deliveries stand, in place of what was told before. */
export const statusEndpoint: Endpoint = endpoint({
  method: 'post',
  path: '/operation/status',
  who: worker,
  input: jsonBody(
    statusShape,
    saying('配信のようすを読めません。配信プログラムと管理画面の版をそろえてください。'),
    LARGEST,
  ),
  run: async ({ req, input }) => {
    await keepStatus(req.payload, input)
    return { isTold: true }
  },
})
