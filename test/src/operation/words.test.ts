// How deliveries stand, in the words of whoever watches them, and what of it the CMS is told.
import { expect, test } from '@jest/globals'

import { publicStatus } from '../../../src/operation/publicStatus'
import type { DeliveryStatus, RunStatus } from '../../../src/operation/status'
import { stateWords, statusLines } from '../../../src/operation/words'
import { TODAY, TOWN } from '../plan/town'

const moment = (time: string) => new Date(`${TODAY}T${time}:00+09:00`)
const at = (time: string) => moment(time).toISOString()
const run = (given: Partial<RunStatus>): RunStatus => ({
  id: `${TOWN}:${TODAY}`,
  kind: 'daily',
  state: 'sending',
  isStale: false,
  wakeAt: null,
  opensAt: at('10:00'),
  closesAt: at('18:00'),
  hold: null,
  deliveries: 3,
  counts: {},
  ...given,
})

test.each<[string, Partial<RunStatus>, string]>([
  ['09:00', { state: 'requested' }, 'これから計画します'],
  ['09:00', {}, '計画済み。10:00 から送ります'],
  ['11:00', {}, '送信中(18:00 まで)'],
  ['11:00', { wakeAt: at('12:30') }, '送信中(次は 12:30、18:00 まで)'],
  ['19:00', { state: 'done' }, '終わりました'],
  ['19:00', { state: 'done', isStale: true }, '期限切れ'],
  [
    '11:00',
    { state: 'held', hold: { code: 'yesterday-drift', detail: '40 → 90 人', at: at('10:01') } },
    '保留(10:01 から)。対象の人数が、前の日と大きく違うので止めました(40 → 90 人)',
  ],
])('at %s %j is %s', (time, given, words) => {
  expect(stateWords(run(given), moment(time))).toBe(words)
})

const NOTHING: DeliveryStatus = {
  at: at('11:00'),
  date: TODAY,
  workers: [],
  content: { syncedAt: null, texts: 0 },
  towns: [],
  alerts: [],
}

test('where nothing is, it says so and what the first step is', () => {
  expect(statusLines(NOTHING, moment('11:00'))).toEqual([
    '動いている worker はありません。npm run start:worker で始めます。',
    'CMS からまだ何も受け取っていません。CMS が動いているかと、CMS_URL と CMS_API_KEY を確かめてください。',
    expect.stringMatching(/の配信:$/),
    '- 自治体がまだありません。',
    'この 24 時間の注意: ありません。',
  ])
})

test('what needs a person stands there with what to do, a worker that was killed too', () => {
  const hold = { code: 'all-refused', detail: '', at: at('10:01') }
  const town = { code: TOWN, name: 'みなと町', welcomes: 2, isResting: false }
  const lines = statusLines(
    {
      ...NOTHING,
      workers: [at('11:00'), at('10:20')],
      towns: [
        {
          ...town,
          lacks: [],
          runs: [run({ state: 'held', hold, counts: { accepted: 1200, unknown: 1 } })],
        },
        {
          ...town,
          code: '999024',
          welcomes: 0,
          isResting: true,
          lacks: ['LINE アカウントが結び付いていません'],
          runs: [],
        },
        {
          ...town,
          code: '999041',
          welcomes: 0,
          lacks: ['きょう使うシリーズがありません'],
          runs: [],
        },
        { ...town, code: '999032', welcomes: 0, lacks: [], runs: [] },
      ],
      alerts: [{ code: 'expired', count: 3, lastAt: at('10:30') }],
    },
    moment('11:00'),
  ).join('\n')
  for (const words of [
    /動いている worker: 1。止められたか、返事のないもの 1 つ\(最後は .*10:20\)/,
    '全員が同じ理由で断られ',
    '予定 3 通: 受付済み 1,200 通、分からない 1 通',
    `続けてよければ: kizuna deliver --municipality ${TOWN}`,
    'きょう登録した人 2 人へのあいさつ',
    'みなと町(999024): お休みしています。',
    'みなと町(999041): 送れません。きょう使うシリーズがありません。',
    'ほかの 1 自治体: きょうの配信回はまだありません。',
    /expired: .*期限切れ.*→ .*\(最後は .*10:30、はじめからの累計 3 回\)/,
  ]) {
    expect(lines).toMatch(words)
  }
})

test('what is urgent and held is let go on in the admin, not by sending the day’s', () => {
  const hold = { code: 'all-refused', detail: '', at: at('10:01') }
  const runs = [run({ kind: 'urgent', state: 'held', hold })]
  const towns = [{ code: TOWN, name: 'みなと町', welcomes: 0, isResting: false, lacks: [], runs }]
  const lines = statusLines({ ...NOTHING, towns }, moment('11:00'))
  expect(lines.filter((line) => line.startsWith('  '))).toEqual([
    '  管理画面の「配信のようす」で、「続ける」か「送らずに終える」を選べます',
  ])
})

test('the CMS is told true numbers of what went wrong alone, and of nobody who came', () => {
  const hold = { code: 'yesterday-drift', detail: '40 → 90 人', at: at('10:01') }
  const counts = { accepted: 38, planned: 3, rejected: 1, unknown: 2, expired: 0, excluded: 7 }
  const runs = [run({ hold, deliveries: 44, counts })]
  const town = { code: TOWN, name: 'みなと町', isResting: false, lacks: [], runs, welcomes: 2 }
  const [told] = publicStatus({ ...NOTHING, towns: [town] }).towns
  expect(told).toEqual({
    ...town,
    welcomes: null,
    runs: [
      run({
        hold: { ...hold, detail: '' },
        deliveries: { about: 40 },
        counts: {
          accepted: { about: 40 },
          planned: 'small',
          rejected: 1,
          unknown: 2,
          expired: 0,
          excluded: { about: 10 },
        },
      }),
    ],
  })
})
