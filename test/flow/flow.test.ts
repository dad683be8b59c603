// From a manuscript and a registration to the municipality's report: one town, two days.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, expect, test } from '@jest/globals'

import { addDays, localDayOf } from '../../src/stage/day'
import { createLedgerReader } from '../../worker/ledger/reading'
import type { Address } from '../../worker/readers/reader'
import { verifyDay } from '../../worker/report/verify'
import { openBrowser } from '../worker/web/browser'
import { personalIn } from '../worker/web/nothingPersonal'
import { formOf } from '../worker/web/openWeb'
import { ACCOUNT, openCmsServer, TOWN, type CmsServer } from './cmsServer'
import { openPrograms, type Programs } from './programs'

const TODAY = localDayOf(new Date())
const TOMORROW = addDays(TODAY, 1)
const clock = { now: new Date(`${TODAY}T10:30:00+09:00`) }
const TARO = 'taro@family.example'

/** Due in 109 days: today 24w3d, tomorrow 24w4d. */
const DUE_DATE = addDays(TODAY, 109)

let folder: string
let cms: CmsServer
let kizuna: Programs

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kizuna-flow-'))
  cms = await openCmsServer({ folder })
  kizuna = await openPrograms({ cms, clock })
}, 60_000)
afterAll(async () => {
  await kizuna?.close()
  await cms?.close()
  await rm(folder, { recursive: true, force: true })
})

const manuscripts = new Map<string, string>()

test('an editor writes, the chief approves and publishes, the worker takes it over', async () => {
  for (const slot of ['24w3d', '24w4d', 'day45', 'day46', 'day60']) {
    const written = await cms.ask('hana', 'POST /kizuna-manuscripts?draft=true', {
      series: slot.includes('w') ? cms.series.pregnancy : cms.series.child,
      slot,
      edition: 'standard',
      kind: 'stage',
      title: `見本 ${slot}`,
      topics: ['daily'],
      subject: `${slot} のお便り`,
      body: `${slot} の文です。`,
      ageBasis: 'calendar',
      monthRule: 'friendly',
    })
    expect(written.status).toBe(201)
    const { id } = written.body.doc
    manuscripts.set(slot, id)
    expect((await cms.ask('hana', `POST /kizuna-manuscripts/${id}/publish`, {})).status).toBe(403)
    for (const step of ['approve', 'publish']) {
      expect(await cms.ask('midori', `POST /kizuna-manuscripts/${id}/${step}`, {})).toMatchObject({
        status: 200,
      })
    }
  }
  await kizuna.service.syncContent()
  const { syncedContent } = kizuna.delivery
  expect(syncedContent.content().texts).toHaveLength(5)
  expect(syncedContent.settings(TOWN)).toMatchObject({
    name: 'みなと町',
    channels: ['line', 'mail'],
  })
  expect(syncedContent.lineByChannel(ACCOUNT.channelId)).toMatchObject(
    pick(ACCOUNT, 'channelSecret'),
  )
})

/** Fills in one screen as a browser without JavaScript and gives the next page. */
async function fill(page: string, typed: Record<string, string>) {
  const response = await kizuna.post(`/r/${TOWN}`, { ...formOf(page), go: 'next', ...typed })
  const location = response.headers.get('location')
  const landed = location ? await kizuna.get(location) : response
  return { location: location?.split('?')[0], page: await landed.text() }
}

const dateFields = (anchor: string, day: string) => {
  const [year = '', month = '', date = ''] = day.split('-').map((part) => String(Number(part)))
  return { anchor, year, month, day: date }
}

test('a father registers by mail, confirms the address, and gets today’s text as a welcome', async () => {
  const first = await (await kizuna.get(`/r/${TOWN}`)).text()
  const date = await fill(first, { channel: 'mail', mail: TARO })
  const about = await fill(date.page, dateFields('dueDate', DUE_DATE))
  const confirm = await fill(about.page, { relation: 'father' })
  const sent = await fill(confirm.page, { consent: 'yes' })
  expect(sent.location).toBe(`/r/${TOWN}/sent`)
  const [asked, ...others] = await kizuna.mailsTo(TARO)
  expect(others).toEqual([])
  await kizuna.work()
  expect(await kizuna.mailsTo(TARO)).toHaveLength(1) // nothing before the address is confirmed

  const path = new URL(/http:\/\/\S+\/confirm\/\S+/.exec(asked!.text ?? '')![0]).pathname
  expect((await kizuna.get(path)).status).toBe(200)
  const done = (await kizuna.post(path)).headers.get('location')!
  expect(done).toMatch(/\/done\?d=/)
  expect(await (await kizuna.get(done)).text()).toContain('登録しました')
  await kizuna.work()
  const [, welcome, ...more] = await kizuna.mailsTo(TARO)
  expect(welcome).toMatchObject({ from: { value: [{ name: 'みなと町 子育て便り' }] } })
  expect(welcome!.text).toContain('ご登録ありがとうございます')
  expect(welcome!.text).toContain('24w3d の文です。')
  expect(more).toEqual([])
})

