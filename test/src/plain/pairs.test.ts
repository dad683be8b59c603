import { expect, test } from '@jest/globals'

import { isToDo, pairsOf, type Alignment, type PairedText } from '../../../src/plain/pairs'
import type { LatestRelease } from '../../../src/review/rules/decide'

const editions = [
  { code: 'standard', label: '標準' },
  { code: 'easy', label: 'やさしい日本語', isPlain: true },
]

const release = (action: LatestRelease['action']): LatestRelease => ({
  action,
  revision: 1,
  contentHash: 'now',
  reviewDueAt: null,
  at: '2026-05-05T00:00:00.000Z',
})

const text = (edition: string, given: LatestRelease | null): PairedText => ({
  id: edition,
  title: edition,
  series: 's',
  content: { type: 'manuscript', slot: 'day10', kind: 'stage', edition } as PairedText['content'],
  contentHash: 'now',
  release: given,
})

const aligned = (standardHash: string, isCompared: boolean): Alignment => ({
  standardHash,
  isCompared,
  at: '2026-05-06T00:00:00.000Z',
})

const OUT = release('publish')
const GONE = release('withdraw')

test.each<[string, (LatestRelease | null)[], [Alignment | null, string]]>([
  ['was only written against it', [OUT, null], [aligned('now', false), 'unchecked']],
  ['somebody compared', [OUT, null], [aligned('now', true), 'inLine']],
  ['was written against an older one', [OUT, null], [aligned('before', false), 'changed']],
  ['was compared with an older one', [OUT, null], [aligned('before', true), 'changed']],
  ['nobody ever noted anything of', [OUT, null], [null, 'unchecked']],
  ['has a standard text that is withdrawn', [GONE, OUT], [aligned('now', true), 'withdrawn']],
  ['is withdrawn with its standard text', [GONE, GONE], [null, 'ended']],
])('an easy text that %s', (_label, [standard = null, easy = null], [alignment, state]) => {
  const texts = [text('standard', standard), text('easy', easy)]
  const known = new Map(alignment ? [['easy', alignment]] : [])
  expect(pairsOf(texts, editions, known).map((pair) => pair.state)).toEqual([state])
})

test('a standard text alone is listed once readers get it, and what needs nothing is not', () => {
  const states = (given: LatestRelease | null) =>
    pairsOf([text('standard', given)], editions, new Map()).map(({ state }) => state)
  expect([states(OUT), states(null)]).toEqual([['missing'], []])
  expect((['missing', 'ended', 'inLine'] as const).map((state) => isToDo({ state }))).toEqual([
    true,
    false,
    false,
  ])
})
