// The rules of product.md and stages.md that a family lives through, each walked through the running
// pages and the worker, by mail, on the product's clock.
import { afterAll, beforeAll, expect, test } from '@jest/globals'

import { addDays, type LocalDay } from '../../src/stage/day'
import { createLinks } from '../../worker/web/link'
import { childTexts, pregnancyTexts, release, text } from '../src/plan/town'
import { mailUser, register } from '../worker/app/openWorker'
import { startFakeCms } from '../worker/content/fakeCms'
import { openBrowser } from '../worker/web/browser'
import { bodyOf } from '../worker/web/family/family'
import { openPrograms, type Programs } from './programs'

const API_KEY = '00000000-0000-4000-8000-000000000000'
const clock = { now: new Date('2026-10-12T10:30:00+09:00') }
const PLURAL = '{{赤ちゃん}}に話しかけてみましょう。'
const OWN = [
  text({ slot: '30w0d', body: PLURAL }),
  text({ slot: '30w1d', body: PLURAL }),
  text({ slot: 'day5', kind: 'milestone' }),
]

let cms: Awaited<ReturnType<typeof startFakeCms>>
let kizuna: Programs

beforeAll(async () => {
  const own = new Set<string>(OWN.map(({ slot }) => slot))
  const others = [...pregnancyTexts(), ...childTexts()].filter(({ content }) => {
    return !('slot' in content && own.has(content.slot))
  })
  const question = release(text({ slot: '42w0d', kind: 'question' }))
  cms = await startFakeCms([...others, ...OWN.map((one) => release(one)), question])
  kizuna = await openPrograms({ cms: { url: cms.url, apiKey: API_KEY }, clock })
  await kizuna.service.syncContent()
}, 300_000)
afterAll(async () => {
  await kizuna?.close()
  await cms?.stop()
})

/** Lets a day pass: whatever the worker has to do at a time of it. */
const on = async (day: LocalDay, time = '10:30') => {
  clock.now = new Date(`${day}T${time}:00+09:00`)
  await kizuna.work()
}
/** What came to somebody: the words of each text, oldest first. */
const came = async (number: number) => {
  const mails = await kizuna.mailsTo(mailUser(number).address)
  return mails.map(({ text: words = '' }) => words)
}
const slots = async (number: number) =>
  (await came(number)).map((words) => /(\S+) の文です/.exec(words)?.[1] ?? words)
/** A reader's own page in a browser of theirs. */
const open = async (readerId: string) => {
  const { ring } = kizuna.delivery
  const links = createLinks({ ring, publicUrl: kizuna.publicUrl, now: () => clock.now })
  const phone = openBrowser(kizuna.publicUrl)
  const entrance = await phone.open(new URL(links.askedPageUrl(readerId)).pathname)
  const { url: base } = await phone.press(entrance)
  return { phone, base, page: async () => bodyOf((await phone.open(base)).page) }
}
const typed = (day: LocalDay) => {
  const [year = '', month = '', date = ''] = day.split('-').map((part) => String(Number(part)))
  return { year, month, day: date }
}

test('rule 2: without a birth report one neutral question comes after 41w6d, then nothing, and nobody is congratulated', async () => {
  const dueDate = '2026-09-30'
  const { readerId, childId } = await register(kizuna.delivery, {
    address: mailUser(1),
    child: { dueDate },
  })
  await on('2026-10-13') // 41w6d
  await on('2026-10-14')
  await on('2026-10-15')
  await on('2026-10-16')
  expect(await slots(1)).toEqual(['41w6d', '42w0d'])
  const { page } = await open(readerId)
  const shown = await page()
  expect(shown).not.toMatch(/おめでとう|42週|43週|予定日から|生まれたら/)
  expect(shown).toContain('お子さん 出産予定日 2026年9月30日(水) いまは、文をお休みしています。')
  expect(await kizuna.delivery.readers.findChild(childId)).not.toHaveProperty('birthDate')
  await kizuna.delivery.readers.reportBirth({ readerId, childId, birthDate: '2026-10-10' })
  await on('2026-10-17')
  expect((await slots(1)).at(-1)).toBe('day7') // who tells it then goes on from there
})

