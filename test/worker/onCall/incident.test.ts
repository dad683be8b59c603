// When people on call are told, when again, and when it is over.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, test } from '@jest/globals'

import { ALERT_WORDS } from '../../../src/operation/alertWords'
import { stepIncident, type Incident, type Sighting } from '../../../worker/onCall/incident'
import { dueLetters, letterOf, untaken } from '../../../worker/onCall/letters'
import { nextOf } from '../../../worker/onCall/look'
import { lengthWords } from '../../../worker/onCall/message'
import { TOLD_CODES, UNTOLD_ALERTS } from '../../../worker/onCall/rules'
import { sightingsOf, type Facts } from '../../../worker/onCall/sightings'

const START = Date.parse('2026-12-01T09:00:00+09:00')
const at = (minutes: number) => new Date(START + minutes * 60_000)
const rule = { kind: 'state', afterMs: 60_000, calmMs: 120_000, remindMs: 4 * 3_600_000 } as const

/** Minute by minute: `x` it is so, `.` it is not, `?` nobody looks; what is told at which minute. */
function toldOf(course: string) {
  let known: Incident | null = null
  const told: string[] = []
  for (const [minute, sign] of [...course].entries()) {
    if (sign === '?') continue
    const lastAt: Date | null = sign === 'x' ? at(minute) : null
    const sighting: Sighting = { code: 'a', lastAt, since: null, total: 1, mayEnd: sign !== '-' }
    const step = stepIncident(known, sighting, { rule, now: at(minute) })
    known = step?.incident ?? known
    if (step?.telling) told.push(`${minute} ${step.telling} ${step.incident.serial}`)
  }
  return told
}

test.each<[string, string, string[]]>([
  ['it is told once, after it was so for its time', 'xxxxx', ['1 open 1']],
  ['what passes at once is not told', 'x.x.x.', []],
  ['a gap in which nobody looked starts the time anew', 'x???x', []],
  ['it is over after its calm', 'xxx.....', ['1 open 1', '5 over 1']],
  ['what comes back within the calm is the same one', 'xxx..xxx', ['1 open 1']],
  ['what comes back later is another one', 'xx....xx', ['1 open 1', '4 over 1', '7 open 2']],
  [
    'it is told again after four hours',
    'x'.repeat(500),
    ['1 open 1', '241 still 1', '481 still 1'],
  ],
  ['silence that says nothing ends nothing', 'xx-------', ['1 open 1']],
  [
    'nobody looked for days: it goes on or is over',
    `xx${'?'.repeat(3000)}.`,
    ['1 open 1', '3002 over 1'],
  ],
])('%s', (_, course, told) => {
  expect(toldOf(course)).toEqual(told)
})

test('alerts are counted from the one that opened it, and those before are another’s', () => {
  const alert = (total: number, minute: number): Sighting => {
    return { code: 'line-stopped', lastAt: at(minute), since: null, total, mayEnd: true }
  }
  const told: unknown[] = []
  let known: Incident | null = null
  const see = (total: number, lastMinute: number, minute: number) => {
    const of = { now: at(minute), publicUrl: 'https://web.example' }
    const next = nextOf(known, alert(total, lastMinute), of)
    known = next?.incident ?? known
    if (next?.message) told.push([next.message.state, next.message.count, next.message.id])
  }
  see(40, 0, 100) // of long ago, before anybody was on call
  see(41, 110, 110)
  see(43, 130, 130)
  see(43, 130, 161)
  see(43, 130, 200)
  see(44, 300, 300)
  expect(told).toEqual([
    ['open', 1, 'line-stopped-1'],
    ['over', 3, 'line-stopped-1'],
    ['open', 1, 'line-stopped-2'],
  ])
})

const FINE: Facts = {
  alerts: [],
  tickAt: at(0),
  webAt: at(0),
  lostAt: null,
  syncedAt: at(0),
  held: [],
  late: [],
  unknownMails: [],
  halts: [],
  takenAt: at(0),
  verifiedAt: at(0),
  lineTroubles: [],
}
const ago = (minutes: number) => at(-minutes)

describe('what is seen', () => {
  const so = (facts: Partial<Facts>) =>
    sightingsOf({ ...FINE, ...facts }, at(0))
      .filter(({ lastAt }) => lastAt !== null)
      .map(({ code, total }) => `${code} ${total}`)
  const alert = (_id: string, minutes = 0) => ({ _id, count: 7, lastAt: ago(minutes) })

  test.each<[string, Partial<Facts>, string[]]>([
    ['nothing, where all is well', {}, []],
    ['a worker that was just killed', { tickAt: ago(2) }, []],
    ['no worker', { tickAt: ago(3) }, ['no-worker 1']],
    ['no worker ever', { tickAt: null }, ['no-worker 1']],
    ['no web side', { webAt: ago(3) }, ['web-silent 1']],
    ['a web side that there never was', { webAt: null }, []],
    [
      'a clock, and not the worker too',
      { tickAt: ago(9), alerts: [alert('clock-apart')] },
      ['clock-apart 7'],
    ],
    ['the CMS', { syncedAt: ago(16) }, ['cms-silent 1']],
    ['the worker, and not the CMS too', { syncedAt: ago(16), tickAt: ago(16) }, ['no-worker 1']],
    ['runs that are held', { held: [ago(9), ago(3)] }, ['runs-held 2']],
    ['runs without a plan', { late: [ago(31)] }, ['runs-late 1']],
    ['a restore, and not its runs too', { late: [ago(31)], lostAt: ago(9) }, ['ledger-lost 1']],
    [
      'a halt of seven hours, and not one of five',
      { halts: [ago(420), ago(300)] },
      ['halt-forgotten 1'],
    ],
    ['backups', { takenAt: ago(2161), verifiedAt: null }, ['backup-old 1', 'backup-untried 1']],
    [
      'a trouble of two LINE accounts',
      { lineTroubles: ['line-quota-near', 'line-quota-near'] },
      ['line-quota-near 2'],
    ],
    [
      'an alert, and none that is told otherwise',
      { alerts: [alert('expired'), alert('ACCOUNTING'), alert('line-quota-near')] },
      ['expired 7'],
    ],
    ['an alert without a rule', { alerts: [alert('quite-new')] }, ['quite-new 7']],
  ])('%s', (_, facts, codes) => {
    expect(so(facts)).toEqual(codes)
  })

  test('without a worker nothing that only a worker could do ends', () => {
    const found = sightingsOf({ ...FINE, tickAt: ago(9), alerts: [alert('mail-stopped')] }, at(0))
    expect(found.find(({ code }) => code === 'mail-stopped')?.mayEnd).toBe(false)
    expect(found.map(({ code }) => code)).not.toContain('cms-silent')
  })
})

