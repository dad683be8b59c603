import { expect, test } from '@jest/globals'

import { checkRow } from '../../../worker/readers/importedRow'
import { settings } from './settings'

const checks = {
  municipalities: new Map([
    ['999016', { settings: settings({ consentVersions: ['紙 2024'] }), provider: null }],
    ['999024', { settings: settings({ code: '999024', consentVersions: [] }), provider: null }],
  ]),
  now: new Date('2026-11-23T00:00:00Z'),
}

const ROW = {
  municipality: '999016',
  channel: 'mail',
  address: 'taro@example.jp',
  anchor: 'birthDate',
  date: '2026-11-01',
  consentedAt: '2026-11-01',
  consentVersion: '2026-12',
  consentBasis: '紙の申込書',
  delivered: '',
}

const messagesOf = (cells: Partial<typeof ROW>) => {
  const checked = checkRow(
    { line: 2, cells: new Map(Object.entries({ ...ROW, ...cells })) },
    checks,
  )
  return 'errors' in checked ? checked.errors.map(({ message }) => message) : []
}

test('the row that the others differ from is sound', () => {
  expect(messagesOf({})).toEqual([])
})

test.each([
  [{ date: '2026/9/31' }, '「2026/9/31」という日はありません。9 月は 30 日まで'],
  [
    { date: '令和8年2月30日' },
    '「令和8年2月30日」という日はありません。2026 年の 2 月は 28 日まで',
  ],
  [{ date: '2026年11月1日(土)' }, '曜日が違います。正しくは 2026年11月1日(日)'],
  [{ date: '去年の春' }, '「去年の春」は日付として読めません'],
  [{ consentedAt: '2026/6/31 10:00' }, '「2026/6/31」という日はありません。6 月は 30 日まで'],
  [{ consentedAt: '令和8年6月31日' }, '6 月は 30 日まで'],
  [{ consentedAt: '春ごろ' }, '同意した日時「春ごろ」は読めません'],
])('%j: a day that does not exist is told apart from a wrong form', (cells, says) => {
  expect(messagesOf(cells)).toEqual([expect.stringContaining(says)])
})

test.each([
  [{ consentVersion: 'v9' }, '同意の版「v9」は', '紙 2024、2026-12、2026-12-2'],
  [{ consentVersion: '' }, '文面の版が空です', '紙 2024、2026-12、2026-12-2'],
  [
    { consentVersion: 'v9', municipality: '999024' },
    '同意の版「v9」は',
    '使えるのは 2026-12、2026-12-2、2026-12-3 です',
  ],
])('%j: the versions that are accepted are named', (cells, says, versions) => {
  const [message, ...others] = messagesOf(cells)
  expect(message).toContain(says)
  expect(message).toContain(versions)
  expect(others).toEqual([])
})
