import { expect, test } from '@jest/globals'

import type { LineAnswers } from '../../../src/plan/settings'
import { isAnswered, leavesGroups } from '../../../worker/web/answered'
import { shareMessage } from '../../../worker/web/shareMessage'

const EVERY: LineAnswers[] = ['all', 'own']
const FAMILY = shareMessage('a'.repeat(40))

test.each<{ label: string; event: [string, string?, string?]; by: LineAnswers[] }>([
  { label: 'becoming a friend', event: ['follow'], by: ['all'] },
  { label: 'a word of another service', event: ['message', 'ごみの日'], by: ['all'] },
  { label: 'a word of ours inside a sentence', event: ['message', '登録しません'], by: ['all'] },
  { label: 'a picture', event: ['message'], by: ['all'] },
  { label: 'the menu of another service', event: ['postback', undefined, 'gomi'], by: ['all'] },
  { label: 'a word of ours', event: ['message', '登録'], by: EVERY },
  {
    label: 'a word of ours as people write it',
    event: ['message', ' 配信を止める。\n'],
    by: EVERY,
  },
  { label: 'the name of a language', event: ['message', 'やさしい日本語'], by: EVERY },
  { label: 'a family’s message', event: ['message', FAMILY], by: EVERY },
  { label: 'one with a language', event: ['message', `${FAMILY} やさしい日本語`], by: EVERY },
  { label: 'our menu', event: ['postback', undefined, 'kizuna:menu'], by: EVERY },
  { label: 'our question', event: ['postback', undefined, 'kizuna:register:0'], by: EVERY },
  { label: 'a block', event: ['unfollow'], by: [] },
])('$label is answered by accounts that answer $by', ({ event, by }) => {
  const [type, text = null, data = null] = event
  const answering = (['all', 'own', 'none'] as const).filter((answers) =>
    isAnswered({ answers }, { type, text, data }),
  )
  expect(answering).toEqual(by)
})

test('an account that was synced before the setting existed answers everything', () => {
  expect(isAnswered({}, { type: 'message', text: 'こんにちは', data: null })).toBe(true)
})

test('an account that answers nothing is left where the town’s other service has put it', () => {
  const answers = ['all', 'own', 'none'] as const
  expect(answers.filter((one) => leavesGroups({ answers: one }))).toEqual(['all', 'own'])
})
