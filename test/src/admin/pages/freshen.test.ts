// A page that reads itself again is not left, with what was typed on it, when no answer comes.
import { expect, jest, test } from '@jest/globals'

import { freshen } from '../../../../src/admin/pages/freshen'
import type { ApiAnswer, AskApi } from '../../../../src/admin/api/useApi'

test.each([
  { label: 'while who opened it is logged in', user: { id: '1' }, isRead: true },
  { label: 'not when they are logged out', user: null, isRead: false },
  { label: 'not when no answer comes', user: undefined, isRead: false },
])('$label', async ({ user, isRead }) => {
  const answer: ApiAnswer<unknown> =
    user === undefined
      ? { isDone: false, errors: ['通信できませんでした。'] }
      : { isDone: true, body: { user }, errors: [] }
  const ask = (() => Promise.resolve(answer)) as AskApi
  const refresh = jest.fn()
  expect(await freshen({ ask, me: '/users/me', refresh })).toBe(isRead)
  expect(refresh).toHaveBeenCalledTimes(isRead ? 1 : 0)
})
