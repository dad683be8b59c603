import { afterAll, beforeAll, expect, test } from '@jest/globals'

import { html } from '../../../src/release/escape'
import { failureOf } from '../../../worker/concurrency/failure'
import { isLoopback } from '../../../worker/web/loopback'
import { HANAKO, registration } from '../readers/openStore'
import { openWeb } from './openWeb'

let web: Awaited<ReturnType<typeof openWeb>>

beforeAll(async () => {
  web = await openWeb()
})
afterAll(() => web.close())

test('/healthz answers while /readyz says that it cannot work', async () => {
  expect((await web.get('/readyz')).status).toBe(200)
  web.state.isReady = false
  expect((await web.get('/readyz')).status).toBe(503)
  expect((await web.get('/healthz')).status).toBe(200)
  web.state.isReady = true
})

test('metrics count requests by route and never by address', async () => {
  const { readerId } = await web.readers.register(registration())
  const path = await web.enter(web.links.askedPageUrl(readerId))
  await web.get(path)
  const metrics = await (await web.get('/metrics')).text()
  expect(metrics).toContain('route="/me/:visit"')
  expect(metrics).not.toContain(path)
})

test('metrics are for this machine only, whatever a proxy says', async () => {
  const open = await openWeb({ trustProxy: 1 })
  const ask = (headers: Record<string, string>) => fetch(new URL('/metrics', open.url), { headers })
  expect((await ask({})).status).toBe(200)
  const passedOn: Record<string, string>[] = [
    { 'x-forwarded-for': '127.0.0.1' },
    { 'x-forwarded-for': '203.0.113.7' },
    { forwarded: 'for=127.0.0.1' },
    { via: '1.1 proxy' },
  ]
  for (const headers of passedOn) {
    const refused = await ask(headers)
    expect(refused.status).toBe(404)
    expect(await refused.text()).not.toContain('kizuna_web')
  }
  await open.close()
})

test.each([
  ['127.0.0.1', true],
  ['127.8.9.10', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['10.0.0.1', false],
  ['::ffff:10.0.0.1', false],
  ['127.0.0.1.example', false],
  ['fe80::1', false],
  [undefined, false],
])('%s is this machine: %s', (address, isOurs) => {
  expect(isLoopback(address)).toBe(isOurs)
})

test('no page runs a script of others, is framed or loads anything from elsewhere', async () => {
  const answer = await web.get('/r/999016')
  const policy = answer.headers.get('content-security-policy')!
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self';")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toContain('unsafe')
  expect(answer.headers.get('x-powered-by')).toBeNull()
  const page = await answer.text()
  expect(page).not.toMatch(/\sstyle="|\son\w+="/)
  expect(page.match(/<script[^>]*>[^<]*/g)).toEqual(['<script src="/script/form.js" defer>'])
  expect((await web.get('/script/form.js')).headers.get('content-type')).toContain('javascript')
  const styles = [...page.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)]
  expect(styles).not.toEqual([])
  for (const [, href] of styles) {
    expect((await web.get(href!)).headers.get('content-type')).toContain('text/css')
  }
  expect(await (await web.get('/style/accent/999016.css')).text()).toContain('#00522e')
  expect((await web.get('/style/accent/999024.css')).status).toBe(404)
})

test('a form that is far too large is refused in Japanese', async () => {
  const answer = await web.post('/r/999016', { mail: 'x'.repeat(20_000) })
  expect(answer.status).toBe(413)
  const page = await answer.text()
  expect(page).toContain('入力が長すぎます')
  expect(page).toContain('まだ何も保存されていません')
})

test('a failure shows a page in Japanese and logs no address', async () => {
  const link = new URL(
    web.links.lineRegistrationUrl(
      { lineAccount: 'L1', provider: HANAKO.account, userId: `U${'b2'.repeat(16)}` },
      { municipality: '999016' },
    ),
  )
  await web.db.command({ collMod: 'confirmations', validator: { never: 1 } })
  const answer = await web.post('/r/999016', {
    screen: 'confirm',
    consent: 'yes',
    line: link.searchParams.get('line')!,
    anchor: 'dueDate',
    year: '2027',
    month: '3',
    day: '13',
    relation: 'father',
  })
  await web.db.command({ collMod: 'confirmations', validator: {} })
  expect(answer.status).toBe(500)
  expect(await answer.text()).toContain('いま、うまく動いていません')
  const logged = JSON.stringify(web.logged)
  expect(logged).toContain('request failed')
  expect(logged).not.toMatch(/b2b2|2027|line=|validation/)
})

test('of an error only its name, code and place are logged', () => {
  const failure = failureOf(Object.assign(new Error('550 taro@example.jp'), { code: 'EENVELOPE' }))
  expect(failure).toMatchObject({ error: 'Error', code: 'EENVELOPE' })
  expect(JSON.stringify(failure)).not.toContain('taro')
})

test('templates escape every value that is not HTML already', () => {
  const shown = html`<p title="${'"&'}">${"<b>'"} ${html`<i>${0}</i>`} ${[false, null, 'x']}</p>`
  expect(String(shown)).toBe('<p title="&quot;&amp;">&lt;b&gt;&#39; <i>0</i> x</p>')
})
