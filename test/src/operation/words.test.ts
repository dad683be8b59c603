// How deliveries stand, in the words of whoever watches them, and what of it the CMS is told.
import { expect, test } from '@jest/globals'

import { unknownWords } from '../../../src/operation/act'
import { backupWords } from '../../../src/operation/backupWords'
import { publicStatus } from '../../../src/operation/publicStatus'
import type { DeliveryStatus, LineStatus, RunStatus } from '../../../src/operation/status'
import { restWords, standingWords, stateWords, statusLines } from '../../../src/operation/words'
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
  backup: { takenAt: null, verifiedAt: null },
  towns: [],
  halts: [],
  lines: [],
  alerts: [],
}

const LINE: LineStatus = {
  ...{ id: 'a1', name: '@minato', askedAt: at('10:55'), code: null, troubles: [] },
  ...{ limit: 30_000, used: 24_500, expected: 31_000, webhook: true, menu: 'ours' },
  ...{ yielded: [], isSentElsewhere: false, webhookTest: null },
  counted: { day: TODAY, line: 812, ours: 820 },
}

const AT_EASE = { lines: [], haltedBy: [], tomorrow: null, unknown: { count: 0, mails: [] } }

test('where nothing is, it says so and what the first step is', () => {
  expect(statusLines(NOTHING, moment('11:00'))).toEqual([
    '動いている worker はありません。npm run start:worker で始めます。',
    'CMS からまだ何も受け取っていません。CMS が動いているかと、CMS_URL と CMS_API_KEY を確かめてください。',
    '控えは、まだ backup で取っていません。',
    expect.stringMatching(/の配信:$/),
    '- 自治体がまだありません。',
    'この 24 時間の注意: ありません。',
  ])
})

test('what needs a person stands there with what to do, a worker that was killed too', () => {
  const hold = { code: 'all-refused', detail: '', at: at('10:01') }
  const town = { code: TOWN, name: 'みなと町', welcomes: 2, isResting: false, ...AT_EASE }
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
    `続けてよければ: kizuna held --run ${TOWN}:${TODAY} --continue --reason わけ`,
    'きょう登録した人 2 人へのあいさつ',
    'みなと町(999024): お休みしています。',
    'みなと町(999041): 送れません。きょう使うシリーズがありません。',
    'ほかの 1 自治体: きょうの配信回はまだありません。',
    /expired: .*期限切れ.*→ .*\(最後は .*10:30、はじめからの累計 3 回\)/,
  ]) {
    expect(lines).toMatch(words)
  }
})

test('what is stopped, and mails of which nobody knows, stand there with what to do', () => {
  const town = { code: TOWN, name: 'みなと町', welcomes: 0, isResting: false, lacks: [], runs: [] }
  const unknown = { count: 3, mails: [] }
  const lines = statusLines(
    {
      ...NOTHING,
      towns: [{ ...town, lines: [], haltedBy: [`town:${TOWN}`], tomorrow: 90, unknown }],
      halts: ['all', 'mail', `town:${TOWN}`, 'line:a1'].map((scope) => ({
        ...{ scope, since: at('10:05'), reason: '中継サーバーの入れ替え' },
      })),
      lines: [LINE],
    },
    moment('11:00'),
  )
  expect(lines.filter((line) => line.includes('を止めています('))).toEqual([
    expect.stringMatching(
      /^すべての配信を止めています\(.*10:05 から\)。わけ: 中継サーバーの入れ替え/,
    ),
    expect.stringMatching(/^すべてのメールを.*resume --scope mail --reason わけ$/),
    expect.stringMatching(/^みなと町の配信を/),
    expect.stringMatching(/^LINE アカウント「@minato」を.*--scope line:a1 --reason わけ$/),
  ])
  expect(lines).toContain(`- みなと町(${TOWN}): 送信を止めています。`)
  expect(lines).toContain(`- みなと町(${TOWN}): あしたは 90 通の見込み`)
  expect(lines).toContain(
    `- みなと町(${TOWN}): 送れたか分からないメール 3 通。→ kizuna unknown --municipality ${TOWN}`,
  )
})

