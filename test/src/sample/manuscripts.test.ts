import { expect, test } from '@jest/globals'

import { planManuscripts } from '../../../src/import/manuscripts'
import type { ManuscriptContent } from '../../../src/release/content'
import { checkManuscript } from '../../../src/release/limits'
import { DEFAULT_TOPICS, needsOf, parsePolicy } from '../../../src/review/rules/policy'
import { compareSlots, parseSlot, slotCode } from '../../../src/stage/slot'
import { easy, importContext, manuscripts, series, slotsOf, standard } from './sampleFiles'
import { text, users } from './sampleFiles'

test('the product’s own import takes the file without a complaint', () => {
  const plan = planManuscripts(text('manuscripts.csv'), importContext)
  expect(plan.problems).toEqual([])
  expect(plan.items).toHaveLength(manuscripts.length)
})

test('there is a text for each stage of the default set', () => {
  const weeks = Array.from({ length: 38 }, (_, index) => `${index + 4}w0d`)
  expect(slotsOf('pregnancy')).toEqual([...weeks, '42w0d'])
  const months = Array.from({ length: 36 }, (_, index) => `month${index + 1}`)
  expect(slotsOf('infant').filter((slot) => slot.startsWith('month'))).toEqual(months)
  const quarters = Array.from({ length: 12 }, (_, index) => `month${39 + index * 3}`)
  expect(slotsOf('child')).toEqual(quarters)
  const fortnights = Array.from({ length: 10 }, (_, index) => -84 + index * 14)
  expect(slotsOf('school')).toEqual(fortnights.map((days) => `entry${days < 0 ? '' : '+'}${days}`))
  expect(slotsOf('milestone')).toEqual(['day100', 'month12', 'month24', 'month36'])
})

test('at least thirty texts fall on days 0 to 100, none on the day of a month', () => {
  const days = slotsOf('infant')
    .filter((slot) => slot.startsWith('day'))
    .map((slot) => Number(slot.slice(3)))
  expect(days.filter((day) => day <= 100).length).toBeGreaterThanOrEqual(30)
  const monthsInDays = [
    [28, 31],
    [59, 62],
    [89, 92],
  ] as const
  const isMonthDay = (day: number) => monthsInDays.some(([from, to]) => day >= from && day <= to)
  expect(days.filter(isMonthDay)).toEqual([])
})

test('no two texts stand on one slot of one series and edition', () => {
  const keys = manuscripts.map(({ series, slot, edition }) => `${series}|${slot}|${edition}`)
  expect(new Set(keys).size).toBe(keys.length)
})

test('each slot is written as its code, in its series’ range and of its anchor', () => {
  for (const row of manuscripts) {
    const slot = parseSlot(row.slot ?? '')
    const home = series.find(({ code }) => code === row.series)
    expect(slotCode(slot)).toBe(row.slot)
    expect(slot.anchor).toBe(home?.anchor)
    expect(compareSlots(parseSlot(home?.from ?? ''), slot)).toBeLessThanOrEqual(0)
    expect(compareSlots(slot, parseSlot(home?.to ?? ''))).toBeLessThanOrEqual(0)
  }
})

test('thirty texts, all that there is after a stop, and the announcement are also in plain Japanese, with the same rules', () => {
  const support = easy.filter(({ series }) => series === 'support')
  expect(support.map(({ slot }) => slot)).toEqual(slotsOf('support'))
  const announcement = easy.filter(({ series }) => series === 'announcement')
  expect(announcement.map(({ slot }) => slot)).toEqual(slotsOf('announcement'))
  expect(easy).toHaveLength(30 + support.length + announcement.length)
  for (const row of easy) {
    const { kind, topics, ageBasis, monthRule } =
      standard.find(({ series, slot }) => series === row.series && slot === row.slot) ?? {}
    expect(row).toMatchObject({ kind, topics, ageBasis, monthRule })
  }
})

test.each(manuscripts)(
  '$series $slot $edition is marked as a sample, within every limit, and long enough to help',
  (row) => {
    const { title = '', subject = '', body = '' } = row
    expect(title.startsWith('(見本)')).toBe(true)
    expect(body).toMatch(/\n\n※この文章(\(ぶんしょう\))?は見本(\(みほん\))?です。$/)
    expect(subject.length).toBeLessThanOrEqual(30)
    expect(body.length).toBeGreaterThanOrEqual(180)
    expect(body.length).toBeLessThanOrEqual(700)
    const content = { type: 'manuscript', ...row } as unknown as ManuscriptContent
    expect(checkManuscript(content)).toEqual([])
  },
)

