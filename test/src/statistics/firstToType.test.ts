import { expect, test } from '@jest/globals'

import { firstToType } from '../../../src/statistics/firstToType'

const rates = (handbooks: string[], births: string[]) => ({
  handbooks: { missing: handbooks },
  births: { missing: births },
})

const both = rates(['2026-05'], ['2025'])

test.each([
  { chosen: 'handbooks 2026-05', missing: both, asked: undefined },
  { chosen: 'births 2025', missing: both, asked: 'births' },
  { chosen: 'births 2025', missing: rates([], ['2025']), asked: undefined },
  { chosen: 'handbooks 2026-05', missing: rates(['2026-05'], []), asked: 'births' },
  { chosen: 'handbooks 2026-11', missing: rates([], []), asked: 'nonsense' },
])('the form begins with $chosen where $asked is asked of $missing', (row) => {
  const { kind, period } = firstToType(row.missing, row.asked, '2026-11')
  expect(`${kind} ${period}`).toBe(row.chosen)
})
