import { expect, test } from '@jest/globals'

import { themeField } from '../../../src/fields/theme'
import { DEFAULT_TOPICS } from '../../../src/review/rules/policy'
import { DECLINABLE_THEMES, THEMES } from '../../../src/release/themes'

const topics = DEFAULT_TOPICS.map((topic) => ({ canBeHidden: true, ...topic }))
const { validate } = themeField({ policy: { topics } as never })
const check = (theme: unknown, of: string[]) =>
  (validate as (value: unknown, context: object) => true | string)(theme, {
    data: { topics: of },
  })

test.each(['book', 'local', 'daily'])('a text on %s may be one that readers decline', (topic) => {
  expect(check('books', [topic])).toBe(true)
})

test.each(['health', 'vaccination', 'safety', 'nutrition', 'pregnancy', 'mind'])(
  'nobody declines a text on %s, whatever else it is about',
  (topic) => {
    expect(check('christmas', ['book', topic])).toMatch(/読者が断れません/)
    expect(check('always', ['book', topic])).toBe(true)
  },
)

test('what is no theme is refused', () => {
  expect(check('health', [])).not.toBe(true)
  expect(check('', [])).not.toBe(true)
})

test('each theme that can be declined has a name for writers', () => {
  expect(THEMES.map(({ value }) => value)).toEqual(['always', ...DECLINABLE_THEMES])
})
