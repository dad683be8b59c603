import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, test } from '@jest/globals'

import { chooseDay, faultsOf, FAULT_NAMES, missedOf } from './faultTable'
import { storm } from './faults'
import { createRandom } from './random'
import { boundOf, readRuns, sentenceOf, totalOf, type RunLine } from './runs'

const LINE: RunLine = {
  version: 1,
  seed: 1,
  faults: ['line-500'],
  workers: 2,
  deliveries: 1200,
  kills: 50,
  copies: 0,
  lost: 0,
  unknown: 7,
  unknownByDeath: 5,
  connections: 100,
  problems: [],
}

test('the figure of the README is that of the lines of all runs', async () => {
  const readme = await readFile(join(import.meta.dirname, '../../README.md'), 'utf8')
  const total = totalOf(await readRuns())
  expect(readme).toContain(sentenceOf(total))
})

test('runs are added up, and 3/N bounds what was seen 0 times', () => {
  const total = totalOf([LINE, { ...LINE, copies: 1, unknownByDeath: 101 }])
  expect(total).toEqual({
    runs: 2,
    deliveries: 2400,
    kills: 100,
    copies: 1,
    lost: 0,
    unknown: 14,
    problems: 0,
    explained: 0,
    faults: 1,
    isUnknownBounded: false,
  })
  expect(boundOf(12_000)).toBe('0.00025')
  expect(boundOf(0)).toBe('1')
})

test('what is explained is told of all that broke a promise, and stays among it', () => {
  const known = { ...LINE, problems: ['one', 'two'], explained: 'the harness' }
  const total = totalOf([LINE, known, { ...LINE, problems: ['three'] }])
  expect(total).toMatchObject({ problems: 3, explained: 2 })
  expect(sentenceOf(total)).toContain('ほかの食い違い 3 件(うち原因の分かったもの 2 件)')
})

test('a seed gives the same day again, and only faults that are allowed', () => {
  const all = chooseDay({ seed: 7, kills: 50, names: [...FAULT_NAMES] })
  expect(chooseDay({ seed: 7, kills: 50, names: [...FAULT_NAMES] })).toEqual(all)
  const few = [1, 2, 3, 4, 5].flatMap((seed) =>
    faultsOf(chooseDay({ seed, kills: 50, names: ['line-500', 'changes'] })),
  )
  expect(new Set(few)).toEqual(new Set(['line-500', 'changes']))
})

test('a storm hits each worker until its deaths are used up, then none', () => {
  const strikes = storm({ random: createRandom(3), kills: 2, isFreezing: false })
  expect([0, 1, 2].map((worker) => strikes.lifeMs(worker) !== null)).toEqual([true, true, false])
})

test.each(FAULT_NAMES.map((name) => [name]))('%s can be asked for, and is named', (name) => {
  const certain = name === 'stopped-worker' ? [name, 'several-workers' as const] : [name]
  const day = chooseDay({ seed: 1, kills: 40, names: [], certain })
  expect(faultsOf(day)).toContain(name)
})

test('what a day was too short for is not among its faults', () => {
  const day = chooseDay({ seed: 1, kills: 40, names: [], certain: ['key-23:01'] })
  expect(missedOf(day, { aged: new Set(), kills: 40 })).toEqual(['key-23:01'])
  expect(missedOf(day, { aged: new Set(['one']), kills: 40 })).toEqual([])
  const back = chooseDay({ seed: 1, kills: 40, names: [], certain: ['restore'] })
  expect(missedOf(back, { aged: new Set(), kills: 0 })).toEqual(['restore'])
  expect(missedOf(back, { aged: new Set(), kills: 40 })).toEqual([])
})
