import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from '@jest/globals'

import { addDays } from '../../../src/stage/day'
import { openDeliveryHalf, type DeliveryHalf } from '../../../worker/app/deliveryHalf'
import { ledgerCollections } from '../../../worker/ledger/collections'
import { dailyRequest } from '../../../worker/runs/due'
import { generateKeyRing } from '../../../src/secret/seal'
import { testDatabaseUrl } from '../../database'
import { childTexts, settings, TODAY } from '../../src/plan/town'
import { hold, LINE, lineUser, mailUser, register } from '../app/openWorker'
import { runIn } from './io'

const now = () => new Date('2026-10-06T12:00:00+09:00')
const NOWHERE = 'http://127.0.0.1:9'
const BIRTH = addDays(TODAY, -45)

let delivery: DeliveryHalf
let folder: string
let env: Record<string, string>

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kizuna-staff-'))
  const [databaseUrl, keys, cmsApiKey] = [testDatabaseUrl(), generateKeyRing(), 'k'.repeat(24)]
  env = {
    DATABASE_URL: testDatabaseUrl(),
    DELIVERY_DATABASE_URL: databaseUrl,
    CMS_URL: NOWHERE,
    CMS_API_KEY: cmsApiKey,
    KIZUNA_KEYS: keys,
    KIZUNA_DATA_DIR: folder,
    LINE_API_URL: NOWHERE,
    SMTP_URL: 'smtp://127.0.0.1:9',
    PAYLOAD_SECRET: 's'.repeat(32),
    PUBLIC_URL: 'https://web.example',
  }
  delivery = await openDeliveryHalf({
    databaseUrl,
    keys,
    cmsApiKey,
    cmsUrl: NOWHERE,
    lineApiUrl: NOWHERE,
    now,
    smtpUrl: 'smtp://127.0.0.1:9',
    publicUrl: 'https://web.example',
  })
  await hold(delivery, childTexts(), [settings()])
})

afterEach(async () => {
  await delivery.db.dropDatabase()
  await delivery.close()
  await rm(folder, { recursive: true })
})

const kizuna = (line: string, ...args: string[]) =>
  runIn({ env, now, readLine: async () => line }, args)

/** A mother on LINE and a father by mail who share a child; he has another one. */
async function family() {
  const mother = await register(delivery, { address: lineUser(1), child: { birthDate: BIRTH } })
  const older = { birthDate: addDays(TODAY, -900) }
  const father = await register(delivery, { address: mailUser(1), child: older })
  await delivery.readers.joinChild({ readerId: father.readerId, childId: mother.childId })
  return { mother, father }
}

test('staff find a family by what it is reached by, without seeing an address or a date', async () => {
  const { mother, father } = await family()
  const byLine = await kizuna(lineUser(1).address, 'find', '--channel', 'line')
  expect(byLine).toMatchObject({ code: 0, err: [] })
  expect(byLine.out).toEqual([
    `読者 ${mother.readerId}(みなと町): 配信中`,
    '  届いていないことがあります: LINE の友だちだという記録がない(友だちでなければ届きません)',
    `  子 ${mother.childId}(生後45日): 配信中`,
  ])
  const typed = ` ${mailUser(1).address.toUpperCase()} `
  const byMail = await kizuna(typed, 'find', '--channel', 'mail', '--json')
  expect(byMail.json()).toEqual([
    {
      reader: father.readerId,
      municipality: '999016',
      status: 'active',
      nothingSent: null,
      children: [
        { child: mother.childId, stage: '生後45日', status: 'active' },
        { child: father.childId, stage: '2歳5か月と17日', status: 'active' },
      ],
    },
  ])
  const shown = [...byLine.out, ...byMail.out].join('\n')
  expect(shown).not.toMatch(/example|U0000|2026-|2024-/i)
})

test('staff see that nothing is sent to an address, since when and why', async () => {
  const { father } = await family()
  const [identity] = (await delivery.readers.findReader(father.readerId))!.identities
  await delivery.readers.suppress({ ...identity!, reason: 'bounced' })
  const { out } = await kizuna(mailUser(1).address, 'find', '--channel', 'mail')
  expect(out[1]).toMatch(
    /届いていない.*配信停止リストの連絡先\(届かずに戻った、2026年.*から。本人がもう一度登録し.*\)/,
  )
})

test('who asks a place where nothing ever ran is told which place that is', async () => {
  const { out } = await kizuna('', 'status')
  expect(out[0]).toBe(
    '配信プログラム: まだ動いたことがありません(DELIVERY_DATABASE_URL のデータベースには記録がありません)',
  )
})

const ALREADY = 'すでに止まっています。いま新しく止めたものはありません。'

