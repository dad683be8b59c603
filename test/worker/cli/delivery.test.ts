import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { MongoClient } from 'mongodb'
import { afterEach, beforeEach, expect, test } from '@jest/globals'

import { addDays } from '../../../src/stage/day'
import { generateKeyRing, parseKeyRing } from '../../../src/secret/seal'
import { createReaderStore } from '../../../worker/readers/store'
import { createSandbox, type Sandbox } from '../../../worker/sandbox/sandbox'
import { testDatabaseUrl } from '../../database'
import { startFakeCms } from '../content/fakeCms'
import { childTexts, TODAY, TOWN } from '../../src/plan/town'
import { LINE, received } from '../app/openWorker'
import { runIn } from './io'

let sandbox: Sandbox
let cms: Awaited<ReturnType<typeof startFakeCms>>
let folder: string
let env: Record<string, string>
let now = new Date('2026-10-06T22:00:00+09:00')

beforeEach(async () => {
  now = new Date('2026-10-06T22:00:00+09:00')
  folder = await mkdtemp(join(tmpdir(), 'kizuna-cli-'))
  sandbox = await createSandbox({
    port: 0,
    smtpPort: 0,
    now: () => now,
    perSecond: null,
    channels: [{ ...LINE, name: 'みなと町', webhookUrl: null }],
  })
  cms = await startFakeCms(childTexts())
  env = {
    DATABASE_URL: testDatabaseUrl(),
    DELIVERY_DATABASE_URL: testDatabaseUrl(),
    CMS_URL: cms.url,
    CMS_API_KEY: 'k'.repeat(24),
    KIZUNA_KEYS: generateKeyRing(),
    LINE_API_URL: sandbox.url,
    SMTP_URL: sandbox.smtpUrl,
    KIZUNA_DATA_DIR: folder,
    PAYLOAD_SECRET: 's'.repeat(32),
    PUBLIC_URL: 'https://web.example',
  }
})

afterEach(async () => {
  await sandbox.stop()
  await cms.stop()
  const client = await new MongoClient(env.DELIVERY_DATABASE_URL!).connect()
  await client.db().dropDatabase()
  await client.close()
  await rm(folder, { recursive: true })
})

const kizuna = (...args: string[]) => runIn({ env, now: () => now }, args)

const HEADER =
  'municipality,channel,address,anchor,date,edition,relation,area,source,consentedAt,consentVersion'

async function importReaders(count: number) {
  const rows = Array.from({ length: count }, (_, at) => {
    const isLine = at % 2 === 0
    const address = isLine ? `U${at.toString(16).padStart(32, '0')}` : `r${at}@family.example`
    const [channel, date] = [isLine ? 'line' : 'mail', addDays(TODAY, -45)]
    return `${TOWN},${channel},${address},birthDate,${date},standard,mother,,,2026-09-01T00:00:00Z,2026-12`
  })
  const path = join(folder, 'readers.csv')
  await writeFile(path, [HEADER, ...rows].join('\n'))
  return kizuna('import', 'readers', path, '--consent-basis', '紙の申込書', '--json')
}

test('import, plan, deliver, verify and export tell one story', async () => {
  expect((await importReaders(6)).json()).toMatchObject({
    status: 'imported',
    rows: 6,
    counts: { readersAdded: 6, childrenAdded: 6 },
  })

  const plan = await kizuna('plan', '--date', TODAY, '--json')
  expect(plan.code).toBe(0)
  expect(plan.json()).toMatchObject({
    date: TODAY,
    candidates: 6,
    deliveries: 6,
    exclusions: {},
    groups: 2,
    calls: 4,
    municipalities: [{ municipality: TOWN, candidates: 6 }],
  })
  expect(received(sandbox).size).toBe(0)

  expect((await kizuna('verify', '--date', TODAY)).code).toBe(1) // due, and no run yet

  const first = await kizuna('deliver', '--date', TODAY, '--json')
  expect(first.json()).toMatchObject({ sent: 6, deliveries: 6, statuses: { accepted: 6 } })
  expect(first.code).toBe(0)
  const copies = received(sandbox)
  expect([...copies.values()]).toEqual([1, 1, 1, 1, 1, 1])

  const second = await kizuna('deliver', '--date', TODAY, '--municipality', TOWN, '--json')
  expect(second.json()).toMatchObject({ sent: 0, deliveries: 6, statuses: { accepted: 6 } })
  expect(received(sandbox)).toEqual(copies)

  const verify = await kizuna('verify', '--date', TODAY, '--json')
  expect(verify.json()).toMatchObject({ isAgreed: true, expected: 6, statuses: { accepted: 6 } })
  expect(verify.code).toBe(0)

  const ledger = (await kizuna('export', 'ledger', '--date', TODAY)).out.map((line) =>
    JSON.parse(line),
  )
  expect(ledger).toHaveLength(6)
  expect(ledger[0]).toMatchObject({
    municipality: TOWN,
    slot: 'day45',
    status: 'accepted',
    reader: expect.any(String),
    child: expect.any(String),
    channel: expect.any(String),
  })
  expect((await kizuna('export', 'releases')).out).toHaveLength(101)

  const explained = await kizuna('explain', '--reader', ledger[0].reader, '--date', TODAY, '--json')
  expect(explained.json()).toMatchObject([{ slot: 'day45', status: 'accepted', stage: '生後45日' }])
  const tomorrow = addDays(TODAY, 1)
  const later = await kizuna('explain', '--reader', ledger[0].reader, '--date', tomorrow)
  expect(later.out[1]).toContain('生後46日の文: 配信する')
})

