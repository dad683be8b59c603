import type { Endpoint } from 'payload'
import { z } from 'zod'

import { endpoint, jsonBody, loggedIn, saying } from '../cms/endpoint'
import { MAX_DETAIL } from './content'
import { askAlert, correctAlert, endAlert, sendAlert, stopAlert } from './operations'
import { prepareAlert } from './prepare'

interface Clock {
  now: () => Date
}

const asked = z.object({
  municipality: z.string().max(100),
  template: z.string().max(200),
  areas: z.array(z.string().max(200)).max(500).default([]),
  detail: z.string().trim().max(MAX_DETAIL).default(''),
  isTraining: z.boolean(),
})

const typed = z.object({ typed: z.string().max(40) })
const reason = z.object({ reason: z.string().trim().max(500).default('') })

const UNREADABLE = `送る内容を読めません。ひな形と、「訓練」か「本番」かを選び、足す言葉は ${MAX_DETAIL} 文字までにしてください。`
const UNREADABLE_NUMBER = '人数を読めません。届く人数を、数字で入れてください。'
const UNREADABLE_REASON = '理由を読めません。500 文字までで書いてください。'

/**
 * `POST /kizuna-alerts/{preview, ask}` with what is to be sent, and `POST /kizuna-alerts/:id/{send,
 * decline, take-back, stop, correct}`.
 */
export function alertEndpoints({ now }: Clock): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/preview',
      who: loggedIn,
      input: jsonBody(asked, saying(UNREADABLE)),
      run: async ({ req, input }) => {
        const { shown, readers } = await prepareAlert(req, input, now())
        return { shown, readers }
      },
    }),
    endpoint({
      method: 'post',
      path: '/ask',
      who: loggedIn,
      input: jsonBody(asked, saying(UNREADABLE)),
      run: async ({ req, input }) => ({ id: await askAlert(req, input, { now }) }),
    }),
    endpoint({
      method: 'post',
      path: '/:id/send',
      who: loggedIn,
      input: jsonBody(typed, saying(UNREADABLE_NUMBER)),
      run: async ({ req, id, input }) => {
        await sendAlert(req, { id, typed: input.typed }, { now })
        return { isDone: true }
      },
    }),
    ...(['decline', 'take-back'] as const).map((ending) =>
      endpoint({
        method: 'post',
        path: `/:id/${ending}`,
        who: loggedIn,
        input: jsonBody(reason, saying(UNREADABLE_REASON)),
        run: async ({ req, id, input }) => {
          await endAlert(req, { id, ending, reason: input.reason }, { now })
          return { isDone: true }
        },
      }),
    ),
    endpoint({
      method: 'post',
      path: '/:id/stop',
      who: loggedIn,
      run: async ({ req, id }) => {
        await stopAlert(req, id, { now })
        return { isDone: true }
      },
    }),
    endpoint({
      method: 'post',
      path: '/:id/correct',
      who: loggedIn,
      run: async ({ req, id }) => ({ id: await correctAlert(req, id, { now }) }),
    }),
  ]
}
