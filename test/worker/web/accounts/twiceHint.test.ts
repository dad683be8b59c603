// Who registers with the account that a town is moving to may be registered with the other one, too.
import { expect, test } from '@jest/globals'

import { twiceHint } from '../../../../worker/web/accounts/moveTalk'
import { standard } from '../../../../worker/web/words/standard'
import type { OpenMove } from '../../../../src/plan/settings'

const MOVE: OpenMove = {
  ...{ id: 'm', kind: 'otherProvider', stage: 'running', from: 'L1', to: 'L2' },
  ...{ begin: '2026-11-01', until: '2026-12-31' },
}
const hint = (changed: Partial<OpenMove>, account = 'L2') =>
  twiceHint({ move: { ...MOVE, ...changed } }, account, standard)

test('the letter’s own button is named', () => {
  expect(hint({}).join()).toContain(`「${standard.accounts.otherProvider.button}」`)
  const byMail = hint({ kind: 'mailToLine', from: 'mail', stage: 'paused' })
  expect(byMail.join()).toContain(`「${standard.accounts.mailToLine.button}」`)
})

test('nothing is said where nobody is registered twice by it', () => {
  expect(hint({}, 'L1')).toEqual([])
  expect(hint({ stage: 'trial' })).toEqual([])
  expect(hint({ stage: 'takingBack' })).toEqual([])
  expect(hint({ kind: 'sameProvider' })).toEqual([])
  expect(twiceHint({}, 'L2', standard)).toEqual([])
})
