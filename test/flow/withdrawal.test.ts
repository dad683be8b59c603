// A release is withdrawn while slow providers are being sent it: the worker's own program and the
// CMS's own endpoint; what the providers were asked, and when, is their own log's word.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { afterAll, beforeAll, expect, test } from '@jest/globals'

import { about } from '../../src/reach/sentence'
import { addDays, localDayOf } from '../../src/stage/day'
import { MAIL_CONNECTIONS } from '../../worker/channel/mail'
import { forEachAtOnce } from '../../worker/concurrency/limiter'
import { forcedRequest } from '../../worker/runs/due'
import type { Address } from '../../worker/readers/reader'
import { ACCOUNT, openCmsServer, TOWN, type CmsServer, type Person } from './cmsServer'
import { openPrograms, type Programs } from './programs'

/** From the withdrawal to the last call that may carry the text. */
const BOUND_MS = 30_000

/** A LINE call: 16 are made at once, so that all of them would take four times as long. */
const LINE_MS = 12_000

/** A mail: as many as there are connections at once, so that all would take as long as LINE. */
const MAIL_MS = 6_000

const TODAY = localDayOf(new Date())
const clock = {
  get now() {
    return new Date()
  },
}

/** Add-ons that the areas have in all combinations of up to three: each is a text of its own. */
const ADD_ONS = [0, 1, 2, 3, 4, 5, 6]
const COMBINATIONS = Array.from({ length: 2 ** ADD_ONS.length }, (_, bits) => bits)
  .map((bits) => ADD_ONS.filter((number) => (bits >> number) % 2 === 1))
  .filter(({ length }) => length <= 3)
const nameOf = (combination: number[]) => `地区${combination.join('')}`

/** Readers of the withdrawn text in each area. */
const PER_AREA = { line: 2, mail: 6 }
const ON_LINE = COMBINATIONS.length * PER_AREA.line
const BY_MAIL = COMBINATIONS.length * PER_AREA.mail
const READERS = ON_LINE + BY_MAIL

/** Readers of the other text. */
const OTHERS = 3

let folder: string
let cms: CmsServer
let kizuna: Programs
let withdrawnId: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kizuna-withdrawal-'))
  cms = await openCmsServer({ folder, areas: COMBINATIONS.map(nameOf) })
  withdrawnId = await publishText('day45')
  await publishText('day60')
  await Promise.all(ADD_ONS.map(publishAddOn))
  kizuna = await openPrograms({ cms, clock })
  await registerFamilies()
}, 300_000)
afterAll(async () => {
  await kizuna?.close()
  await cms?.close()
  await rm(folder, { recursive: true, force: true })
})

test('a text that is withdrawn in the middle of a run is in no call that begins over 30 s later', async () => {
  const { delivery, sandbox } = kizuna
  const trouble = { kind: 'slow' as const }
  sandbox.faults.line.add({ at: 'multicast', times: null, trouble: { ...trouble, ms: LINE_MS } })
  sandbox.faults.mail.add({ times: null, trouble: { ...trouble, ms: MAIL_MS } })
  await delivery.runs.requestAgain(forcedRequest(TOWN, TODAY, clock.now))
  await kizuna.start()
  await sandbox.until(() => carriers().line.length > 0 && carriers().mail.length > 0)

  const withdrawnAt = clock.now.getTime()
  await act('midori', `kizuna-manuscripts/${withdrawnId}/withdraw`, {
    reason: '数字に誤りがあるため',
  })
  const found = await untilReported(withdrawnAt)

  const { line, mail } = carriers()
  const sent = [...line, ...mail].reduce((sum, { to }) => sum + to.length, 0)
  expect(kizuna.sandbox.line.accepted().length).toBeGreaterThanOrEqual(16) // the other text's, too
  expect(line.length).toBeGreaterThan(0)
  expect(line.length).toBeLessThan(COMBINATIONS.length)
  expect(mail.length).toBeGreaterThanOrEqual(MAIL_CONNECTIONS)
  expect(mail.length).toBeLessThan(BY_MAIL)

  expect(found).toEqual({ municipalities: 1, sent, hidden: 0, stopped: READERS - sent })
  const { body } = await cms.ask(
    'machi',
    `GET /kizuna-reports?where[date][equals]=${TODAY}&depth=0`,
  )
  const key = `manuscript:${withdrawnId}`
  expect(body.docs.at(-1)?.withdrawals).toEqual([{ key, sent, stopped: READERS - sent }])
  const told = await cms.ask('midori', `GET /kizuna-manuscripts/${withdrawnId}/withdrawn`)
  expect(told.body.sentence).toContain(`取り下げ: 送信済み ${about(sent).trim()}`)
  expect(told.body.sentence).toContain(`送らずに止めた分 約 ${READERS - sent} 人`)
}, 180_000)

