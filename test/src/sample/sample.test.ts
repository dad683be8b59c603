import { readFileSync } from 'node:fs'

import { expect, test } from '@jest/globals'
import { parse } from 'csv-parse/sync'

import { isMunicipalityCode } from '../../../collections/municipalityCode'
import { ADD_ON_COLUMNS, MANUSCRIPT_COLUMNS } from '../../../src/import/columns'
import { contrastRatio } from '../../../src/release/colour'
import type { AddOnBlock, AddOnContent, ManuscriptContent } from '../../../src/release/content'
import { checkAddOn, checkManuscript } from '../../../src/release/limits'
import { findUnknownVariables } from '../../../src/release/variables'
import {
  DEFAULT_DISCIPLINES,
  DEFAULT_TOPICS,
  needsOf,
  parsePolicy,
} from '../../../src/review/policy'
import { compareSlots, parseSlot, slotCode } from '../../../src/stage/slot'
import type { MunicipalitySettings, SeriesTaken } from '../../../worker/settings'

type Row = Record<string, string>

interface SampleSeries {
  code: string
  anchor: string
  from: string
  to: string
}

interface SampleMunicipality extends MunicipalitySettings {
  contactVariables: { name: string; value: string }[]
}

interface SampleUser {
  email: string
  name: string
  roles: string[]
  disciplines?: string[]
  municipality?: string
}

const manuscripts = table('manuscripts.csv')
const standard = manuscripts.filter((row) => row.edition === 'standard')
const easy = manuscripts.filter((row) => row.edition === 'easy')
const addOnRows = table('addons.csv')
const readers = table('readers.csv')
const series = json<SampleSeries[]>('series.json')
const municipalities = json<SampleMunicipality[]>('municipalities.json')
const lineAccounts = json<Row[]>('lineAccounts.json')
const users = json<SampleUser[]>('users.json')

const slotsOf = (code: string) =>
  standard.filter((row) => row.series === code).map((row) => row.slot ?? '')

test('every column is one the import reads, and none it needs is missing', () => {
  expectColumns(manuscripts, MANUSCRIPT_COLUMNS)
  expectColumns(addOnRows, ADD_ON_COLUMNS)
})

test('there is a text for each stage of the default set', () => {
  const weeks = Array.from({ length: 38 }, (_, index) => `${index + 4}w0d`)
  expect(slotsOf('pregnancy')).toEqual([...weeks, '42w0d'])
  const firstDays = slotsOf('infant').filter((slot) => slot.startsWith('day'))
  expect(firstDays.length).toBeGreaterThanOrEqual(30)
  expect(firstDays.map((slot) => Number(slot.slice(3))).every((day) => day <= 100)).toBe(true)
  const months = Array.from({ length: 36 }, (_, index) => `month${index + 1}`)
  expect(slotsOf('infant').filter((slot) => slot.startsWith('month'))).toEqual(months)
  const quarters = Array.from({ length: 12 }, (_, index) => `month${39 + index * 3}`)
  expect(slotsOf('child')).toEqual(quarters)
  const fortnights = Array.from({ length: 10 }, (_, index) => -84 + index * 14)
  expect(slotsOf('school')).toEqual(fortnights.map((days) => `entry${days < 0 ? '' : '+'}${days}`))
  expect(slotsOf('milestone')).toEqual(['day100', 'month12', 'month24', 'month36'])
  expect(easy).toHaveLength(30)
})

test('no two texts stand on one slot of one series and edition', () => {
  const keys = manuscripts.map(({ series, slot, edition }) => `${series}|${slot}|${edition}`)
  expect(new Set(keys).size).toBe(keys.length)
})