test.each([-1, 1])('deliver sends no other day than today (%i), plan shows any', async (days) => {
  await importReaders(2)
  const other = addDays(TODAY, days)
  const refused = await kizuna('deliver', '--date', other)
  expect(refused).toMatchObject({ code: 2, out: [] })
  expect(refused.err).toEqual([expect.stringContaining(`今日(${TODAY})の文だけ`)])
  expect(received(sandbox).size).toBe(0)
  expect((await kizuna('plan', '--date', other)).code).toBe(0)
  expect((await kizuna('deliver', '--json')).json()).toMatchObject({
    date: TODAY,
    statuses: { accepted: 2 },
  })
})

test('a deliver that midnight overtakes refuses the day that is over', async () => {
  await importReaders(2)
  const before = new Date('2026-10-06T23:59:59+09:00')
  const asked = [before, new Date('2026-10-07T00:00:00+09:00')]
  const late = () => asked.shift() ?? new Date('2026-10-07T00:00:01+09:00')
  const { code, err } = await runIn({ env, now: late }, ['deliver', '--date', TODAY])
  expect(code).toBe(2)
  expect(err.at(-1)).toContain('今日(2026-10-07)の文だけ')
  expect(received(sandbox).size).toBe(0)
})

test('a text that waits for its reader’s hour is no failure: it is told, and left to the worker', async () => {
  now = new Date(`${TODAY}T10:00:00+09:00`)
  cms.state.own = { hours: ['18-00'] }
  await importReaders(2)
  const client = await new MongoClient(env.DELIVERY_DATABASE_URL!).connect()
  const db = client.db()
  const { _id } = (await db.collection<{ _id: string }>('readers').findOne())!
  const readers = createReaderStore({ db, ring: parseKeyRing(env.KIZUNA_KEYS!), now: () => now })
  await readers.changeWishes({ readerId: _id, wishes: { hour: '18:00' } })
  await client.close()
  const delivered = await kizuna('deliver', '--json')
  expect(delivered.json()).toMatchObject({
    sent: 1,
    municipalities: [{ state: 'sending', later: 1, nextHour: '18:00', isOnlyLater: true }],
  })
  expect(delivered.code).toBe(0)
  const again = await kizuna('deliver')
  expect(again).toMatchObject({ code: 0, err: [] })
  expect(again.out.join('\n')).toContain(
    '読者が選んだ時刻のもの 1 件は、その時刻(いちばん早いもので 18:00)',
  )
})

test('the Japanese words of each command are for people', async () => {
  await importReaders(2)
  expect((await kizuna('plan', '--date', TODAY)).out.join('\n')).toContain('送っていません')
  const delivered = (await kizuna('deliver', '--date', TODAY)).out.join('\n')
  expect(delivered).toContain('受付済み')
  expect((await kizuna('verify', '--date', TODAY)).out.join('\n')).toContain('台帳と合っています')
})

test('a CMS that does not answer does not stop what is held', async () => {
  await importReaders(2)
  cms.state.isDown = true
  const delivered = await kizuna('deliver', '--date', TODAY, '--json')
  expect(delivered.json()).toMatchObject({ statuses: { accepted: 2 } })
  expect(delivered.err.join('\n')).toContain('前に受け取った')
})

test('without anything ever synced it is an error with a sentence', async () => {
  cms.state.isDown = true
  const { code, err } = await kizuna('plan', '--date', TODAY)
  expect(code).toBe(1)
  expect(err.join('\n')).toContain('CMS が 503 を返しました')
})

test.each([
  [['plan']],
  [['plan', '--date', '2026-02-30']],
  [['deliver', '--date', TODAY, '--municipality', '999999']],
  [['deliver', TODAY]],
  [['explain', '--date', TODAY]],
  [['verify']],
  [['verify', '--date', '2099-01-01']],
  [['import', 'cats', 'file.csv']],
  [['import', 'readers']],
  [['export', 'everything']],
  [['export', 'ledger']],
])('%s is told in one line, exit 2', async (args) => {
  const { code, err } = await kizuna(...args)
  expect(code).toBe(2)
  expect(err).toHaveLength(1)
  expect(err[0]).not.toContain('\n')
})

test('a dry run says that new readers would be told nothing of who sends from now on', async () => {
  const path = join(folder, 'readers.csv')
  const row = `${TOWN},mail,a@family.example,birthDate,2026-09-01,standard,mother,,,2026-09-01T00:00:00Z,2026-12`
  await writeFile(path, [HEADER, row].join('\n'))
  const asked = ['import', 'readers', path, '--consent-basis', '紙', '--dry-run']
  const { code, err, out } = await kizuna(...asked)
  expect(code).toBe(0)
  expect(err.join('\n')).toMatch(/新しい読者 1 人に送る「引き継ぎのお知らせ」がありません/)
  expect(out.join('\n')).toContain('1 行に誤りはありません')
})

test('a wrong row is told with its line number and nothing is imported', async () => {
  const path = join(folder, 'readers.csv')
  const good = `${TOWN},mail,a@family.example,birthDate,2026-09-01,standard,mother,,,2026-09-01T00:00:00Z,1`
  await writeFile(path, [HEADER, good, good.replace('2026-09-01', '2026-13-01')].join('\n'))
  const { code, err } = await kizuna('import', 'readers', path, '--consent-basis', '紙')
  expect(code).toBe(1)
  expect(err.join('\n')).toContain('3 行目')
  expect((await kizuna('plan', '--date', TODAY, '--json')).json()).toMatchObject({ candidates: 0 })
})
