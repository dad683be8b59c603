// The invented months of the sample are of its readers, and show what a page of numbers is for.
import { describe, expect, test } from '@jest/globals'

import { inventedMonths } from '../../../src/sample/inventedMonths'
import { MONTHS_OF } from '../../../src/sample/months'
import { readSampleText } from '../../../src/sample/sampleData'

const readers = (await readSampleText('readers.csv')).split('\n')

describe.each(Object.entries(MONTHS_OF))('of %s', (code, town) => {
  const months = inventedMonths({ ...town, areas: ['北', '南'], last: '2026-11' })

  test('nearly all of the sample’s readers are there at the end', () => {
    const listed = readers.filter((line) => line.startsWith(`${code},`)).length
    const total = months.at(-1)?.active.total
    const { about } = typeof total === 'object' ? total : { about: 0 }
    expect(about).toBeGreaterThanOrEqual(listed * 0.75)
    expect(about).toBeLessThanOrEqual(listed)
  })

  test('some breakdown tells where families heard of the texts, and what became of a year', () => {
    const told = months.flatMap(({ registered }) => registered.breakdown?.by.source ?? [])
    expect(told.filter(({ figure }) => typeof figure === 'number' && figure > 0)).not.toEqual([])
    expect(months.flatMap(({ stays = [] }) => stays).map(({ days }) => days)).toContain(365)
  })
})
