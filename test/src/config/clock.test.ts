import { describe, expect, test } from '@jest/globals'

import {
  clockEnvironment,
  createNow,
  parseInstant,
  practiceClockOf,
  practiceClockSentence,
} from '../../../src/config/clock'
import { ConfigError, parseClockConfig, parseConfig } from '../../../src/config/config'
import { localDayOf } from '../../../src/stage/day'
import { generateKeyRing } from '../../../src/secret/seal'

const KIZUNA_CLOCK = '2026-12-01T10:00+09:00'
const START = new Date('2026-11-27T08:00:00Z')
const after = (seconds: number) => () => new Date(START.getTime() + seconds * 1000)

const secrets = {
  PUBLIC_URL: 'https://kizuna.example',
  PAYLOAD_SECRET: 'x'.repeat(32),
  CMS_API_KEY: 'k'.repeat(36),
  KIZUNA_KEYS: generateKeyRing(),
}

test('without the setting the clock is this machine’s own', () => {
  const practice = practiceClockOf(parseConfig({}), START)
  expect(practice).toBeNull()
  expect(createNow(practice, after(5))()).toEqual(after(5)())
  expect(clockEnvironment(practice)).toEqual({})
})

test('it starts where it is set and runs on', () => {
  const practice = practiceClockOf(parseConfig({ KIZUNA_CLOCK }), START)
  const shown = (seconds: number) => createNow(practice, after(seconds))().toISOString()
  expect(shown(0)).toBe('2026-12-01T01:00:00.000Z')
  expect(shown(90)).toBe('2026-12-01T01:01:30.000Z')
  expect(localDayOf(createNow(practice, after(14 * 3600))())).toBe('2026-12-02')
})

test('it may stand in the past', () => {
  const practice = practiceClockOf(parseConfig({ KIZUNA_CLOCK: '2024-02-29T23:59Z' }), START)
  expect(createNow(practice, after(60))().toISOString()).toBe('2024-03-01T00:00:00.000Z')
})

test('a program that starts later shows the same when it is told since when', () => {
  const first = practiceClockOf(parseConfig({ KIZUNA_CLOCK }), START)
  const handed = clockEnvironment(first)
  const second = practiceClockOf(parseConfig(handed), after(30)())
  expect(second).toEqual(first)
  expect(createNow(second, after(31))()).toEqual(createNow(first, after(31))())
  expect(parseClockConfig(handed)).toMatchObject({ KIZUNA_CLOCK: first?.at })
})

test('people are told in the words of Japan', () => {
  expect(practiceClockSentence(new Date(KIZUNA_CLOCK))).toContain('2026年12月1日(火) 10:00')
})

describe('an instant has an existing day, a time and a zone', () => {
  test.each([
    ['2026-12-01T10:00+09:00', '2026-12-01T01:00:00.000Z'],
    ['2026-12-01T10:00:30+09:00', '2026-12-01T01:00:30.000Z'],
    ['2026-12-01T10:00:30.250Z', '2026-12-01T10:00:30.250Z'],
    ['2026-12-01T00:00-05:00', '2026-12-01T05:00:00.000Z'],
  ])('%s', (text, instant) => {
    expect(parseInstant(text)?.toISOString()).toBe(instant)
  })

  test.each([
    '2026-12-01',
    '2026-12-01T10:00',
    '2026-12-01 10:00+09:00',
    '2026-12-01T10:00+0900',
    '2026-12-01T24:00+09:00',
    '2026-12-01T10:60+09:00',
    '2026-12-01T10:00:60+09:00',
    '2026-12-01T10:00+15:00',
    '2026-02-29T10:00+09:00',
    '2026-13-01T10:00+09:00',
    '1999-12-31T10:00+09:00',
    '2100-01-01T10:00+09:00',
    '２０２６-12-01T10:00+09:00',
    ' 2026-12-01T10:00+09:00',
    '2026-12-01T10:00+09:00\n',
    '1790000000000',
    'tomorrow',
  ])('not %j', (text) => {
    expect(parseInstant(text)).toBeNull()
    for (const name of ['KIZUNA_CLOCK', 'KIZUNA_CLOCK_SINCE']) {
      const attempt = () => parseConfig({ KIZUNA_CLOCK, [name]: text })
      expect(attempt).toThrow(ConfigError)
      expect(attempt).toThrow(
        `- ${name}: 「${text}」は時刻として読めません。2026-12-01T10:00+09:00`,
      )
    }
  })
})

describe('it is accepted only while nothing leaves this machine', () => {
  test.each([
    {},
    { LINE_API_URL: 'http://localhost:4000' },
    { LINE_API_URL: 'http://127.0.0.1:4000/', SMTP_URL: 'smtp://127.1.2.3:25' },
    { LINE_API_URL: 'https://[::1]:4000', SMTP_URL: 'smtps://user:word@LOCALHOST:465' },
  ])('accepted: %j', (addresses) => {
    expect(parseConfig({ ...secrets, ...addresses, KIZUNA_CLOCK }).KIZUNA_CLOCK).not.toBeNull()
  })

  test.each([
    ['LINE_API_URL', 'https://api.line.me', 'api.line.me'],
    ['LINE_API_URL', 'https://localhost.example.com', 'localhost.example.com'],
    ['LINE_API_URL', 'https://127.0.0.1.example.com', '127.0.0.1.example.com'],
    ['LINE_API_URL', 'https://localhost@api.line.me', 'api.line.me'],
    ['LINE_API_URL', 'http://0.0.0.0:3002', '0.0.0.0'],
    ['LINE_API_URL', 'http://10.0.0.1', '10.0.0.1'],
    ['LINE_API_URL', 'http://[::2]', '[::2]'],
    ['SMTP_URL', 'smtps://user:word@relay.example.jp', 'relay.example.jp'],
    ['SMTP_URL', 'smtp://127.0.0.1:25@relay.example.jp', 'relay.example.jp'],
    ['SMTP_URL', 'smtp://localhost.', 'localhost.'],
    ['SMTP_URL', 'smtp://127.0.0.1%2eexample.jp', '127.0.0.1%2eexample.jp'],
  ])('refused: %s %s', (name, url, host) => {
    for (const parse of [parseConfig, parseClockConfig]) {
      const attempt = () => parse({ ...secrets, [name]: url, KIZUNA_CLOCK })
      expect(attempt).toThrow(`KIZUNA_CLOCK: 練習用の時計は`)
      expect(attempt).toThrow(`${name} の送り先は「${host}」です。KIZUNA_CLOCK を消すか`)
      expect(attempt).not.toThrow(/word/)
    }
    expect(() => parseConfig({ ...secrets, [name]: url })).not.toThrow()
  })

  test('since when it runs says nothing alone', () => {
    expect(() => parseConfig({ KIZUNA_CLOCK_SINCE: KIZUNA_CLOCK })).toThrow('KIZUNA_CLOCK がない')
  })
})
