// What can come together on one day, whoever writes it: measured before it is sent.
import { describe, expect, test } from '@jest/globals'

import { addOnFullness, isFarFromFull } from '../../../src/plan/fullDaySentence'
import { fullestDay, type FullestInput } from '../../../src/plan/fullestDay'
import type { Release } from '../../../src/release/content'
import { liveContent } from '../../../src/release/live'
import { GMAIL_MAX_HTML_BYTES, htmlBytes } from '../../../src/release/mailLimits'
import { addOn, release, settings, text, TODAY } from './town'

const SLOT = '24w3d'
const paragraph = (sign: string, count = 4900) => [
  { blockType: 'text' as const, text: sign.repeat(count) },
]
function fullest(releases: Release[], given: Partial<FullestInput> = {}) {
  const content = liveContent(releases)
  return fullestDay({ settings: settings(), content, slots: [SLOT], today: TODAY, ...given })
}

const common = () => release(text({ slot: SLOT, subject: '24週のお知らせ' }))

describe('what meets', () => {
  test('is the text, its own add-ons and those that go with each text', () => {
    const own = release(addOn({ from: SLOT, title: '当日' }))
    const every = release(addOn({ from: '20w0d', to: '30w0d', timing: 'every', title: '毎回' }))
    const elsewhere = release(addOn({ from: '31w0d', to: '40w0d', timing: 'every', title: 'ほか' }))
    const day = fullest([common(), own, every, elsewhere])
    expect(day?.mail.titles).toEqual(['24週のお知らせ', '当日', '毎回'])
  })

  test('areas do not meet, the fuller one counts', () => {
    const north = release(
      addOn({ from: SLOT, title: '北', areas: ['北'], blocks: paragraph('北') }),
    )
    const south = release(addOn({ from: SLOT, title: '南', areas: ['南'] }))
    expect(fullest([common(), north, south])?.mail.titles).toEqual(['24週のお知らせ', '北'])
  })

  test('a time that is still to come counts, one that is over does not', () => {
    const ends = release(addOn({ from: SLOT, title: '今月', validTo: '2026-10-31' }))
    const begins = release(
      addOn({ from: SLOT, title: '来月', validFrom: '2026-11-01', blocks: paragraph('来') }),
    )
    const over = release(
      addOn({ from: SLOT, title: '先月', validTo: '2026-09-30', blocks: paragraph('先') }),
    )
    const day = fullest([common(), ends, begins, over])
    expect(day?.mail).toMatchObject({ titles: ['24週のお知らせ', '来月'], date: '2026-11-01' })
  })

  test('other editions, and what the town hides, stay out', () => {
    const easy = release(
      text({ slot: SLOT, edition: 'easy', subject: 'やさしい', body: 'あ'.repeat(4000) }),
    )
    const other = release(text({ slot: SLOT, edition: 'english', body: 'a'.repeat(4999) }))
    expect(fullest([common(), easy, other])?.mail.titles).toEqual(['やさしい'])
  })

  test('nothing is due where nothing is', () => {
    expect(fullest([common()], { slots: ['30w0d'] })).toBeNull()
  })
})

describe('what is too much', () => {
  const five = (count = 4900) =>
    Array.from({ length: 5 }, (_, at) =>
      release(addOn({ from: SLOT, title: `お知らせ${at}`, blocks: paragraph('あ', count) })),
    )

  test('a usual day is fine', () => {
    const day = fullest([common(), release(addOn({ from: SLOT }))])
    expect(addOnFullness(day!)).toEqual([])
    expect(day!.mail.mailBytes).toBeGreaterThan(1000)
  })

  test('what LINE loses is named, with what it comes together with', () => {
    const given = { settings: settings({ editions: ['standard'] }) }
    const [sentence] = addOnFullness(fullest([common(), ...five()], given)!)
    expect(sentence).toContain('LINE の 4 通に入りきらず、「お知らせ3」「お知らせ4」が届きません')
    expect(sentence).toContain('短くするか')
  })

  test('the line that says why a text is in other words counts, for who reads it', () => {
    const lost = (releases: Release[]) => fullest([...releases, ...five()])!.line.leftOutOfLine
    const easy = release(text({ slot: SLOT, edition: 'easy', subject: 'やさしい' }))
    expect(lost([common()])).toEqual(['お知らせ2', 'お知らせ3', 'お知らせ4'])
    expect(lost([common(), easy])).toEqual(['お知らせ3', 'お知らせ4'])
  })

  test('a mail that Gmail cuts off is named with its size', () => {
    const day = fullest([common(), ...five(), ...five()])!
    expect(day.mail.mailBytes).toBeGreaterThan(GMAIL_MAX_HTML_BYTES)
    expect(addOnFullness(day).join()).toMatch(/メールが \d+ KB になります.*102 KB/)
  })

  test('a day without the document in question is somebody else’s', () => {
    const own = release(addOn({ from: '30w0d' }))
    expect(fullest([common(), ...five(), own], { own: own.key })).toBeNull()
  })

  test('the bytes are those of the letters, with a reader’s own links', () => {
    expect(htmlBytes('あ😀')).toBe(7)
    expect(htmlBytes('{{unsubscribeUrl}}')).toBeGreaterThan(200)
  })
})

test('a town with little is not looked at, one with much is', () => {
  expect(isFarFromFull([addOn({ from: SLOT })])).toBe(true)
  expect(isFarFromFull([addOn({ from: SLOT, blocks: paragraph('あ') })])).toBe(false)
  const lines = [{ blockType: 'text' as const, text: 'あ\n'.repeat(200) }]
  expect(isFarFromFull([addOn({ from: SLOT, blocks: lines })])).toBe(false)
})