test('rule 5 and 1: the loss of a twin leaves the other, in words of one', async () => {
  clock.now = new Date('2026-10-19T21:00:00+09:00')
  const dueDate = addDays('2026-10-20', 70) // 30w0d
  const family = await register(kizuna.delivery, { address: mailUser(2), child: { dueDate } })
  await kizuna.delivery.readers.addChild({ readerId: family.readerId, dueDate, answer: 'twin' })
  await on('2026-10-20')
  expect(await came(2)).toEqual([expect.stringContaining('赤ちゃんたちに話しかけて')])
  const { phone, base } = await open(family.readerId)
  const stop = await phone.open(`${base}/children/${family.childId}/stop`)
  expect(bodyOf((await phone.press(stop)).page)).toMatch(/^みなと町 止めました。/)
  await on('2026-10-21')
  const [, next, ...more] = await came(2)
  expect(next).toContain('赤ちゃんに話しかけて')
  expect(next).not.toContain('赤ちゃんたち')
  expect(more).toEqual([])
  expect((await open(family.readerId)).base).toBeTruthy()
})

test('rule 5: siblings get a text each, youngest first, no more than the cap of a day, milestones after stage texts', async () => {
  clock.now = new Date('2026-10-26T21:00:00+09:00')
  const born = (age: number) => addDays('2026-10-27', -age)
  const address = mailUser(3)
  const { readerId } = await register(kizuna.delivery, { address, child: { birthDate: born(30) } })
  for (const age of [5, 20, 10]) {
    const added = { readerId, birthDate: born(age), answer: 'another' as const }
    expect(await kizuna.delivery.readers.addChild(added)).toMatchObject({ status: 'added' })
  }
  await on('2026-10-27')
  expect(await slots(3)).toEqual(['day10', 'day20', 'day30'])
})

test('a premature birth offers corrected age, and the due date can still be mended', async () => {
  clock.now = new Date('2026-11-02T21:00:00+09:00')
  const family = await register(kizuna.delivery, {
    address: mailUser(4),
    child: { dueDate: '2026-12-24' },
  })
  const { phone, base, page } = await open(family.readerId)
  const child = `${base}/children/${family.childId}`
  const said = await phone.press(await phone.open(`${child}/birth`), typed('2026-11-01'))
  expect(bodyOf(said.page)).toContain('修正月齢')
  await phone.press(said, { corrected: 'yes', go: 'save' })
  expect(await page()).toContain('修正月齢')
  const moved = await phone.press(await phone.open(`${child}/dates`), typed('2026-12-28'))
  await phone.press(moved, { go: 'save' })
  const known = await kizuna.delivery.readers.findChild(family.childId)
  expect(known).toMatchObject({
    birthDate: '2026-11-01',
    dueDate: '2026-12-28',
    corrected: [family.readerId],
  })
  await on('2026-11-03')
  expect(await slots(4)).toEqual(['day2']) // by the birthday: these texts are of calendar age
})

test('a birth at term offers no corrected age', async () => {
  const family = await register(kizuna.delivery, {
    address: mailUser(5),
    child: { dueDate: '2026-11-20' },
  })
  const { phone, base } = await open(family.readerId)
  const form = await phone.open(`${base}/children/${family.childId}/birth`)
  expect(bodyOf((await phone.press(form, typed('2026-11-02'))).page)).not.toContain('修正月齢')
})

test('a birth told on the day of a text says when the next comes, and that is when it comes', async () => {
  clock.now = new Date('2026-11-09T21:00:00+09:00')
  const family = await register(kizuna.delivery, {
    address: mailUser(6),
    child: { dueDate: '2026-11-17' },
  })
  await on('2026-11-10') // 39w0d
  expect(await slots(6)).toEqual(['39w0d'])
  clock.now = new Date('2026-11-10T11:00:00+09:00')
  const { phone, base } = await open(family.readerId)
  const form = await phone.open(`${base}/children/${family.childId}/birth`)
  const done = await phone.press(await phone.press(form, typed('2026-11-09')), { go: 'save' })
  const words = bodyOf(done.page)
  expect(words).toContain('誕生日を登録しました。')
  const isToday = words.includes('きょうの文があります。このあと届きます。')
  if (!isToday) expect(words).toContain('次の文は、2026年11月11日(水)の')
  await on('2026-11-10', '11:10')
  expect(await slots(6)).toEqual(isToday ? ['39w0d', 'day1'] : ['39w0d'])
  await on('2026-11-11')
  expect((await slots(6)).at(-1)).toBe('day2')
})