test('no text names a dose, orders only mothers, carries a date or promises anything', () => {
  const dose = /㎎|㎖|\d\s?(mg|ml|g|IU|cc)|\d(錠|包|滴)|ミリグラム|ミリリットル/i
  const tone = /ママ|お母さんは|必ず(治|よくな|元気)|絶対/
  const date = /\d+月\d+日|20\d\d年|令和/
  const found = manuscripts.filter(({ title, subject, body }) =>
    [dose, tone, date].some((forbidden) => forbidden.test(`${title}${subject}${body}`)),
  )
  expect(found.map(({ slot }) => slot)).toEqual([])
})

test('the question neither congratulates nor speaks of a birth, and says that texts pause', () => {
  const questions = manuscripts.filter(({ kind }) => kind === 'question')
  const places = questions.map(({ slot, edition }) => `${slot} ${edition}`)
  expect(places).toEqual(['42w0d standard', '42w0d easy'])
  for (const { title, subject, body } of questions) {
    const whole = `${title}${subject}${body}`
    expect(whole).not.toMatch(/おめで|お祝|出産した|生まれ|赤ちゃん|赤\(あか\)/)
    expect(whole).toMatch(/予定日/)
    expect(whole).toMatch(/お休みします|休\(やす\)みます/)
  }
})

test('what there is after a stop speaks of no child, no day of the year and no way back', () => {
  const words =
    /赤ちゃん|赤\(あか\)|お子さん|子(こ)ども|流産|死産|亡|お祝|おめで|アンケート|登録|誕生/
  const found = manuscripts.filter(
    ({ series, subject, body }) => series === 'support' && words.test(`${subject}${body}`),
  )
  expect(found).toEqual([])
  expect(slotsOf('support')).toEqual([0, 1, 4, 8, 15, 29, 50].map((day) => `support${day}`))
})

test('the announcement says what comes, how to change and stop, and on what consent, of no child', () => {
  const found = manuscripts.filter(({ series }) => series === 'announcement')
  expect(found.map(({ edition }) => edition)).toEqual(['standard', 'easy'])
  for (const { subject, body } of found) {
    const whole = `${subject}${body}`
    expect(whole).toMatch(/届くもの|これから/)
    expect(whole).toMatch(/止(\(と\))?め/)
    expect(whole).toMatch(/同意/)
    expect(whole).toMatch(/一度だけ|1回\(かい\)だけ/)
    expect(whole).not.toMatch(/赤ちゃん|お子さん|子(こ)ども|おめで|生まれ/)
  }
})

test('texts before the birth never congratulate', () => {
  const before = manuscripts.filter(({ series }) => series === 'pregnancy')
  expect(before.filter(({ body }) => /おめで/.test(body ?? ''))).toEqual([])
})

test('vaccination counts by the law and by the calendar', () => {
  const rows = manuscripts.filter(({ topics }) => topics?.split(';').includes('vaccination'))
  expect(rows.length).toBeGreaterThan(5)
  for (const { monthRule, ageBasis } of rows) {
    expect([monthRule, ageBasis]).toEqual(['legal', 'calendar'])
  }
})

test('plain Japanese keeps sentences short and gives every kanji its reading', () => {
  for (const { subject = '', body = '' } of easy) {
    const sentences = body.split(/(?<=[。?!])|\n/).filter(Boolean)
    expect(sentences.filter((sentence) => sentence.length > 60)).toEqual([])
    const bare = `${subject}\n${body}`.match(/[\u4e00-\u9fff々]+(?![\u4e00-\u9fff々(])/g)
    expect(bare).toBeNull()
  }
})

test('no two texts begin or read alike', () => {
  const openings = standard.map(({ body = '' }) => body.slice(0, 12))
  expect(new Set(openings).size).toBe(openings.length)
  const paragraphs = standard.flatMap(({ body = '' }) =>
    body.split('\n').filter((line) => line.length > 40),
  )
  expect(new Set(paragraphs).size).toBe(paragraphs.length)
})

test('topics are those of the policy, and there are log-ins enough to approve every text', () => {
  const policy = parsePolicy()
  const known = DEFAULT_TOPICS.map(({ code }) => code)
  const experts = (discipline: string) =>
    users.filter(({ disciplines }) => disciplines?.includes(discipline)).length
  for (const { topics = '' } of manuscripts) {
    const chosen = topics.split(';')
    expect(known).toEqual(expect.arrayContaining(chosen))
    for (const { discipline, quorum } of needsOf(policy, { type: 'manuscript', topics: chosen })) {
      if (discipline === 'chief') continue
      expect(experts(discipline)).toBeGreaterThanOrEqual(quorum)
    }
  }
})

test('sources are public bodies by their top address', () => {
  const hosts = ['https://www.mhlw.go.jp/', 'https://www.cfa.go.jp/', 'https://www.mext.go.jp/']
  for (const { sources = '' } of manuscripts) {
    for (const source of sources.split(';')) expect(hosts).toContain(source.split('|')[1])
  }
})
