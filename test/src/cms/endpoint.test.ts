import { describe, expect, test } from '@jest/globals'
import type { PayloadRequest } from 'payload'
import { z } from 'zod'

import { address, endpoint, loggedIn, loggedInElse401, only } from '../../../src/cms/endpoint'
import { httpRefusal, saying, type Guard } from '../../../src/cms/endpoint'

const asked = (over: object = {}) =>
  ({ user: { id: 'u1' }, routeParams: { id: 'd1' }, ...over }) as unknown as PayloadRequest

const reading = (who?: Guard) =>
  endpoint({
    method: 'get',
    path: '/:id/kind',
    ...(who ? { who } : {}),
    input: address(z.object({ kind: z.enum(['a', 'b']) }), saying('種類を選んでください。')),
    run: async ({ id, input: { kind } }) => ({ id, kind }),
  })

const answerTo = (search: string, who?: Guard, over: object = {}) =>
  reading(who).handler(asked({ searchParams: new URLSearchParams(search), ...over }))

describe('an endpoint', () => {
  test('answers what was asked of the document in its path as JSON', async () => {
    const response = await answerTo('kind=a')
    expect([response.status, await response.json()]).toEqual([200, { id: 'd1', kind: 'a' }])
  })

  test('sends a response of its own as it is', async () => {
    const { handler } = endpoint({
      method: 'post',
      path: '/',
      run: async () => Response.json({}, { status: 201 }),
    })
    expect((await handler(asked())).status).toBe(201)
  })

  test.each([
    { asking: 'nobody, about a document', who: loggedIn, over: { user: null }, status: 403 },
    { asking: 'nobody, elsewhere', who: loggedInElse401, over: { user: null }, status: 401 },
    { asking: 'one who may not', who: only(() => false, 'だめです。'), over: {}, status: 403 },
  ])('refuses $asking, before it reads what was sent', async ({ who, over, status }) => {
    await expect(answerTo('kind=z', who, over)).rejects.toMatchObject({ status })
  })

  test('refuses what it cannot read with the sentence it was given', async () => {
    await expect(answerTo('kind=z')).rejects.toMatchObject({
      status: 400,
      message: '種類を選んでください。',
    })
  })

  test('a refusal without a code shows its sentence to people', () => {
    expect(httpRefusal('ありません。', 404)).toMatchObject({ status: 404, isPublic: true })
  })
})
