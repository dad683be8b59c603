import { afterEach, beforeEach, expect, test } from '@jest/globals'

import { pictureCard } from '../../../src/release/lineParts'
import type { LineMessage } from '../../../src/release/lineMessage'
import { quietRow } from '../../../src/release/quietRow'
import { createLineChannel } from '../../../worker/channel/line'
import { createMailChannel } from '../../../worker/channel/mail'
import { createPace } from '../../../worker/channel/pace'
import { SANDBOX_BANNER } from '../../../worker/sandbox/inboxPage'
import type { Sandbox } from '../../../worker/sandbox/sandbox'
import { MINATO, testSandbox, userId } from './testSandbox'

let at = Date.parse('2026-11-23T07:00:00+09:00')
const now = () => new Date(at)
let sandbox: Sandbox
beforeEach(async () => {
  at = Date.parse('2026-11-23T07:00:00+09:00')
  sandbox = await testSandbox({ now })
})
afterEach(() => sandbox.stop())

const page = async (path: string) => (await fetch(sandbox.url + path)).text()

const sendLine = (to: string, text: string) => sendMessage(to, { type: 'text', text })

async function sendMessage(to: string, message: LineMessage) {
  const clock = { now: () => 0, sleep: async () => undefined }
  const pace = createPace({ clock, perSecond: Infinity })
  const channel = createLineChannel({ baseUrl: sandbox.url, pace, now })
  const retryKey = crypto.randomUUID()
  await channel.send({ account: MINATO, to: [to], messages: [message], retryKey })
}

async function sendMail(to: string, html: string) {
  const channel = createMailChannel({ smtpUrl: sandbox.smtpUrl, now, maxConnections: 1 })
  const from = { name: 'みなと町', address: 'tayori@minato.example' }
  await channel.sendOne({ id: to, to, from, subject: 'お便り<b>', text: 'こんにちは', html })
  await channel.close()
}

test('an empty inbox says so, and that it is for practice', async () => {
  const html = await page('/')
  expect(html).toContain(SANDBOX_BANNER)
  expect(html).toContain('まだ何も届いていません')
  expect(html).toContain('友だちになる')
})

test('it says that a practice clock is on, and nothing of it otherwise', async () => {
  const sentence = '練習用の時計で動いています。いまは 2026年11月23日(月)'
  expect(await page('/')).not.toContain('練習用の時計')
  const other = await testSandbox({ now, isPracticeClock: true })
  expect(await (await fetch(other.url)).text()).toContain(sentence)
  await other.stop()
})

test('a conversation shows the picture of a text, also from pages on this machine', async () => {
  const picture = {
    hash: 'a'.repeat(64),
    type: 'png',
    width: 10,
    height: 6,
    alt: '丸い顔',
  } as const
  for (const beginning of ['https://minato.example/p/', 'http://localhost:21001/p/']) {
    const { bubble: contents, name: altText } = pictureCard(picture, beginning)
    await sendMessage(userId('a'), { type: 'flex', altText, contents })
    expect(await page(`/?line=${userId('a')}`)).toContain(`src="${beginning}${picture.hash}.png"`)
  }
  const { headers } = await fetch(sandbox.url)
  expect(headers.get('content-security-policy')).toContain(
    "img-src 'self' https: http://localhost:* ",
  )
})

test('a conversation shows the texts of its day, escaped, with addresses as links', async () => {
  await sendLine(userId('a'), 'きのうの<script>お便り')
  at += 24 * 60 * 60 * 1000
  await sendLine(userId('a'), 'くわしくは https://minato.example/a?b=1。')
  const all = await page(`/?line=${userId('a')}`)
  expect(all).toContain('きのうの&lt;script&gt;お便り')
  expect(all).toContain('href="https://minato.example/a?b=1"')
  const today = await page(`/?line=${userId('a')}&date=2026-11-24`)
  expect(today.split('<div class="talk"')[1]).not.toContain('きのうの')
})

test('readers are found by name, id and address', async () => {
  const friend = await sandbox.line.befriend(MINATO.channelId, 'さくら')
  await sendLine(friend.userId, 'おはよう')
  await sendMail('aoi@mail.example', '<p>こんにちは</p>')
  expect(await page('/?q=さくら')).toContain(friend.userId)
  expect(await page('/?q=aoi@')).toContain('mail=aoi%40mail.example')
  expect(await page('/?q=nobody')).toContain('見つかりませんでした')
})

test('what a blocked account sent is not shown', async () => {
  const { userId: id } = await sandbox.line.befriend(MINATO.channelId, 'さくら')
  await sandbox.line.block(MINATO.channelId, id)
  await sendLine(id, '見えないお便り')
  const html = await page(`/?line=${id}`)
  expect(html).not.toContain('見えないお便り')
  expect(html).toContain('ブロックを解除する')
})

