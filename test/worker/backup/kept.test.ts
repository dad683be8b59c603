// Which backups of a rotation stay: by a table, and whatever their days are.
import { expect, test } from '@jest/globals'

import { addDays } from '../../../src/stage/day'
import { backupsToRemove } from '../../../worker/backup/kept'

const today = '2026-10-06'
const nightly = (nights: number) =>
  Array.from({ length: nights }, (_, back) => ({ day: addDays(today, -back) }))
const staying = (backups: { day: string }[], keptDays = 400) => {
  const gone = new Set(backupsToRemove(backups, { today, keptDays }))
  return backups.filter((backup) => !gone.has(backup)).map(({ day }) => day)
}

test('of two years of nights there stay fourteen days, eight weeks and twelve months', () => {
  const days = staying(nightly(730))
  expect(days.slice(0, 14)).toEqual(nightly(14).map(({ day }) => day))
  const older = days.slice(14)
  // the last of each week (a Sunday), then the last of each month
  expect(older.filter((day) => day > '2026-08-16')).toEqual([
    ...['2026-09-20', '2026-09-13', '2026-09-06', '2026-08-31', '2026-08-30', '2026-08-23'],
  ])
  expect(older.at(-1)).toBe('2025-11-30')
  expect(days.length).toBeLessThanOrEqual(14 + 8 + 12)
})

test('nothing stays longer than what is kept of deliveries, but the newest always does', () => {
  expect(staying(nightly(730), 30).at(-1)! >= addDays(today, -30)).toBe(true)
  expect(staying([{ day: '2024-01-01' }, { day: '2023-01-01' }], 30)).toEqual(['2024-01-01'])
  expect(staying([])).toEqual([])
})

test('two of one day: one of them stays', () => {
  expect(staying([{ day: today }, { day: today }])).toHaveLength(1)
})

test('a rotation that is cleared each night comes to the same as one that is cleared once', () => {
  let kept: { day: string }[] = []
  for (const { day } of nightly(500).toReversed()) {
    const all = [...kept, { day }]
    const gone = new Set(backupsToRemove(all, { today: day, keptDays: 400 }))
    kept = all.filter((backup) => !gone.has(backup))
  }
  expect(kept.map(({ day }) => day).toReversed()).toEqual(staying(nightly(500)))
})
