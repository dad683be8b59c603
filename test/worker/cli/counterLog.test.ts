import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, expect, test } from '@jest/globals'

import { generateKeyRing } from '../../../src/secret/seal'
import { openDeliveryHalf, type DeliveryHalf } from '../../../worker/app/deliveryHalf'
import { testDatabaseUrl } from '../../database'
import { childTexts, settings, TOWN } from '../../src/plan/town'
import { hold, mailUser, register } from '../app/openWorker'
import { runIn } from './io'

const OTHER = '999032'
const NOWHERE = 'http://127.0.0.1:9'
const NOW = new Date('2026-10-06T12:00:00+09:00')

let clock = NOW
const now = () => clock
let delivery: DeliveryHalf
let folder: string
let env: Record<string, string>
let reader: { readerId: string; childId: string }

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kizuna-counter-log-'))
  const [databaseUrl, keys, cmsApiKey] = [testDatabaseUrl(), generateKeyRing(), 'k'.repeat(24)]
  const smtpUrl = 'smtp://127.0.0.1:9'
  const publicUrl = 'https://web.example'
  env = {
    DATABASE_URL: testDatabaseUrl(),
    DELIVERY_DATABASE_URL: databaseUrl,
    CMS_URL: NOWHERE,
    CMS_API_KEY: cmsApiKey,
    KIZUNA_KEYS: keys,
    KIZUNA_DATA_DIR: folder,
    LINE_API_URL: NOWHERE,
    SMTP_URL: smtpUrl,
    PAYLOAD_SECRET: 's'.repeat(32),
    PUBLIC_URL: publicUrl,
  }
  const cms = { cmsApiKey, cmsUrl: NOWHERE, lineApiUrl: NOWHERE }
  delivery = await openDeliveryHalf({ databaseUrl, keys, ...cms, now, smtpUrl, publicUrl })
  await hold(delivery, childTexts(), [settings(), settings({ code: OTHER })])
  reader = await register(delivery, { address: mailUser(1), child: { birthDate: '2026-09-01' } })
  await atCounter('2026-08-20T10:00:00+09:00', { by: 'sato', municipality: TOWN })
  const desk = await atCounter('2026-09-30T23:50:00+09:00', { by: 'machi', municipality: TOWN })
  clock = new Date('2026-09-30T23:51:00+09:00')
  await delivery.readers.counter.find(desk, { mail: mailUser(1).address })
  clock = new Date('2026-09-30T23:52:00+09:00')
  const of = { reader: reader.readerId, child: reader.childId }
  await delivery.readers.counter.note(desk, { act: 'change', ...of, detail: 'birthDate' })
  const other = await atCounter('2026-10-01T00:10:00+09:00', { by: 'mori', municipality: OTHER })
  clock = new Date('2026-10-01T00:11:00+09:00')
  const { address: mail } = mailUser(7)
  await delivery.readers.counter.note(other, { act: 'register', mail, detail: '窓口で口頭' })
  clock = NOW
})

afterAll(async () => {
  await delivery.db.dropDatabase()
  await delivery.close()
  await rm(folder, { recursive: true })
})

/** Somebody opens the counter at an instant. */
async function atCounter(at: string, who: { by: string; municipality: string }) {
  clock = new Date(at)
  const expiresAt = new Date(clock.getTime() + 60_000)
  const entrance = { ...who, key: `key of ${at}`, browser: 'browser', expiresAt }
  const entered = await delivery.readers.counter.enter(entrance)
  return (await delivery.readers.counter.visitOf(entered!.cookie))!
}

const log = (...args: string[]) => runIn({ env, now }, ['counter-log', ...args])

test('it tells who did what to whom, oldest first, and no address, name or date of anybody', async () => {
  const { code, out, err } = await log()
  expect({ code, err }).toEqual({ code: 0, err: [] })
  const table = out.map((line) => line.split(/ {2,}/))
  expect(out[0]).toBe('2026-09-06(日) から 2026-10-06(火) まで、5 件')
  expect(table[1]).toEqual(['日時', '自治体', '職員', 'したこと', '内容', '読者', '子'])
  expect(table.slice(3, -1).map(([, town, by, act, detail]) => [town, by, act, detail])).toEqual([
    [TOWN, 'machi', '窓口をひらいた', '-'],
    [TOWN, 'machi', '読者をさがした(見つかった)', '-'],
    [TOWN, 'machi', '登録を変えた', '誕生日'],
    [OTHER, 'mori', '窓口をひらいた', '-'],
    [OTHER, 'mori', '登録の手続きをした', '窓口で口頭'],
  ])
  expect(table[5]?.slice(5)).toEqual([reader.readerId, reader.childId])
  expect(table[3]?.[0]).toBe('2026年9月30日(水) 23:50')
  const shown = [...out, ...(await log('--json')).out].join('\n')
  expect(shown).not.toMatch(/example|2026-09-01|index|removeAt/)
})

test('a town and a period are chosen, both days included', async () => {
  const town = (await log('--municipality', OTHER, '--json')).json()
  expect(town.map(({ by, act }: { by: string; act: string }) => [by, act])).toEqual([
    ['mori', 'enter'],
    ['mori', 'register'],
  ])
  const day = (await log('--from', '2026-09-30', '--to', '2026-09-30', '--json')).json()
  expect(day).toHaveLength(3)
  const none = await log('--municipality', OTHER, '--from', '2026-08-01', '--to', '2026-09-30')
  expect(none.out).toEqual([
    '2026-08-01(土) から 2026-09-30(水) まで、窓口の記録はありません。記録は 400 日で消えます。',
  ])
})

test('by month it counts, by the days of Japan', async () => {
  const counts = (await log('--from', '2026-08-01', '--monthly', '--json')).json()
  expect(counts).toMatchObject([
    { month: '2026-08', municipality: TOWN, enter: 1, find: 0 },
    { month: '2026-09', municipality: TOWN, enter: 1, find: 1, change: 1 },
    { month: '2026-10', municipality: OTHER, enter: 1, register: 1, stop: 0 },
  ])
  expect((await log('--monthly')).out.join('\n')).not.toMatch(/machi|mori/)
})

test.each([[['--from', '2026-10-02', '--to', '2026-10-01']], [['--municipality', '000000']]])(
  '%j is told in one line, exit 2',
  async (args) => {
    const { code, err } = await log(...args)
    expect(code).toBe(2)
    expect(err).toHaveLength(1)
  },
)
