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