let hanako: string

test('a mother becomes a friend on LINE, registers by the link, and gets today’s text there', async () => {
  const { userId } = await kizuna.sandbox.line.befriend(ACCOUNT.channelId, 'はなこ')
  hanako = userId
  await kizuna.sandbox.until(() => kizuna.linesTo(userId).length === 1)
  const [greeting] = kizuna.linesTo(userId)
  const link = new URL(/http:\/\/127[^"\\]+/.exec(greeting!)![0])
  expect(link.pathname).toBe(`/r/${TOWN}`)
  const first = await (await kizuna.get(link.pathname + link.search)).text()
  const about = await fill(first, dateFields('birthDate', addDays(TODAY, -45)))
  const confirm = await fill(about.page, { relation: 'mother' })
  expect((await fill(confirm.page, { consent: 'yes' })).location).toBe(`/r/${TOWN}/asked`)
  await kizuna.work()
  const [, question, ...others] = kizuna.linesTo(userId)
  expect(others).toEqual([]) // nothing before the friend says yes in the talk
  const data = /kizuna:register:\w+/.exec(question!)![0]
  await kizuna.sandbox.line.press(ACCOUNT.channelId, userId, { data, label: '登録する' })
  await kizuna.sandbox.until(() => kizuna.linesTo(userId).length === 3)
  await kizuna.work()
  const [, , , welcome, ...more] = kizuna.linesTo(userId)
  expect(welcome).toContain('ご登録ありがとうございます')
  expect(welcome).toContain('day45 の文です。')
  expect(more).toEqual([])
})

const byMail = (name: string): Address => {
  return { channel: 'mail', account: 'mail', address: `${name}@family.example` }
}
const byLine = (number: number): Address => {
  const address = `U${number.toString(16).padStart(32, '0')}`
  return { channel: 'line', account: ACCOUNT.provider, address }
}

/** Registers as the web side does: the reader, and a note for the welcome. */
async function register(address: Address, birthDate: string, sharedChild?: string) {
  const { readers, welcomes } = kizuna.delivery
  const { readerId } = await readers.register({
    municipality: TOWN,
    edition: 'standard',
    relation: 'grandparent',
    area: null,
    source: null,
    consentedAt: clock.now,
    consentVersion: '1',
    address,
    child: { birthDate },
    ...(sharedChild ? { sharedChildren: [sharedChild] } : {}),
  })
  await welcomes.requestWelcome(readerId)
}

test('more families come, a grandmother shares a child: each is welcomed once', async () => {
  const [taro] = await kizuna.delivery.readers.findByIdentity(byMail('taro'))
  const [child] = await kizuna.delivery.readers.childrenOf(taro!._id)
  await register(byMail('sobo'), TODAY, child!._id)
  for (let number = 1; number <= 6; number += 1) {
    await register(byLine(number), addDays(TOMORROW, -60))
    await register(byMail(`day60-${number}`), addDays(TOMORROW, -60))
  }
  for (const name of ['day46-1', 'day46-2']) await register(byMail(name), addDays(TOMORROW, -46))
  await register(byMail('bounce'), addDays(TOMORROW, -60))
  while ((await kizuna.delivery.runs.claimable()).length > 0 || (await kizuna.waiting()) > 0) {
    await kizuna.work()
  }
  const [welcome, ...others] = await kizuna.mailsTo('sobo@family.example')
  expect(welcome!.text).toContain('24w3d の文です。')
  expect(others).toEqual([])
  expect(await kizuna.mailsTo('day60-1@family.example')).toHaveLength(1)
})

test('the next morning LINE goes out; mail waits for its hours with everything planned', async () => {
  kizuna.sandbox.faults.mail.add({
    match: '^bounce@',
    times: null,
    trouble: { kind: 'answer', stage: 'rcpt', code: 550, message: '5.1.1 User unknown' },
  })
  await kizuna.service.syncContent()
  clock.now = new Date(`${TOMORROW}T09:30:00+09:00`)
  await kizuna.work()
  expect(kizuna.linesTo(hanako).at(-1)).toContain('day46 の文です。')
  for (let number = 1; number <= 6; number += 1) {
    expect(kizuna.linesTo(byLine(number).address).at(-1)).toContain('day60 の文です。')
  }
  expect(await kizuna.mailsTo('day60-1@family.example')).toHaveLength(1)
  const run = await kizuna.delivery.runs.find(`${TOWN}:${TOMORROW}`)
  expect(run).toMatchObject({ state: 'sending', plan: { deliveries: 18, candidates: 18 } })
})

test('a loss and a withdrawal while the run is in progress stop what is not out yet', async () => {
  const [, welcome] = await kizuna.mailsTo(TARO)
  const link = new URL(/http:\/\/127\S+\/text\/[^\s)]+/.exec(welcome!.text ?? '')![0]).pathname
  const taro = openBrowser(kizuna.publicUrl)
  const door = await taro.open(link)
  const stop = /href="([^"]+\/children\/[^"]+\/stop)"/.exec(door.page)![1]!
  expect((await taro.press(await taro.open(stop))).page).toContain('止めました。')

  const withdrawn = await cms.ask(
    'midori',
    `POST /kizuna-manuscripts/${manuscripts.get('day46')}/withdraw`,
    {
      reason: '内容を見直すため',
    },
  )
  expect(withdrawn.status).toBe(200)
  await kizuna.service.syncContent()

  clock.now = new Date(`${TOMORROW}T10:00:30+09:00`)
  await kizuna.work()
  await kizuna.work() // people have changed: the run is planned once more
  expect(await kizuna.delivery.runs.find(`${TOWN}:${TOMORROW}`)).toMatchObject({ state: 'done' })
  for (const stopped of [TARO, 'sobo@family.example']) {
    const texts = (await kizuna.mailsTo(stopped)).map(({ text }) => text)
    expect(texts.join()).not.toContain('24w4d')
  }
  for (const name of ['day46-1', 'day46-2']) {
    const texts = (await kizuna.mailsTo(`${name}@family.example`)).map(({ text }) => text)
    expect(texts.join()).toContain('day45 の文です。')
    expect(texts.join()).not.toContain('day46')
  }
  for (let number = 1; number <= 6; number += 1) {
    const [welcome, mail, ...others] = await kizuna.mailsTo(`day60-${number}@family.example`)
    expect(welcome!.text).not.toContain('day60')
    expect(mail!.text).toContain('day60 の文です。')
    expect(others).toEqual([])
  }
})

test('the ledger agrees with itself and with a new plan, and says why somebody got nothing', async () => {
  const { delivery } = kizuna
  const ledger = createLedgerReader(delivery.db)
  for (const date of [TODAY, TOMORROW]) {
    expect(await verifyDay({ delivery, ledger }, date)).toMatchObject({ differences: [] })
  }
  const lines = []
  for (const run of await ledger.runsOf(TOMORROW)) {
    for await (const line of ledger.linesOf(run)) lines.push(line)
  }
  const told = lines.filter(({ status }) => status !== 'accepted')
  expect(
    told.map(({ slot, status, reason, code }) => [slot, status, reason ?? code]).sort(),
  ).toEqual([
    ['24w4d', 'excluded', 'stopped'],
    ['24w4d', 'excluded', 'stopped'],
    ['day46', 'excluded', 'withdrawn'],
    ['day46', 'excluded', 'withdrawn'],
    ['day60', 'rejected', 'smtp-550-5.1.1'],
  ])
  expect(lines.filter(({ status }) => status === 'accepted')).toHaveLength(13)
})

test('the town sees its numbers in the CMS, small ones hidden, and nobody else’s', async () => {
  await kizuna.work()
  const path = `GET /kizuna-reports?where[date][equals]=${TOMORROW}&depth=0`
  const { body } = await cms.ask('machi', path)
  expect(body.docs).toHaveLength(1)
  expect(body.docs[0]).toMatchObject({
    numbers: { candidates: 18, deliveries: 18, accepted: 13, acceptedLine: 7, acceptedMail: 6 },
  })
  expect(body.docs[0]!.numbers).toMatchObject({ excluded: null, rejected: null })
  const { body: next } = await cms.ask('tonari', path)
  expect(next.docs.map(({ municipality }) => municipality)).toEqual([cms.next])
  expect(Object.values(next.docs[0]!.numbers as object).every((one) => one === null)).toBe(true)
})

test('the log of the whole day says something, and nothing of anybody', () => {
  const lines = [...kizuna.logged, ...kizuna.alerts.map((one) => JSON.stringify(one))]
  expect(lines).not.toEqual([])
  const withoutRunDays = lines.map((line) => line.replaceAll(TODAY, '').replaceAll(TOMORROW, ''))
  expect(personalIn(withoutRunDays)).toEqual([])
})

test('nothing went to anybody twice, and no alert was silent', async () => {
  await kizuna.work()
  const mails = kizuna.sandbox.mail.accepted.map(({ messageId }) => messageId)
  expect(new Set(mails).size).toBe(mails.length)
  const calls = kizuna.sandbox.line.accepted().filter(({ endpoint }) => endpoint === 'multicast')
  const pairs = calls.flatMap(({ to, messagesHash }) => to.map((id) => `${id} ${messagesHash}`))
  expect(new Set(pairs).size).toBe(pairs.length)
  expect(kizuna.alerts).toEqual([])
})

function pick<T extends object, K extends keyof T>(from: T, key: K): Pick<T, K> {
  return { [key]: from[key] } as Pick<T, K>
}
