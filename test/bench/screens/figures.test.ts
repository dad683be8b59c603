import { expect, test } from '@jest/globals'

import { faultsOf, type Figures, type Reading } from './figures'

const reading = (documents: number, kb = 200): Reading => ({
  documents,
  kb,
  keys: documents,
  read: [['kizuna-releases', documents]],
})
const figures = (changed: Partial<Figures>): Figures => ({
  screen: { name: 'ホーム', viewer: 'editor' },
  ms: [900, 2000, 950],
  cpuMs: 100,
  tenth: reading(50),
  whole: reading(150),
  ...changed,
})

test.each([
  ['within a second but once, and a page fuller than before', {}, []],
  ['slow more often than not', { ms: [1100, 1200, 900] }, ['1 秒より遅い(1100 ミリ秒)']],
  ['never usable', { ms: [Infinity] }, ['1 秒より遅い(Infinity ミリ秒)']],
  ['reading each municipality', { whole: reading(230) }, ['増える: kizuna-releases']],
  ['a larger page', { whole: reading(50, 900) }, ['ページが大きくなる']],
])('%s', (_, changed, faults) => {
  expect(faultsOf(figures(changed))).toEqual(faults)
})
