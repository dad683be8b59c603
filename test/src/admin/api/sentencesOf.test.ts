// What a part of the admin shows when the CMS says no.
import { expect, test } from '@jest/globals'

import { sentencesOf } from '../../../../src/admin/api/sentencesOf'

test.each([
  {
    label: 'a sentence',
    answer: { errors: [{ message: '権限がありません。' }] },
    sentences: ['権限がありません。'],
  },
  {
    label: 'each line of the gate is a sentence',
    answer: { errors: [{ message: '公開できません。\n医師の承認がありません。' }] },
    sentences: ['公開できません。', '医師の承認がありません。'],
  },
  {
    label: 'what is said at the fields stands for the whole, each sentence once',
    answer: {
      errors: [
        {
          message: '次の項目を直してください',
          data: { errors: [{ message: '空です。' }, { message: '空です。' }, {}] },
        },
      ],
    },
    sentences: ['空です。'],
  },
])('$label', ({ answer, sentences }) => {
  expect(sentencesOf(answer)).toEqual(sentences)
})

test.each([{}, { errors: [] }, { errors: [{}] }, { errors: [{ message: '' }] }])(
  'an answer without a sentence has none: %j',
  (answer) => {
    expect(sentencesOf(answer)).toBeNull()
  },
)
