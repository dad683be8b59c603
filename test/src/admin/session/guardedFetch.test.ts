// A page whose session has ended, or in which somebody else has logged in meanwhile.
import { expect, test } from '@jest/globals'
import { handleEndpoints } from 'payload'

import { guardedFetch, type Lost } from '../../../../src/admin/session/guardedFetch'
import { openEditorialCmsOfFile, type Person } from '../../review/editorialCms'

const cms = await openEditorialCmsOfFile()
const API = 'http://cms.example/api'

/** A browser of one cookie, on a page that Hana has open; `again` is who logs in when asked. */
function browser(loggedIn: Person | null, again: Person | null = 'hana') {
  let cookie = loggedIn
  const asked: Lost[] = []
  const sent: string[] = []
  const send: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers)
    sent.push(headers.get('X-Kizuna-Person') ?? 'nobody')
    if (cookie) headers.set('authorization', `JWT ${cms.tokens[cookie]}`)
    const request = new Request(String(input), { ...init, headers })
    return handleEndpoints({ config: cms.config, request })
  }
  const page = guardedFetch({
    send,
    api: API,
    opener: () => cms.users.hana.id,
    askAgain: async (lost) => {
      asked.push(lost)
      cookie = again
      return again !== null
    },
  })
  return { page, asked, sent }
}

async function saving(page: typeof fetch, id: string, body: string) {
  const data = { body, ...(await cms.opened('kizuna-manuscripts', id)) }
  const answer = await page(`${API}/kizuna-manuscripts/${id}?draft=true`, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(data),
  })
  const stored = await cms.payload.findByID({
    collection: 'kizuna-manuscripts',
    id,
    draft: true,
    depth: 0,
  })
  return { status: answer.status, stored: stored.body, answer }
}

test('after a session has ended one logs in again and what was typed is saved', async () => {
  const { id } = await cms.draft()
  const { page, asked } = browser(null)
  expect(await saving(page, id, '書いたもの')).toMatchObject({ status: 200, stored: '書いたもの' })
  expect(asked).toEqual([
    { code: 'SIGNED_OUT', sentence: expect.stringContaining('まだ保存していません') },
  ])
})

test('who does not log in again is told so, and nothing is saved', async () => {
  const { id } = await cms.draft({ body: '前のもの' })
  const { page } = browser(null, null)
  const { status, stored, answer } = await saving(page, id, '書いたもの')
  expect({ status, stored }).toEqual({ status: 401, stored: '前のもの' })
  expect(await answer.json()).toMatchObject({
    errors: [{ message: expect.stringContaining('ログインの時間が切れています') }],
  })
})

test('nothing is saved under the name of who logged in in another tab', async () => {
  const { id } = await cms.draft({ body: '前のもの' })
  const other = browser('taro', null)
  expect(await saving(other.page, id, '書いたもの')).toMatchObject({
    status: 409,
    stored: '前のもの',
  })
  expect(other.asked).toEqual([
    { code: 'OTHER_PERSON', sentence: expect.stringContaining('いまtaroさんがログインしています') },
  ])
  const back = browser('taro', 'hana')
  expect(await saving(back.page, id, '書いたもの')).toMatchObject({ status: 200 })
  const { savedBy } = await cms.payload.findByID({
    collection: 'kizuna-manuscripts',
    id,
    draft: true,
    showHiddenFields: true,
  })
  expect(savedBy).toBe(cms.users.hana.id)
})

test('reading, logging in and other hosts are asked as before', async () => {
  const { page, sent } = browser('hana')
  await page(`${API}/kizuna-manuscripts?limit=1`)
  await page(`${API}/users/login`, { method: 'POST', body: '{}' })
  expect(sent).toEqual(['nobody', 'nobody'])
})

test('what the network throws is said in a sentence, and what was given up stays that', async () => {
  const page = (error: Error) =>
    guardedFetch({
      send: () => Promise.reject(error),
      api: API,
      opener: () => 'a',
      askAgain: () => Promise.resolve(false),
    })(`${API}/kizuna-manuscripts`, { method: 'POST' })
  await expect(page(new TypeError('Failed to fetch'))).rejects.toThrow(
    /^通信できませんでした。.+書いたものは、この画面に残っています。$/,
  )
  const givenUp = new DOMException('x', 'AbortError')
  await expect(page(givenUp as Error)).rejects.toBe(givenUp)
})