test('a child stopped on behalf of one reader is stopped for both; the sibling goes on', async () => {
  const { mother, father } = await family()
  const args = ['stop', '--reader', mother.readerId, '--child', mother.childId]
  for (const said of ['止めました。', ALREADY]) {
    expect(await kizuna('', ...args)).toMatchObject({ code: 0, out: [said], err: [] })
  }
  const found = await kizuna(mailUser(1).address, 'find', '--channel', 'mail', '--json')
  expect(found.json()).toMatchObject([
    {
      status: 'active',
      children: [
        { child: mother.childId, status: 'stopped' },
        { child: father.childId, status: 'active' },
      ],
    },
  ])
})

test('all is stopped for one reader, and not for the other', async () => {
  const { mother, father } = await family()
  const stopped = await kizuna('', 'stop', '--reader', mother.readerId, '--all', '--json')
  const all = { reader: mother.readerId, child: null, status: 'stopped' }
  expect(stopped.json()).toEqual({ ...all, wasStopped: false })
  const again = await kizuna('', 'stop', '--reader', mother.readerId, '--all')
  expect(again).toMatchObject({ code: 0, out: [ALREADY], err: [] })
  const found = await kizuna(lineUser(1).address, 'find', '--channel', 'line')
  expect(found.out[0]).toMatch(/: 停止$/)
  for (const line of found.out.slice(1)) expect(line).toMatch(/\(この読者には届きません\)$/)
  expect(await delivery.readers.findReader(mother.readerId)).toMatchObject({ status: 'stopped' })
  expect(await delivery.readers.findReader(father.readerId)).toMatchObject({ status: 'active' })
  expect(await delivery.readers.childrenOf(father.readerId)).toHaveLength(2)
})

test('one who asks by telephone is erased, after a look at what goes; the other of the family stays', async () => {
  const { mother, father } = await family()
  await kizuna('', 'stop', '--reader', mother.readerId, '--all') // weeks ago, say
  const args = ['erase', '--reader', mother.readerId]
  const looked = await kizuna('', ...args)
  expect(looked).toMatchObject({ code: 0, err: [] })
  expect(looked.out[0]).toMatch(/^消すもの: 連絡先 1 件、.*よければ --confirm を付けてください。$/)
  expect(await delivery.readers.findReader(mother.readerId)).not.toBeNull()
  const erased = await kizuna('', ...args, '--confirm')
  expect(erased.out[0]).toMatch(/^消しました: 連絡先 1 件/)
  expect(await delivery.readers.findReader(mother.readerId)).toBeNull()
  expect((await kizuna(lineUser(1).address, 'find', '--channel', 'line')).out.join()).not.toContain(
    mother.childId,
  )
  expect(await delivery.readers.childrenOf(father.readerId)).toHaveLength(2)
  expect(await kizuna('', ...args, '--confirm')).toMatchObject({ code: 1, out: [] })
  expect((await kizuna('', 'erase', '--confirm')).code).toBe(2)
})

test('who is not there is told in one line, exit 1, and nothing is stopped', async () => {
  const { mother, father } = await family()
  const wrong = [
    await kizuna('', 'stop', '--reader', 'nobody', '--all'),
    await kizuna('', 'stop', '--reader', mother.readerId, '--child', father.childId),
    await kizuna(mailUser(7).address, 'find', '--channel', 'mail'),
    await kizuna(lineUser(7).address, 'find', '--channel', 'line'),
  ]
  for (const { code, out, err } of wrong) {
    expect({ code, out }).toEqual({ code: 1, out: [] })
    expect(err).toHaveLength(1)
    expect(err[0]).not.toMatch(/example|U0000/)
  }
  expect(await delivery.readers.childrenOf(father.readerId)).toHaveLength(2)
})

test('the user id of another provider finds nobody', async () => {
  await register(delivery, {
    address: { ...lineUser(3), account: `${LINE.provider}ではない` },
    child: { birthDate: BIRTH },
  })
  expect(await kizuna(lineUser(3).address, 'find', '--channel', 'line')).toMatchObject({ code: 1 })
})

test.each([
  [['find'], ''],
  [['find', '--channel', 'fax'], 'a@family.example'],
  [['find', '--channel', 'mail'], ''],
  [['find', '--channel', 'mail'], 'hanako.example'],
  [['find', '--channel', 'line'], 'hanako@family.example'],
  [['find', '--channel', 'mail', 'hanako@family.example'], ''],
  [['stop'], ''],
  [['stop', '--reader', 'r1'], ''],
  [['stop', '--reader', 'r1', '--child', 'c1', '--all'], ''],
])('%s is refused in one line, exit 2', async (args, line) => {
  const { code, out, err } = await kizuna(line, ...args)
  expect({ code, out }).toEqual({ code: 2, out: [] })
  expect(err).toHaveLength(1)
  expect(err[0]).not.toContain('\n')
  if (line !== '') expect(err[0]).not.toContain(line)
})

