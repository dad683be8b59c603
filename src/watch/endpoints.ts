import type { Endpoint } from 'payload'
import { z } from 'zod'

import { endpoint, jsonBody, only, saying } from '../cms/endpoint'
import { municipalityOf } from '../cms/municipalityOf'
import { actShape, givenActShape } from '../operation/act'
import { isWorker, municipalityIdOf } from '../people/roles'
import { keepStatus } from './kept'
import { askAct, endAct, mayActOnDeliveries, noteToldAct, waitingActs } from './acts'
import { statusShape } from '../operation/status'
import { hasVisibleText } from '../release/plainText'

const worker = only((user) => isWorker(user), '配信プログラムだけが使います。')

/** 1,741 municipalities, each with some runs. */
const LARGEST = { units: 5_000_000, depth: 10 }

const people = only(
  mayActOnDeliveries,
  '配信を止めたり続けたりできるのは、自治体の承認者と、監修責任者・システム管理者です。',
)

const asked = z.strictObject({
  act: actShape,
  reason: z.string().trim().max(300).refine(hasVisibleText),
})

/**
 * `POST /operation/status` by the worker: how deliveries stand, in place of what was told before. `POST
 * /operation/acts` by a person: what becomes of a held run, a stop or its end, a mail of which nobody
 * knows whether it went; with the reason. The worker reads what waits (`GET`), and says when it is done
 * (`POST /operation/acts/done`), and what was done in the shell (`POST /operation/acts/told`).
 */
export function watchEndpoints(clock: { now: () => Date }): Endpoint[] {
  return [
    statusEndpoint,
    endpoint({
      method: 'post',
      path: '/operation/acts',
      who: people,
      input: jsonBody(asked, saying('することと、わけ(300 文字まで)を入れてください。')),
      run: async ({ req, input }) => {
        const town = await municipalityOf(municipalityIdOf(req.user), req)
        return askAct(req, input, { ...clock, ownCode: town?.code ?? null })
      },
    }),
    endpoint({
      method: 'get',
      path: '/operation/acts',
      who: worker,
      run: async ({ req }) => ({ acts: await waitingActs(req) }),
    }),
    endpoint({
      method: 'post',
      path: '/operation/acts/done',
      who: worker,
      input: jsonBody(z.strictObject({ id: z.uuid() }), saying('したことを読めません。')),
      run: async ({ req, input: { id } }) => {
        await endAct(req, id)
        return { isDone: true }
      },
    }),
    endpoint({
      method: 'post',
      path: '/operation/acts/told',
      who: worker,
      input: jsonBody(givenActShape, saying('したことを読めません。')),
      run: async ({ req, input }) => {
        await noteToldAct(req, input)
        return { isTold: true }
      },
    }),
  ]
}

const statusEndpoint: Endpoint = endpoint({
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