test('a mail is shown in a frame that runs no script', async () => {
  await sendMail('aoi@mail.example', '<p>こんにちは</p><script>alert(1)</script>')
  const html = await page('/?mail=aoi@mail.example')
  expect(html).toContain('お便り&lt;b&gt;')
  expect(html).toMatch(/<iframe [^>]*sandbox="allow-popups allow-popups-to-escape-sandbox"/)
  const frame = await fetch(`${sandbox.url}/inbox/mail/0`)
  expect(frame.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(frame.headers.get('content-security-policy')).toContain('sandbox allow-popups')
  expect(await frame.text()).toContain('<p>こんにちは</p>')
})

test('becoming a friend and blocking work without JavaScript', async () => {
  const post = (path: string, form: Record<string, string>) =>
    fetch(sandbox.url + path, {
      method: 'POST',
      body: new URLSearchParams(form),
      redirect: 'manual',
    })
  const made = await post('/inbox/befriend', { channel: MINATO.channelId, name: 'れん' })
  const location = made.headers.get('location') ?? ''
  expect(location).toMatch(/^\/\?line=U[0-9a-f]{32}$/)
  const user = location.slice('/?line='.length)
  await post('/inbox/block', { channel: MINATO.channelId, user })
  expect(sandbox.line.state.isBlocked(MINATO.channelId, user)).toBe(true)
})

test('a talk has a field to write in, so that what texts tell readers to send can be practised', async () => {
  const { userId: user } = await sandbox.line.befriend(MINATO.channelId, 'れん')
  const field = () =>
    page(`/?line=${user}`).then((html) => /action="\/inbox\/say".*name="text"/.test(html))
  expect(await field()).toBe(true)
  const say = (text: string) =>
    fetch(`${sandbox.url}/inbox/say`, {
      method: 'POST',
      body: new URLSearchParams({ channel: MINATO.channelId, user, text }),
      redirect: 'manual',
    })
  await say('配信を止める')
  await say(' \u3000')
  expect(sandbox.line.state.said.map(({ text }) => text)).toEqual(['配信を止める'])
  expect(await page(`/?line=${user}`)).toContain('配信を止める')
  await sandbox.line.block(MINATO.channelId, user)
  expect(await field()).toBe(false)
})

test('another site’s page can do nothing', async () => {
  const headers = { 'sec-fetch-site': 'cross-site' }
  const body = new URLSearchParams({ channel: MINATO.channelId })
  const post = (path: string) => fetch(sandbox.url + path, { method: 'POST', headers, body })
  expect((await post('/inbox/befriend')).status).toBe(403)
  expect((await post('/sandbox/faults')).status).toBe(403)
  expect(sandbox.line.state.friends.size).toBe(0)
})

test('a page that begins to listen looks again: something may have arrived since it was drawn', async () => {
  const response = await fetch(`${sandbox.url}/inbox/events`)
  const reader = response.body!.getReader()
  const { value } = await reader.read()
  expect(new TextDecoder().decode(value)).toContain('data: change\n\n')
  await reader.cancel()
})

test('an open page hears that something arrived', async () => {
  const response = await fetch(`${sandbox.url}/inbox/events`)
  const reader = response.body!.getReader()
  await reader.read()
  await sendLine(userId('a'), 'おはよう')
  const { value } = await reader.read()
  expect(new TextDecoder().decode(value)).toBe('data: change\n\n')
  await reader.cancel()
})

test('a button in a card tells the account that it was pressed, and is said in the talk', async () => {
  const { userId: id } = await sandbox.line.befriend(MINATO.channelId, 'さくら')
  const clock = { now: () => 0, sleep: async () => undefined }
  const pace = createPace({ clock, perSecond: Infinity })
  const channel = createLineChannel({ baseUrl: sandbox.url, pace, now })
  const messages = [quietRow({ contactUrl: 'https://minato.example/contact', changeUrl: null })]
  await channel.send({ account: MINATO, to: [id], messages, retryKey: crypto.randomUUID() })
  const html = await page(`/?line=${id}`)
  expect(html).toContain('href="https://minato.example/contact"')
  const form =
    /<form method="post" action="\/inbox\/press"[^>]*>(.*?)<\/form>/.exec(html)?.[1] ?? ''
  const values = [...form.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [
    name!,
    value!,
  ])
  expect(Object.fromEntries(values)).toEqual({
    channel: MINATO.channelId,
    user: id,
    data: 'kizuna:change',
    label: '変更・停止',
  })
  await fetch(`${sandbox.url}/inbox/press`, {
    method: 'POST',
    body: new URLSearchParams(values),
    redirect: 'manual',
  })
  expect(sandbox.line.state.said.at(-1)).toMatchObject({ userId: id, text: '変更・停止' })
})