test('a clerk of the night stops, sees and resumes, each with a reason that the log will have', async () => {
  const why = ['--reason', '中継サーバーを見る']
  expect(await kizuna('', 'halt', '--scope', 'all')).toMatchObject({ code: 2 })
  expect(await kizuna('', 'halt', '--scope', '999999', ...why)).toMatchObject({ code: 2 })
  expect(await kizuna('', 'halt', '--scope', '@nobody', ...why)).toMatchObject({ code: 2 })
  const stopped = await kizuna('', 'halt', '--scope', LINE.basicId, ...why)
  expect(stopped).toMatchObject({ code: 0, err: [] })
  expect(stopped.out.join('\n')).toContain(`LINE アカウント「${LINE.basicId}」を止めました`)
  expect(await kizuna('', 'halt', '--scope', `line:${LINE.id}`, ...why)).toMatchObject({ code: 1 })
  expect((await kizuna('', 'halt', '--scope', '999016', ...why)).code).toBe(0)
  const { out } = await kizuna('', 'status')
  expect(out.filter((line) => line.includes('を止めています('))).toEqual([
    expect.stringContaining('わけ: 中継サーバーを見る'),
    expect.stringMatching(/^みなと町の配信を止めています.*resume --scope 999016 --reason わけ$/),
  ])
  expect(out).toContain('配信: 一部を止めています。わけは下にあります。')
  expect((await kizuna('', 'resume', '--scope', '999016', ...why)).code).toBe(0)
  expect((await kizuna('', 'resume', '--scope', '999016', ...why)).code).toBe(1)
  expect(await delivery.halts.all()).toMatchObject([{ _id: `line:${LINE.id}` }])
})

test('held runs and mails of which nobody knows are listed, and what is not there is said', async () => {
  expect((await kizuna('', 'held')).out).toEqual(['保留の配信回はありません。'])
  expect((await kizuna('', 'unknown')).out).toEqual(['送れたか分からないメールはありません。'])
  const why = ['--reason', '確かめた']
  expect((await kizuna('', 'held', '--run', 'x', '--drop', ...why)).code).toBe(1)
  for (const args of [
    ['held', '--continue'],
    ['held', '--run', 'x', ...why],
    ['held', '--run', 'x', '--drop'],
    ['unknown', '--decide', 'again', '--all', ...why],
    ['unknown', '--decide', 'later', '--all', '--municipality', '999016', ...why],
    ['unknown', '--decide', 'sent', '--municipality', '999016', ...why],
  ])
    expect([args, (await kizuna('', ...args)).code]).toEqual([args, 2])
  const decide = ['--decide', 'sent', '--municipality', '999016', ...why]
  expect((await kizuna('', 'unknown', ...decide, '--mail', 'abc')).code).toBe(1)

  const { runs } = ledgerCollections(delivery.db)
  await delivery.runs.request(dailyRequest(settings(), TODAY))
  const hold = { code: 'yesterday-drift', detail: '', at: now() }
  await runs.updateOne({ _id: `999016:${TODAY}` }, { $set: { state: 'held', hold } })
  const [line] = (await kizuna('', 'held')).out
  expect(line).toMatch(new RegExp(`^999016:${TODAY} .*12:00 から`))
  const args = ['held', '--run', `999016:${TODAY}`, '--continue', ...why]
  expect([(await kizuna('', ...args)).code, (await kizuna('', ...args)).code]).toEqual([0, 1])

  const { batches, deliveries } = ledgerCollections(delivery.db)
  const batch = { _id: 'b1', channel: 'mail', run: `999016:${TODAY}` }
  await batches.insertOne({ ...batch, municipality: '999016', date: TODAY } as never)
  const unsure = { _id: '999016:1:day45', batch: 'b1', status: 'unknown', code: 'smtp-cut' }
  await deliveries.insertOne({ ...unsure, at: now() } as never)
  const { out } = await kizuna('', 'unknown')
  expect(out).toEqual([
    expect.stringMatching(/^[0-9a-f]{16} {2}みなと町\(999016\) .*途中でつながりが切れました/),
    `  中継サーバーの記録でさがす Message-ID: ${Buffer.from(unsure._id).toString('base64url')}@…`,
    expect.stringContaining('kizuna unknown --municipality 999016 --mail 番号 --decide sent'),
  ])
})
