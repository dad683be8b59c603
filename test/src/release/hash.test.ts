import { expect, test } from '@jest/globals'
import fc from 'fast-check'

import type { AddOnContent, ManuscriptContent, ReleaseContent } from '../../../src/release/content'
import { contentHash } from '../../../src/release/hash'
import { addOnContent, manuscriptContent } from './arbitrary'
import { addOn, BOOK, GROUP, LINK, manuscript } from './sampleContent'

const content: fc.Arbitrary<ReleaseContent> = fc.oneof(manuscriptContent, addOnContent)

test('the hash of a known manuscript does not change between versions of the program', () => {
  expect(contentHash(manuscript({ body: '本文', subject: '件名' }))).toBe(
    '655a9f5b7a0d4805390094f270a7c617ab385c821811bb7b16e6d002851e504a',
  )
})

test('the hash of a known add-on with every type of block does not change either', () => {
  const content = addOn({
    areas: ['西', '東'],
    validTo: '2027-03-31',
    blocks: [{ blockType: 'text', text: '両親学級を開きます。' }, LINK, BOOK, GROUP],
  })
  expect(contentHash(content)).toBe(
    '32498b108513b28f4c9ec1475e862582d204835134031111d194d44e4803d9f5',
  )
})

const PICTURE = {
  hash: '1'.repeat(64),
  type: 'png' as const,
  width: 800,
  height: 600,
  alt: '眠る赤ちゃんの絵',
}

test.each<[string, Partial<typeof PICTURE> | { type: 'jpeg' }]>([
  ['another file', { hash: '2'.repeat(64) }],
  ['other words', { alt: 'ほかの絵' }],
  ['another type', { type: 'jpeg' }],
  ['another width', { width: 801 }],
  ['another height', { height: 601 }],
])('a picture with %s is another content, and so is none', (_label, change) => {
  for (const text of [manuscript(), addOn()]) {
    const shown = contentHash({ ...text, picture: PICTURE })
    expect(contentHash({ ...text, picture: { ...PICTURE, ...change } })).not.toBe(shown)
    expect(contentHash(text)).not.toBe(shown)
  }
})

test('the hash of a known picture does not change between versions of the program', () => {
  const content = manuscript({ body: '本文', subject: '件名', picture: PICTURE })
  expect(contentHash(content)).toBe(
    'ea7b7a6db84d87053d631001aa0cbeabe8fdf847495aa4bfed33aa9a2cb4a16e',
  )
})

test('key order, Unicode form, line ends and fields of the store leave the hash as it is', () => {
  fc.assert(
    fc.property(content, (value) => {
      expect(contentHash(disguise(value) as ReleaseContent)).toBe(contentHash(value))
    }),
  )
})

test('the order of areas and editions leaves the hash as it is', () => {
  const one = addOn({ areas: ['東', '西'], editions: ['easy', 'standard'] })
  const other = addOn({ areas: ['西', '東'], editions: ['standard', 'easy'] })
  expect(contentHash(one)).toBe(contentHash(other))
})

const manuscriptChanges: Partial<ManuscriptContent>[] = [
  { series: 'baby' },
  { slot: '24w4d' },
  { edition: 'easy' },
  { kind: 'milestone' },
  { body: '【見本】おなかの{{赤ちゃん}}に、音が聞こえるころです!' },
  { subject: '妊娠24週3日の便り' },
  { ageBasis: 'corrected' },
  { monthRule: 'legal' },
]

test.each(manuscriptChanges)('a manuscript changed in %j has another hash', (change) => {
  expect(contentHash(manuscript(change))).not.toBe(contentHash(manuscript()))
})

const blocks = [BOOK, GROUP, LINK]
const addOnChanges: Partial<AddOnContent>[] = [
  { municipality: '131024' },
  { title: '区からのお知らせ' },
  { from: '20w1d' },
  { to: '30w1d' },
  { isEndIncluded: false },
  { timing: 'once' },
  { validFrom: '2026-04-01' },
  { validTo: '2026-04-01' },
  { areas: ['東'] },
  { editions: ['easy'] },
  { monthRule: 'legal' },
  { order: 2 },
  { blocks: [...blocks].reverse() },
  { blocks: [BOOK, GROUP] },
  ...blocks.flatMap((block, index) =>
    Object.keys(block)
      .filter((key) => key !== 'blockType')
      .map((key) => ({ blocks: blocks.with(index, { ...block, [key]: 'https://example.jp/x' }) })),
  ),
]

test.each(addOnChanges)('an add-on changed in %j has another hash', (change) => {
  expect(contentHash(addOn({ blocks, ...change }))).not.toBe(contentHash(addOn({ blocks })))
})

test('a missing address is the same as none', () => {
  const without = (value: null | undefined) =>
    addOn({ blocks: [{ ...BOOK, imageUrl: value, url: value } as typeof BOOK] })
  expect(contentHash(without(undefined))).toBe(contentHash(without(null)))
})

/** The same content as another store would give it back. */
function disguise(value: unknown): unknown {
  if (typeof value === 'string') return value.normalize('NFD').replaceAll('\n', '\r\n')
  if (Array.isArray(value)) return value.map(disguise)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).map(([key, part]) => [key, disguise(part)] as const)
  return Object.fromEntries([['id', 'row1'], ...entries.reverse()])
}
