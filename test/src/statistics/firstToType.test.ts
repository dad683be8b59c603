import { expect, test } from '@jest/globals'

import { firstToType } from '../../../src/statistics/firstToType'

const rates = (handbooks: string[], births: string[]) => ({
  handbooks: { missing: handbooks },
  births: { missing: births },
})

test.each([
  ['the handbooks of a month first', rates(['2026-05'], ['2025']), undefined, 'handbooks 2026-05'],
  ['what somebody came for', rates(['2026-05'], ['2025']), 'births', 'births 2025'],
  ['births where only they are missing', rates([], ['2025']), undefined, 'births 2025'],
  ['what is missing, whatever was asked', rates(['2026-05'], []), 'births', 'handbooks 2026-05'],
  ['the last month where nothing is', rates([], []), 'nonsense', 'handbooks 2026-11'],
])('the form begins with %s', (_, missing, asked, chosen) => {
  const { kind, period } = firstToType(missing, asked, '2026-11')
  expect(`${kind} ${period}`).toBe(chosen)
})