test('everybody else has got theirs, and nobody anything twice', async () => {
  const people = numbers(OTHERS).map((number) => lineUser('day60', number).address)
  for (const person of people) expect(kizuna.linesTo(person).join()).toContain('day60 の文です。')
  const { line, mail } = carriers()
  const addresses = [...line, ...mail].flatMap(({ to }) => to)
  expect(new Set(addresses).size).toBe(addresses.length)
  expect(await kizuna.delivery.runs.find(`${TOWN}:${TODAY}`)).toMatchObject({
    state: 'done',
    attempts: 1,
    plan: { deliveries: READERS + OTHERS },
  })
  expect(kizuna.alerts).toEqual([])
})

/** What the providers were asked with the text that is withdrawn; `at` is when it came in. */
function carriers() {
  const { line, mail } = kizuna.sandbox
  const words = 'day45 の文です。'
  return {
    line: line.accepted().filter((call) => JSON.stringify(line.messagesOf(call)).includes(words)),
    mail: mail.accepted, // the other text has no reader by mail
  }
}

/** By how much calls with the text began too late. */
function lateSince(withdrawnAt: number): number[] {
  const { line, mail } = carriers()
  const afterMs = [...line, ...mail].map(({ at }) => at - withdrawnAt)
  return afterMs.filter((ms) => ms > BOUND_MS)
}

async function untilReported(withdrawnAt: number) {
  for (;;) {
    expect(lateSince(withdrawnAt)).toEqual([])
    const { body } = await cms.ask('midori', `GET /kizuna-manuscripts/${withdrawnId}/withdrawn`)
    if (body.found) return body.found
    await sleep(500)
  }
}

async function act(person: Person, path: string, body: object = {}) {
  expect({ path, ...(await cms.ask(person, `POST /${path}`, body)) }).toMatchObject({ status: 200 })
}

async function publishText(slot: string): Promise<string> {
  const { body } = await cms.ask('hana', 'POST /kizuna-manuscripts?draft=true', {
    series: cms.series.child,
    slot,
    edition: 'standard',
    kind: 'stage',
    title: `見本 ${slot}`,
    subject: `${slot} のお便り`,
    body: `${slot} の文です。`,
    topics: ['daily'],
    ageBasis: 'calendar',
    monthRule: 'friendly',
  })
  const { id } = body.doc
  for (const step of ['approve', 'publish']) await act('midori', `kizuna-manuscripts/${id}/${step}`)
  return id
}

async function publishAddOn(number: number): Promise<void> {
  const areas = COMBINATIONS.filter((combination) => combination.includes(number)).map(nameOf)
  const { body } = await cms.ask('machi', 'POST /kizuna-add-ons?draft=true', {
    title: `見本 ${number}`,
    from: 'day40',
    to: 'day50',
    isEndIncluded: true,
    areas,
    timing: 'every',
    monthRule: 'friendly',
    order: number,
    topics: ['local'],
    blocks: [{ blockType: 'text', text: `お知らせ ${number} です。` }],
  })
  const { id } = body.doc
  await act('mayu', `kizuna-add-ons/${id}/approve`)
  for (const step of ['approve', 'publish']) await act('midori', `kizuna-add-ons/${id}/${step}`)
}

const numbers = (count: number) => [...Array(count).keys()]
const hex = (text: string) => Buffer.from(text).toString('hex').slice(0, 32).padStart(32, '0')
const lineUser = (place: string, number: number): Address => {
  return { channel: 'line', account: ACCOUNT.provider, address: `U${hex(`${place}/${number}`)}` }
}
/** Each area has a domain of its own: one alone would not be sent as many mails at once. */
const mailUser = (place: string, number: number): Address => {
  const address = `r${number}@a${hex(place)}.family.example`
  return { channel: 'mail', account: 'mail', address }
}

async function registerFamilies(): Promise<void> {
  await forEachAtOnce(COMBINATIONS, 8, async (combination) => {
    const area = nameOf(combination)
    const place = combination.join('-')
    const line = numbers(PER_AREA.line).map((number) => lineUser(place, number))
    const mail = numbers(PER_AREA.mail).map((number) => mailUser(place, number))
    for (const address of [...line, ...mail]) await register(address, { area, age: 45 })
  })
  for (const number of numbers(OTHERS)) {
    await register(lineUser('day60', number), { area: null, age: 60 })
  }
}

async function register(address: Address, { area, age }: { area: string | null; age: number }) {
  await kizuna.delivery.readers.register({
    municipality: TOWN,
    edition: 'standard',
    relation: 'mother',
    source: null,
    area,
    consentedAt: clock.now,
    consentVersion: '1',
    address,
    child: { birthDate: addDays(TODAY, -age) },
  })
}