test('the CMS is told true numbers of what went wrong alone, and of nobody who came', () => {
  const hold = { code: 'yesterday-drift', detail: '40 → 90 人', at: at('10:01') }
  const counts = { accepted: 38, planned: 3, rejected: 1, unknown: 2, expired: 0, excluded: 7 }
  const runs = [run({ hold, deliveries: 44, counts })]
  const town = {
    ...{ code: TOWN, name: 'みなと町', isResting: false, lacks: [], runs, welcomes: 2 },
    ...AT_EASE,
  }
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

test.each([
  [['line:a1'], 'LINEを止めています。'],
  [['mail'], 'メールを止めています。'],
  [['line:a1', 'mail'], 'LINEとメールを止めています。'],
  [['mail', 'all'], '送信を止めています。'],
])('a town that %j stop says %s', (haltedBy, words) => {
  const town = { code: TOWN, name: 'みなと町', welcomes: 0, isResting: false, lacks: [], runs: [] }
  expect(restWords({ ...town, ...AT_EASE, haltedBy })).toBe(words)
})

test('a LINE account says how much of the month is used, whose count is what, and what to do', () => {
  const lines = (given: Partial<LineStatus>) =>
    statusLines({ ...NOTHING, lines: [{ ...LINE, ...given }] }, moment('11:00')).filter((line) =>
      /^LINE|^- /.test(line),
    )
  expect(lines({ troubles: ['line-quota-near'], menu: 'none' })).toEqual([
    '- 自治体がまだありません。',
    expect.stringMatching(
      /^LINE @minato: 今月 24,500 通 \/ 上限 30,000 通、このままなら月末に 31,000 通。.*LINE の数え方で 812 通、こちらで 820 通$/,
    ),
    expect.stringMatching(/^- LINE の月の上限が近い.*→ .*料金プラン/),
    '- トークの下のメニューが付いていません',
  ])
  const notices = (date: string) => ({ date, kinds: ['notice' as const, 'survey' as const] })
  const yielded = [{ date: '2026-12-02', kinds: ['survey' as const] }, notices('2026-12-20')]
  expect(lines({ troubles: ['line-quota-yields'], yielded }).slice(2)).toEqual([
    expect.stringMatching(/^- LINE の今月の残りが足りなくなるので.*→ .*料金プラン/),
    expect.stringMatching(
      /LINE では送らないもの: アンケート\(.*12月2日.*と、ほかの 1 日\)、お知らせ\(.*12月20日[^と]*\)$/,
    ),
  ])
  const tested = (reason: 'ok' | 'couldNotConnect' | 'errorStatusCode', status = 0) =>
    lines({ webhookTest: { at: at('10:50'), reason, status } })
  expect(tested('ok', 200).slice(1)).toEqual([
    expect.stringContaining('LINE からの知らせは、こちらに届きます(10:50 のテスト)'),
  ])
  expect(tested('couldNotConnect')[2]).toMatch(/つながりません。→ .*証明書/)
  expect(tested('errorStatusCode', 401)[2]).toMatch(/401.*→ .*チャネルシークレット/)
  expect(tested('errorStatusCode', 503)[2]).toMatch(/503.*→ .*web/)
  expect(tested('errorStatusCode', 404)[2]).toMatch(/404.*→ Webhook URL/)
  expect(lines({ isSentElsewhere: true })[2]).toContain('この設置のもの')
  const fresh = { askedAt: null, limit: null, used: null, expected: null, counted: null }
  expect(lines(fresh)[1]).toBe('LINE @minato: まだ LINE に聞いていません')
  expect(lines({ ...fresh, code: 'line-credentials' })[1]).toContain('LINE に聞けません')
  expect(lines({ limit: null, expected: null, counted: null })[1]).toBe(
    'LINE @minato: 今月 24,500 通(上限なし)',
  )
  // to the CMS: what is counted of a town's people to the next ten
  const [told] = publicStatus({ ...NOTHING, lines: [LINE] }).lines
  expect(told).toMatchObject({
    limit: 30_000,
    used: { about: 24_500 },
    counted: { line: { about: 810 }, ours: { about: 820 } },
  })
})

test.each([
  [{ takenAt: null, verifiedAt: null }, /^控えは、まだ backup で取っていません。$/],
  [
    { takenAt: at('02:10'), verifiedAt: null },
    / 2:10。まだ戻せるか確かめていません。→ backup --verify$/,
  ],
  [{ takenAt: at('02:10'), verifiedAt: at('02:30') }, / 2:10。戻せると確かめたのは .* 2:30$/],
  [
    { takenAt: '2026-10-01T00:00:00Z', verifiedAt: at('02:30') },
    /止まっています。→ backup --into。/,
  ],
  [{ takenAt: at('02:10'), verifiedAt: '2026-09-01T00:00:00Z' }, /もう一度確かめて.*--verify$/],
])('of a backup %j', (backup, words) => {
  expect(backupWords({ backup, at: at('11:00') })).toMatch(words)
})

test.each<[string[], boolean, string]>([
  [[], false, '配信: 止めていません。'],
  [[], true, '配信: 止めています。'],
  [['all'], false, '配信: 止めています。'],
  [['mail', 'all'], false, '配信: 止めています。'],
  [['mail'], false, '配信: 一部を止めています。わけは下にあります。'],
  [[`town:${TOWN}`], false, '配信: 一部を止めています。わけは下にあります。'],
])('%j, after a restore: %j is %s', (scopes, isPaused, said) => {
  const halts = scopes.map((scope) => ({ scope, since: at('10:05'), reason: '見本' }))
  expect(standingWords({ halts }, isPaused)).toBe(said)
})

test('why nobody knows whether a mail went is said in words', () => {
  expect(['smtp-cut', 'smtp-timeout', 'crash'].map(unknownWords)).toEqual([
    '渡している途中でつながりが切れました',
    '中継サーバーの返事が来ませんでした',
    '渡している途中で配信プログラムが落ちました',
  ])
})