describe('words', () => {
  const runbook = readFileSync(join(import.meta.dirname, '../../../.readme/runbook.md'), 'utf8')

  test('every alert has its rule, or why nobody is called for it', () => {
    const codes = Object.keys(ALERT_WORDS)
    expect(codes.filter((code) => !TOLD_CODES[code] && !UNTOLD_ALERTS[code])).toEqual([])
  })

  test.each(Object.entries(TOLD_CODES))(
    '%s says what to do first, and where to read on',
    (code, told) => {
      expect(told.what.length).toBeGreaterThan(10)
      expect(told.act.length).toBeGreaterThan(10)
      expect(runbook).toContain(`### ${told.runbook}\n`)
      expect(told.calmMs).toBeGreaterThan(60_000)
      if (told.runbook === '当番にだけ届く知らせ') expect(runbook).toContain(`\`${code}\``)
    },
  )

  test('a message says what, since when, how often and what to do', () => {
    const sighting = { code: 'runs-held', lastAt: at(5), since: at(0), total: 2, mayEnd: true }
    const of = (minute: number) => ({ now: at(minute), publicUrl: 'https://web.example' })
    const watched = nextOf(null, sighting, of(5))!.incident
    const open = nextOf({ ...watched, watchedAt: at(0) }, sighting, of(5))!
    expect(open.message).toMatchObject({ code: 'runs-held', state: 'open', count: 2 })
    expect(open.message?.text.split('\n')).toEqual([
      `${TOLD_CODES['runs-held']?.what}。`,
      '',
      'いつから: 2026年12月1日(火) 9:00',
      '数: 2',
      '',
      `はじめにすること: ${TOLD_CODES['runs-held']?.act}。`,
      '見るもの: kizuna status か、管理画面の「配信のようす」。',
      'くわしくは: 運用の手引き(.readme/runbook.md)の「KizunaRunHeld」。',
      '',
      'この知らせの番号: runs-held-1',
      'どの kizuna か: https://web.example',
    ])
    const over = nextOf(open.incident, { ...sighting, lastAt: null }, of(8))!
    expect(over.message?.title).toBe(`おさまりました: ${TOLD_CODES['runs-held']?.what}`)
    expect(over.message?.text).toContain('続いたのは、5 分です。')
  })

  test.each([
    [0, '1 分'],
    [3_660_000, '1 時間 1 分'],
    [7_200_000, '2 時間'],
    [90_000_000, '1 日 1 時間'],
  ])('%d ms are %s', (ms, words) => {
    expect(lengthWords(ms)).toBe(words)
  })
})

describe('letters', () => {
  const message = { id: 'a-1', code: 'a', state: 'open', title: 't', text: 't', count: 1 } as const
  const letter = (number: number, way = 'mail', id = 'a-1') =>
    letterOf({ ...message, id, since: at(0), lastAt: at(0) }, { way, number, now: at(number) })

  test('of an incident the first goes first, also when it waits to be tried again', () => {
    const waiting = [
      letter(2),
      { ...letter(1), nextAt: at(9) },
      letter(2, 'webhook'),
      letter(1, 'mail', 'b-1'),
    ]
    expect(dueLetters(waiting, at(5)).map(({ _id }) => _id)).toEqual([
      'b-1.1|mail',
      'a-1.2|webhook',
    ])
    expect(dueLetters(waiting, at(9)).map(({ _id }) => _id)).toContain('a-1.1|mail')
  })

  test('what was not taken is tried ever more rarely, and for a day', () => {
    const tried = (tries: number, hours = 0) => {
      const now = new Date(START + hours * 3_600_000)
      const { state, nextAt } = untaken({ tries, madeAt: at(0) }, { code: 'http-500', now })
      return [state, (nextAt.getTime() - now.getTime()) / 1000]
    }
    expect([1, 2, 3, 4, 5, 50].map((tries) => tried(tries)[1])).toEqual([
      15, 60, 120, 300, 600, 600,
    ])
    expect([tried(9, 23)[0], tried(9, 25)[0]]).toEqual(['waiting', 'givenUp'])
  })
})
