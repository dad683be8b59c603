// What an alert is, by its steps; what the second person types; the words of a correction.
import { describe, expect, test } from '@jest/globals'

import { alertContent, correctionContent, MAX_DETAIL } from '../../../src/alert/content'
import { isTypedRight, shownReaders } from '../../../src/alert/number'
import { alertsOf, ASK_LASTS_MINUTES, minutesLeft, type AlertStep } from '../../../src/alert/state'
import { isAlert, URGENT_MARK } from '../../../src/release/alert'
import { MAX_NAME } from '../../../src/release/blocks/blockType'
import type { AddOnContent } from '../../../src/release/content'
import { contentHash } from '../../../src/release/hash'
import { checkAddOn, checkManuscript } from '../../../src/release/limits'
import { alertToday, text, TODAY } from '../plan/town'

const now = new Date('2026-10-06T09:30:00+09:00')

const step = (changed: Partial<AlertStep>): AlertStep => ({
  id: 'a1',
  step: 'ask',
  alert: null,
  by: 'u1',
  byName: 'まち',
  note: '',
  at: now.toISOString(),
  municipality: 'm1',
  content: alertToday() as never,
  contentHash: 'h',
  variables: {},
  readers: 120,
  numbers: null,
  ...changed,
})

const later = (name: AlertStep['step'], changed: Partial<AlertStep> = {}) =>
  step({
    id: `s-${name}`,
    step: name,
    alert: 'a1',
    by: 'u2',
    byName: 'まゆ',
    content: null,
    ...changed,
  })

const numbers = { sent: 120, notSent: null, isOnlyDrilled: false }

describe('where an alert stands', () => {
  test.each<[string, AlertStep[], string]>([
    ['asked for', [step({})], 'waiting'],
    ['sent', [step({}), later('send')], 'sending'],
    ['turned down', [step({}), later('decline', { note: '誤報' })], 'declined'],
    ['taken back', [step({}), later('take-back')], 'takenBack'],
    ['stopped on its way', [step({}), later('send'), later('stop')], 'stopping'],
    ['told of by the worker', [step({}), later('send'), later('sent', { numbers })], 'sent'],
    [
      'asked for an hour ago',
      [step({ at: new Date(now.getTime() - ASK_LASTS_MINUTES * 60_000).toISOString() })],
      'expired',
    ],
  ])('%s', (_, steps, state) => {
    expect(alertsOf(steps, now)).toMatchObject([{ id: 'a1', state }])
  })

  test('a correction is an alert of its own, sent in one press, and stops what it corrects', () => {
    const correction = step({ id: 'c1', step: 'correct', alert: 'a1', byName: 'まゆ' })
    const [one, other] = alertsOf([step({}), later('send'), correction], now).sort((a, b) =>
      a.id < b.id ? -1 : 1,
    )
    expect(one).toMatchObject({ id: 'a1', isCorrected: true, isStopped: true, state: 'stopping' })
    expect(other).toMatchObject({
      id: 'c1',
      state: 'sending',
      endedByName: 'まゆ',
      isCorrected: false,
    })
  })

  test('minutes that are left never fall below none', () => {
    expect(minutesLeft(now.toISOString(), now)).toBe(ASK_LASTS_MINUTES)
    expect(minutesLeft('2026-01-01T00:00:00.000Z', now)).toBe(0)
  })
})

describe('the number that is typed', () => {
  test.each([
    ['120', 120, true],
    ['１２０人', 120, true],
    ['約 1,200', 1200, true],
    ['12', 120, false],
    ['', 120, false],
    ['はい', 120, false],
    ['0', null, true],
    ['', null, false],
  ])('%j of %p: %p', (typed, readers, expected) => {
    expect(isTypedRight(typed, readers)).toBe(expected)
  })

  test.each([
    [null, null],
    [2.4, 5],
    [37.6, 38],
    [234, 230],
    [2345, 2300],
  ])('an estimate of %p is shown as %p', (estimate, shown) => {
    expect(shownReaders(estimate)).toBe(shown)
  })
})

const { alert: _, ...template } = alertToday({
  title: '大雨に注意してください',
  validFrom: null,
  validTo: null,
})

describe('what is sent', () => {
  const choice = { areas: ['北'], detail: ' 避難所は公民館です。 ', isTraining: false, day: TODAY }

  test('is the template with its mark, the day, the areas and what is known now', () => {
    const content = alertContent(template, choice)
    expect(isAlert(content)).toBe(true)
    expect(content).toMatchObject({
      title: `${URGENT_MARK}大雨に注意してください`,
      areas: ['北'],
      validFrom: TODAY,
      blocks: [...template.blocks, { blockType: 'text', text: '避難所は公民館です。' }],
    })
    expect(checkAddOn(content)).toEqual([])
  })

  test('a drill, and another alert that is corrected, are other contents', () => {
    const real = alertContent(template, choice)
    const drill = alertContent(template, { ...choice, isTraining: true })
    const correction = correctionContent(real, { id: 'a1', day: TODAY })
    const other = correctionContent(real, { id: 'a2', day: TODAY })
    const hashes = [real, drill, correction, other, template as AddOnContent].map((one) =>
      contentHash(one),
    )
    expect(new Set(hashes).size).toBe(5)
  })

  test('the longest heading of a template still fits with what comes before it', () => {
    const longest = { ...template, title: 'あ'.repeat(MAX_NAME - 4) }
    const tooLong = { ...template, title: 'あ'.repeat(MAX_NAME - 3) }
    const problems = (content: AddOnContent) => checkAddOn(content).map(({ field }) => field)
    expect([problems(longest), problems(tooLong)]).toEqual([[], ['title']])
    const sent = alertContent(longest, { ...choice, detail: 'あ'.repeat(MAX_DETAIL) })
    expect(checkAddOn(sent)).toEqual([])
  })

  test('a correction says what was wrong in both editions, to whoever got it', () => {
    const correction = correctionContent(alertContent(template, choice), { id: 'a1', day: TODAY })
    expect(correction).toMatchObject({
      title: '【訂正】大雨に注意してください',
      areas: [],
      alert: { isTraining: false, corrects: 'alert:a1' },
    })
    expect(JSON.stringify(correction.blocks)).toMatch(/誤りでした.*まちがいでした/)
    expect(checkAddOn(correction)).toEqual([])
  })
})

describe('templates and other texts', () => {
  const codes = (content: AddOnContent) =>
    checkAddOn(content).map(({ field, code }) => `${field} ${code}`)
  test.each([
    ['one that is right', {}, []],
    ['without a heading', { title: '' }, ['title EMPTY']],
    ['with a theme', { theme: 'books' as never }, ['theme URGENT_TEXT']],
    ['that says it is a drill', { title: '【訓練】大雨' }, ['title RESERVED_MARK']],
    ['on a school day', { to: 'entry-84' }, ['to SLOT_OUT_OF_RANGE']],
  ])('a template %s: %j', (_name, changed, expected) => {
    expect(codes({ ...template, ...changed })).toEqual(expected)
  })

  test('no manuscript carries the mark that the guard of drills looks for', () => {
    const manuscript = text({ slot: 'day45', body: '【訓練】ではありません' })
    expect(checkManuscript(manuscript).map(({ code }) => code)).toEqual(['RESERVED_MARK'])
  })
})
