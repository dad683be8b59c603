// The web side with the real channels against the sandbox, as `npm start` puts them together.
import { afterAll, beforeAll, expect, test } from '@jest/globals'

import { simpleParser } from 'mailparser'

import { createLineChannel } from '../../../worker/channel/line'
import { createMailChannel } from '../../../worker/channel/mail'
import { createPace } from '../../../worker/channel/pace'
import type { Sandbox } from '../../../worker/sandbox/sandbox'
import { MINATO, testSandbox } from '../sandbox/testSandbox'
import { TARO } from '../readers/openStore'
import { ACCOUNT, openWeb, TOWNS } from './openWeb'

let web: Awaited<ReturnType<typeof openWeb>>
let sandbox: Sandbox
let stopMail: () => Promise<void>

beforeAll(async () => {
  const { channelId, channelSecret, provider } = MINATO
  const account = { ...ACCOUNT, channelId, channelSecret, provider }
  web = await openWeb({ account, towns: TOWNS.filter(({ code }) => code !== '999024') })
  const now = () => web.clock.now
  const webhookUrl = `${web.url}/line/${channelId}`
  sandbox = await testSandbox({ now, channels: [{ ...MINATO, webhookUrl }] })
  const clock = { now: () => 0, sleep: async () => undefined }
  const pace = createPace({ clock, perSecond: Infinity })
  const line = createLineChannel({ baseUrl: sandbox.url, pace, now })
  const mail = createMailChannel({ smtpUrl: sandbox.smtpUrl, now, maxConnections: 1 })
  web.state.channels = { line, mail }
  stopMail = () => mail.close()
})
afterAll(async () => {
  await stopMail()
  await sandbox.stop()
  await web.close()
})

test('becoming a friend brings the link, and a button in the conversation registers', async () => {
  const replied = nextReply()
  const { userId } = await sandbox.line.befriend(MINATO.channelId, 'さくら')
  await replied
  const inbox = await (await fetch(`${sandbox.url}/?line=${userId}`)).text()
  const href = /href="(https:\/\/kizuna\.example\/r\/[^"]+)"/.exec(inbox)![1]!
  const link = new URL(href.replaceAll('&amp;', '&'))
  const line = link.searchParams.get('line')!
  const answer = await web.post(link.pathname, {
    screen: 'confirm',
    consent: 'yes',
    line,
    anchor: 'birthDate',
    year: '2026',
    month: '10',
    day: '9',
    relation: 'mother',
  })
  expect(answer.headers.get('location')).toMatch(/asked$/)
  const asked = await (await fetch(`${sandbox.url}/?line=${userId}`)).text()
  const data = /name="data" value="(kizuna:register:[^"]+)"/.exec(asked)![1]!
  const done = nextReply()
  const channel = MINATO.channelId
  await fetch(`${sandbox.url}/inbox/press`, {
    method: 'POST',
    body: new URLSearchParams({ channel, user: userId, data, label: '登録する' }),
    redirect: 'manual',
  })
  await done
  expect(await (await fetch(`${sandbox.url}/?line=${userId}`)).text()).toContain('登録しました。')
  const account = MINATO.provider
  const readers = await web.readers.findByIdentity({ channel: 'line', account, address: userId })
  expect(readers).toMatchObject([{ relation: 'mother', status: 'active' }])
})

function nextReply(): Promise<void> {
  return new Promise((resolve) => {
    web.state.replied = resolve
  })
}

test.each(['group', 'room'] as const)(
  'a %s is left as soon as the account is put into it, and nobody in it is answered',
  async (kind) => {
    const { userId } = await sandbox.line.befriend(MINATO.channelId, 'さくら')
    const left = new Promise<void>((resolve) => {
      web.state.left = resolve
    })
    const talk = await sandbox.line.putInto(MINATO.channelId, kind)
    await left
    expect(sandbox.line.isIn(MINATO.channelId, talk)).toBe(false)
    await sandbox.line.sayIn(talk, { channelId: MINATO.channelId, userId, text: '登録の内容' })
    expect(sandbox.line.accepted().filter(({ to }) => to.includes(talk.id))).toEqual([])
  },
)

test('a confirmation mail passes a real SMTP server and its link confirms', async () => {
  const answer = await web.post('/r/999032', {
    screen: 'confirm',
    consent: 'yes',
    mail: TARO.address,
    anchor: 'dueDate',
    year: '2027',
    month: '3',
    day: '13',
    relation: 'father',
  })
  expect(answer.headers.get('location')).toMatch(/\/sent\?d=/)
  const [mail] = sandbox.mail.accepted
  const { text = '', from } = await simpleParser(sandbox.mail.rawOf(mail!))
  expect(from?.text).toContain('みなと町 子育て便り')
  const path = /https:\/\/kizuna\.example(\/confirm\/[\w-]+)/.exec(text)![1]!
  expect(await (await web.get(path)).text()).toContain('登録を完了する')
  expect((await web.post(path)).status).toBe(303)
  expect(await web.readers.findByIdentity(TARO)).toHaveLength(1)
})
