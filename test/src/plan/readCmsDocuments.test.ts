import { expect, test } from '@jest/globals'

import { readLineAccount } from '../../../src/plan/readCmsDocuments'

const ACCOUNT = {
  id: 'L1',
  provider: 'みなと町',
  kind: 'official',
  channelId: '2000000001',
  channelSecret: '0'.repeat(32),
  basicId: '@minato',
}

test.each([
  { label: 'own', stored: 'own', answers: 'own' },
  { label: 'none', stored: 'none', answers: 'none' },
  { label: 'saved before the setting existed', stored: undefined, answers: 'all' },
  { label: 'emptied', stored: null, answers: 'all' },
])('what a LINE account answers: $label', ({ stored, answers }) => {
  expect(readLineAccount({ ...ACCOUNT, answers: stored })).toEqual({ ...ACCOUNT, answers })
})

test('a LINE Login channel comes with its secret, or the account is not read at all', () => {
  const secret = 'e'.repeat(32)
  const read = (loginChannelId: unknown, loginChannelSecret: unknown) =>
    readLineAccount({ ...ACCOUNT, loginChannelId, loginChannelSecret }).login
  expect(read('1657000001', secret)).toEqual({ channelId: '1657000001', channelSecret: secret })
  for (const none of [undefined, null, '']) expect(read(none, none)).toBeUndefined()
  expect(read('', secret)).toBeUndefined()
  for (const none of [undefined, null, '']) expect(() => read('1657000001', none)).toThrow()
  const own = { loginChannelId: '1657000001', loginChannelSecret: secret }
  const liffId = '1657000001-AbCdEfGh'
  expect(readLineAccount({ ...ACCOUNT, ...own, liffId }).login).toMatchObject({ liffId })
  expect(readLineAccount({ ...ACCOUNT, liffId }).login).toBeUndefined()
})