test('no two texts of one series are due on one day, whatever the length of the months', () => {
  const days = slotsOf('infant')
    .filter((slot) => slot.startsWith('day'))
    .map((slot) => Number(slot.slice(3)))
  const monthsOfDays = [
    [28, 31],
    [59, 62],
    [89, 92],
  ] as const
  const isMonthDay = (day: number) => monthsOfDays.some(([from, to]) => day >= from && day <= to)
  expect(days.filter(isMonthDay)).toEqual([])
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

test('an easy text has a standard one beside it, with the same rules', () => {
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
    expect(checkManuscript({ type: 'manuscript', ...row } as unknown as ManuscriptContent)).toEqual(
      [],
    )
    expect(findUnknownVariables(body)).toEqual([])
  },
)

test('no text names a dose, orders only mothers, carries a date or promises anything', () => {
  const forbidden =
    /ママ|㎎|㎖|\d\s?(mg|ml|g|IU|cc)|\d(錠|包|滴)|ミリグラム|ミリリットル|お母さんは|\d+月\d+日|20\d\d年|令和|必ず(治|よくな|元気)|絶対/i
  const found = manuscripts.filter(({ title, subject, body }) =>
    forbidden.test(`${title}${subject}${body}`),
  )
  expect(found.map(({ slot }) => slot)).toEqual([])
})

test('the question neither congratulates nor speaks of a birth, and says that texts pause', () => {
  const questions = manuscripts.filter(({ kind }) => kind === 'question')
  expect(questions.map(({ slot, edition }) => [slot, edition])).toEqual([
    ['42w0d', 'standard'],
    ['42w0d', 'easy'],
  ])
  for (const { title, subject, body } of questions) {
    expect(`${title}${subject}${body}`).not.toMatch(
      /おめで|お祝|出産した|生まれ|赤ちゃん|赤\(あか\)/,
    )
    expect(body).toMatch(/予定日/)
    expect(body).toMatch(/休|お休み/)
  }
})

test('vaccination counts by the law and by the calendar', () => {
  const rows = [...manuscripts, ...addOnRows].filter(
    (row) => row.topics?.split(';').includes('vaccination') && !row.slot?.startsWith('entry'),
  )
  expect(rows.length).toBeGreaterThan(5)
  for (const { monthRule, ageBasis = 'calendar' } of rows) {
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

test('topics are those of the policy, and the log-ins can approve every text', () => {
  const policy = parsePolicy()
  const known = DEFAULT_TOPICS.map(({ code }) => code)
  const experts = (discipline: string) =>
    users.filter((user) => user.disciplines?.includes(discipline)).length
  for (const { topics = '' } of [...manuscripts, ...addOnRows]) {
    const chosen = topics.split(';').filter(Boolean)
    expect(chosen.filter((topic) => !known.includes(topic))).toEqual([])
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

test('the municipalities’ codes have their check digit', () => {
  const codes = municipalities.map(({ code }) => code)
  expect(codes.every(isMunicipalityCode)).toBe(true)
  expect(new Set(codes).size).toBe(3)
})

test('the municipalities differ as the first customers will', () => {
  const [town, city, ward] = municipalities
  expect(town?.channels).toEqual(['line'])
  expect(city?.channels).toEqual(['mail', 'line'])
  expect(ward?.channels).toEqual(['line', 'mail'])
  expect(ward?.series.map((taken) => taken.series)).toEqual(
    expect.arrayContaining(series.map(({ code }) => code)),
  )
  for (const { lineAccount, accent, contact, mailFrom } of municipalities) {
    expect(lineAccounts.map(({ key }) => key)).toContain(lineAccount)
    expect(contrastRatio(accent ?? '', '#ffffff')).toBeGreaterThanOrEqual(4.5)
    expect(contact.phone).toMatch(/^000-/)
    expect(mailFrom).toMatch(/\.example$/)
  }
})

test('each municipality has a dozen add-ons or more, within every limit', () => {
  const addOns = addOnsOf(addOnRows)
  for (const { code, areas, contactVariables } of municipalities) {
    const own = addOns.filter(({ municipality }) => municipality === code)
    expect(own.length).toBeGreaterThanOrEqual(12)
    const variables = contactVariables.map(({ name }) => name)
    expect(own.flatMap((addOn) => checkAddOn(addOn, { variables }))).toEqual([])
    expect(own.flatMap((addOn) => addOn.areas).filter((area) => !areas.includes(area))).toEqual([])
    expect(own.map(({ title }) => title).filter((title) => !title.includes('見本'))).toEqual([])
  }
})

test('the add-ons show every kind of block and of limit', () => {
  const addOns = addOnsOf(addOnRows)
  const kinds = new Set(addOns.flatMap(({ blocks }) => blocks.map(({ blockType }) => blockType)))
  expect([...kinds].sort()).toEqual(['book', 'group', 'link', 'text'])
  expect(addOns.some(({ timing }) => timing === 'every')).toBe(true)
  expect(addOns.some(({ isEndIncluded }) => !isEndIncluded)).toBe(true)
  expect(addOns.some(({ areas }) => areas.length > 0)).toBe(true)
  expect(addOns.some(({ editions }) => editions.length > 0)).toBe(true)
  expect(addOns.some(({ validTo }) => validTo !== null)).toBe(true)
  expect(addOns.some(({ from }) => from.startsWith('entry'))).toBe(true)
})

test('links lead nowhere real', () => {
  const links = addOnRows.map(({ url }) => url).filter((url) => url)
  expect(links.length).toBeGreaterThan(30)
  for (const url of links) expect(new URL(url ?? '').hostname).toMatch(/\.example$/)
})

test('300 readers, at stages that can be read, on channels their municipality has', () => {
  expect(new Set(readers.map(({ address }) => address)).size).toBe(300)
  for (const { municipality, channel, address = '', anchor, stage = '', ...row } of readers) {
    const home = municipalities.find(({ code }) => code === municipality)
    expect(home?.channels).toContain(channel)
    expect(parseSlot(stage).anchor.replace('schoolEntry', 'birthDate')).toBe(anchor)
    expect(address).toMatch(
      channel === 'line' ? /^U[0-9a-f]{32}$/ : /^[a-z0-9]+@example\.(jp|com|net|org)$/,
    )
    expect(home?.editions).toContain(row.edition)
    expect(['', ...(home?.areas ?? [])]).toContain(row.area)
    expect(['mother', 'father', 'grandparent', 'other']).toContain(row.relation)
    expect(row.consentVersion).not.toBe('')
  }
})

test('120 readers or more have a text on the first day, whatever day it is', () => {
  const served = readers.filter((row) => {
    // Months may fall on another day at a month's end, and school entry has its season.
    const isAnyDay = /^(\d+w0d|day\d+)$/.test(row.stage ?? '')
    const home = municipalities.find(({ code }) => code === row.municipality)
    return isAnyDay && home?.series.some((taken) => isTaken(row.stage ?? '', taken))
  })
  expect(new Set(served.map(({ address }) => address)).size).toBeGreaterThanOrEqual(120)
})

test('one reader’s rows agree; there are twins, siblings and readers of the easy edition', () => {
  const families = grouped(readers, 'address').filter((rows) => rows.length > 1)
  for (const rows of families) {
    for (const column of ['municipality', 'channel', 'edition', 'relation', 'area']) {
      expect(new Set(rows.map((row) => row[column])).size).toBe(1)
    }
  }
  const isTwins = (rows: Row[]) => new Set(rows.map(({ stage }) => stage)).size < rows.length
  expect(families.filter(isTwins).length).toBeGreaterThanOrEqual(10)
  expect(families.filter((rows) => !isTwins(rows)).length).toBeGreaterThanOrEqual(15)
  expect(readers.filter(({ edition }) => edition === 'easy').length).toBeGreaterThanOrEqual(20)
})

test('the log-ins cover every role and discipline, at addresses that lead nowhere', () => {
  const roles = ['admin', 'editor', 'chief', 'reviewer', 'contributor']
  expect(users.flatMap((user) => user.roles)).toEqual(expect.arrayContaining(roles))
  expect(users.flatMap((user) => user.disciplines ?? [])).toEqual(
    expect.arrayContaining(DEFAULT_DISCIPLINES.map(({ code }) => code)),
  )
  for (const { code } of municipalities) {
    const own = users.filter(({ municipality }) => municipality === code)
    expect(own.flatMap((user) => user.roles)).toEqual(
      expect.arrayContaining(['municipal-editor', 'municipal-approver']),
    )
  }
  for (const { email, name } of users) {
    expect(email).toMatch(/^[a-z0-9-]+@kizuna\.example$/)
    expect(name).toMatch(/^見本 /)
  }
})

function isTaken(slot: string, { series: code, from, to, isEndIncluded }: SeriesTaken): boolean {
  if (!slotsOf(code).includes(slot)) return false
  const at = parseSlot(slot)
  if (from !== null && compareSlots(at, parseSlot(from)) < 0) return false
  const untilEnd = to === null ? -1 : compareSlots(at, parseSlot(to))
  return isEndIncluded ? untilEnd <= 0 : untilEnd < 0
}

function addOnsOf(rows: Row[]): AddOnContent[] {
  return grouped(rows, 'id').map((group) => ({
    ...headOf(group[0] ?? {}),
    blocks: group.map(blockOf),
  }))
}

function grouped(rows: Row[], column: string): Row[][] {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = row[column] ?? ''
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return [...groups.values()]
}

function headOf(row: Row): Omit<AddOnContent, 'blocks'> {
  const list = (cell = '') => cell.split(';').filter(Boolean)
  return {
    type: 'addOn',
    municipality: row.municipality ?? '',
    title: row.title ?? '',
    from: row.from ?? '',
    to: row.to ?? '',
    isEndIncluded: row.isEndIncluded !== 'いいえ',
    timing: row.timing as AddOnContent['timing'],
    validFrom: row.validFrom || null,
    validTo: row.validTo || null,
    areas: list(row.areas),
    editions: list(row.editions),
    monthRule: row.monthRule as AddOnContent['monthRule'],
    order: Number(row.order),
  }
}

function blockOf(row: Row): AddOnBlock {
  const { block, text = '', name = '', place = '', schedule = '', contact = '' } = row
  const { author = '', publisher = '' } = row
  const url = row.url || null
  switch (block) {
    case 'text':
      return { blockType: 'text', text }
    case 'link':
      return { blockType: 'link', label: name, url: url ?? '' }
    case 'book': {
      const imageUrl = row.imageUrl || null
      return { blockType: 'book', title: name, author, publisher, description: text, imageUrl, url }
    }
    default:
      return { blockType: 'group', name, description: text, place, schedule, contact, url }
  }
}

function expectColumns(rows: Row[], columns: typeof MANUSCRIPT_COLUMNS): void {
  const names = Object.keys(rows[0] ?? {})
  expect(columns.map(({ name }) => name)).toEqual(expect.arrayContaining(names))
  const needed = columns.filter(({ isRequired }) => isRequired).map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(needed))
}

function table(name: string): Row[] {
  return parse(text(name), { columns: true }) as Row[]
}

function json<T>(name: string): T {
  return JSON.parse(text(name)) as T
}

function text(name: string): string {
  return readFileSync(new URL(`../../../src/sample/${name}`, import.meta.url), 'utf8')
}
