import type { Endpoint } from 'payload'
import { z } from 'zod'

import { day, endpoint, httpRefusal, jsonBody, loggedInElse401 } from '../cms/endpoint'
import type { Guard, Refuse } from '../cms/endpoint'
import type { PageSettings } from '../plugin/pageSettings'
import { applySwitch, archiveOld, planSwitch } from './applySwitch'
import { continueCopy, startCopy } from './copyForward'
import { submitUnchanged } from './submitUnchanged'

const id = z.string().regex(/^[0-9a-f]{24}$/, 'シリーズを選んでください')

/** There are 1,788 municipalities in Japan. */
const MAX_TOWNS = 2000

const newSeries = z.object({
  series: id,
  code: z.string().min(1, 'コードを入力してください').max(40),
  name: z.string().trim().min(1, 'シリーズ名を入力してください').max(100),
  startsOn: day,
})
const switching = z.object({
  municipalities: z.array(id).min(1).max(MAX_TOWNS),
  isUndo: z.boolean(),
  isSure: z.boolean().optional(),
})
const archiving = z.object({ isArchived: z.boolean() })

/**
 * `POST /renewal` makes the new series; `POST /renewal/:id/{copy, submit}` work on in chunks and are
 * asked until nothing is left; `GET|POST /renewal/:id/switch` and `POST /renewal/:id/archive` are the
 * chief's.
 */
export function renewalEndpoints(options: PageSettings): Endpoint[] {
  const { now } = options
  return [
    endpoint({
      method: 'post',
      path: '/renewal',
      who: loggedInElse401,
      input: jsonBody(newSeries, eachSentence),
      run: ({ req, input }) => startCopy(req, input, now),
    }),
    endpoint({
      method: 'post',
      path: '/renewal/:id/copy',
      who: ofSeries,
      run: ({ req, id }) => continueCopy(req, id, options),
    }),
    endpoint({
      method: 'post',
      path: '/renewal/:id/submit',
      who: ofSeries,
      run: ({ req, id }) => submitUnchanged(req, id, options),
    }),
    endpoint({
      method: 'get',
      path: '/renewal/:id/switch',
      who: ofSeries,
      run: ({ req, id }) => planSwitch(req, id),
    }),
    endpoint({
      method: 'post',
      path: '/renewal/:id/switch',
      who: ofSeries,
      input: jsonBody(switching, eachSentence),
      run: ({ req, id, input }) => applySwitch(req, { id, ...input }, now),
    }),
    endpoint({
      method: 'post',
      path: '/renewal/:id/archive',
      who: ofSeries,
      input: jsonBody(archiving, eachSentence),
      run: async ({ req, id, input: { isArchived } }) => {
        await archiveOld(req, id, isArchived)
        return { isArchived }
      },
    }),
  ]
}

/** Somebody who is logged in and names a series; which one they may work on is asked later. */
const ofSeries: Guard = (asked) => {
  loggedInElse401(asked)
  if (!id.safeParse(asked.id).success) throw httpRefusal('シリーズが見つかりません。', 404)
}

/** 400 with a sentence for each mistake, each sentence once. */
const eachSentence: Refuse = (issues) => {
  const sentences = new Set(issues.map(({ message }) => `${message.replace(/。$/, '')}。`))
  return httpRefusal([...sentences].join('\n'), 400)
}
