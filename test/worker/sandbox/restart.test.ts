import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from '@jest/globals'

import { createLineChannel } from '../../../worker/channel/line'
import { lineMenu } from '../../../worker/channel/lineMenu'
import { createMailChannel } from '../../../worker/channel/mail'
import { createPace } from '../../../worker/channel/pace'
import type { Sandbox } from '../../../worker/sandbox/sandbox'
import { MINATO, testSandbox, userId } from './testSandbox'

const KEY = '123e4567-e89b-12d3-a456-426614174000'
const now = () => new Date('2026-11-23T07:00:00+09:00')
const pace = createPace({
  clock: { now: () => 0, sleep: async () => undefined },
  perSecond: Infinity,
})

let folder: string
let sandbox: Sandbox
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kizuna-sandbox-'))
  sandbox = await testSandbox({ folder, now })
})
afterEach(async () => {
  await sandbox.stop()
  await rm(folder, { recursive: true })
})

async function sendLine() {
  const channel = createLineChannel({ baseUrl: sandbox.url, pace, now })
  const messages = [{ type: 'text', text: 'おはようございます' }]
  const batch = { account: MINATO, to: [userId('a')], messages, retryKey: KEY }
  return (await channel.send(batch)).receipts.get(userId('a'))
}

async function sendMail(id: string) {
  const channel = createMailChannel({ smtpUrl: sandbox.smtpUrl, now, maxConnections: 1 })
  const receipt = await channel.sendOne({
    id,
    to: 'aoi@mail.example',
    subject: '確認',
    text: 'こんにちは',
    from: { name: 'みなと町', address: 'tayori@minato.example' },
  })
  await channel.close()
  return receipt
}

async function restart() {
  await sandbox.stop()
  sandbox = await testSandbox({ folder, now, channels: [] })
}

test('starting again loses nothing: accounts, friends, blocks, messages, keys, mails', async () => {
  const friend = await sandbox.line.befriend(MINATO.channelId, 'さくら')
  await sandbox.line.block(MINATO.channelId, friend.userId)
  expect(await sendLine()).toMatchObject({ status: 'accepted' })
  expect(await sendMail('m1')).toMatchObject({ status: 'accepted' })
  const before = { line: [...sandbox.line.accepted()], mail: [...sandbox.mail.accepted] }
  const raw = sandbox.mail.rawOf(sandbox.mail.accepted[0]!)

  await restart()
  expect(sandbox.line.accepted()).toEqual(before.line)
  expect(sandbox.mail.accepted).toEqual(before.mail)
  expect(sandbox.mail.rawOf(sandbox.mail.accepted[0]!)).toEqual(raw)
  expect(sandbox.line.state.channels.get(MINATO.channelId)).toEqual(MINATO)
  expect(sandbox.line.state.isBlocked(MINATO.channelId, friend.userId)).toBe(true)
  expect(sandbox.line.messagesOf(sandbox.line.accepted()[0]!)).toEqual([
    { type: 'text', text: 'おはようございます' },
  ])

  expect(await sendLine()).toMatchObject({ status: 'accepted' })
  expect(sandbox.line.accepted()).toHaveLength(1)
  await sendMail('m2')
  expect(sandbox.mail.accepted).toHaveLength(2)
})

test('a menu is there again, with its picture, where it was', async () => {
  const { channelId } = MINATO
  const menu = { ...lineMenu(null), name: 'メニュー' }
  const of = { channelId, richMenuId: 'richmenu-1' }
  sandbox.line.state.record({ type: 'menu', ...of, menu })
  sandbox.line.state.record({ type: 'menuPicture', ...of, mime: 'image/png', data: 'AA==' })
  sandbox.line.state.record({ type: 'menuShown', ...of })
  const before = sandbox.line.state.menus.shown(channelId)
  expect(before).toMatchObject({ menu, picture: { data: 'AA==' } })
  await restart()
  expect(sandbox.line.state.menus.shown(channelId)).toEqual(before)
})

test('a line that a crash cut in two is dropped, and writing goes on after the last whole one', async () => {
  await sendLine()
  await sandbox.stop()
  await appendFile(join(folder, 'line.ndjson'), '{"type":"acce')
  sandbox = await testSandbox({ folder, now })
  expect(sandbox.line.accepted()).toHaveLength(1)
  await sandbox.line.befriend(MINATO.channelId, 'れん')
  const lines = (await readFile(join(folder, 'line.ndjson'), 'utf8')).trim().split('\n')
  expect(() => lines.map((line) => JSON.parse(line) as unknown)).not.toThrow()
})
