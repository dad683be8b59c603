import type { Endpoint } from 'payload'
import { z } from 'zod'

import { READER_STATES, type ReaderState } from '../accounts/readerState'
import { address, day, endpoint, jsonBody, only, saying, word } from '../cms/endpoint'
import { hasRole, isWorker } from '../people/roles'
import { noteTold, planWanted, proposeMove, takeStep } from './acts'
import { MOVE_PEOPLE } from './rights'

const people = only(
  (user) => hasRole(user, ...MOVE_PEOPLE),
  '引っ越しを決められるのは、自治体の承認者と、監修責任者・システム管理者です。',
)

const worker = only((user) => isWorker(user), '配信プログラムだけが使います。')

const wanted = z.object({ municipality: word, from: word, to: word, until: day })
const UNREADABLE =
  'いまのアカウント、新しいアカウント、両方から届く期間の終わりの日を、すべて入れてください。'

const STEPS = [
  ...(['confirm', 'withdraw', 'start', 'pause', 'resume', 'switch'] as const),
  ...(['takeBack', 'finish'] as const),
] as const

const step = z.object({ act: z.enum(STEPS), note: z.string().trim().max(500).default('') })

const tens = z.number().int().min(0).max(100_000_000).multipleOf(10)
const counts = z.strictObject(
  Object.fromEntries(READER_STATES.map(({ value }) => [value, tens])) as Record<
    ReaderState,
    typeof tens
  >,
)
const told = z.union([z.object({ isRestored: z.literal(true) }), z.object({ day, counts })])

/**
 * `GET /kizuna-account-moves/plan?municipality&from&to&until`: the plan in words; `POST …/propose` with
 * the same; `POST …/:id/step` with `{ act, note }`; `POST …/:id/tell` by the worker: numbers in tens.
 */
export function accountMoveEndpoints(clock: { now: () => Date }): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/plan',
      who: people,
      input: address(wanted, saying(UNREADABLE)),
      run: ({ req, input }) => planWanted(req, input, clock),
    }),
    endpoint({
      method: 'post',
      path: '/propose',
      who: people,
      input: jsonBody(wanted, saying(UNREADABLE)),
      run: ({ req, input }) => proposeMove(req, input, clock),
    }),
    endpoint({
      method: 'post',
      path: '/:id/step',
      who: people,
      input: jsonBody(step, saying('することと、理由(500 文字まで)を送ってください。')),
      run: ({ req, id, input }) => takeStep(req, { id, ...input }, clock),
    }),
    endpoint({
      method: 'post',
      path: '/:id/tell',
      who: worker,
      input: jsonBody(told, saying('日と、10 人きざみの数を送ってください。')),
      run: async ({ req, id, input }) => {
        await noteTold(req, { id, told: input }, clock)
        return { isTold: true }
      },
    }),
  ]
}
