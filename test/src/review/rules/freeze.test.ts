import { expect, test } from '@jest/globals'

import { contentHash } from '../../../../src/release/hash'
import { freezeAddOn, freezeManuscript } from '../../../../src/review/rules/freeze'
import { monthsLater } from '../../../../src/review/operations/insertRelease'

const manuscript = {
  id: '1',
  slot: 'day45',
  edition: 'easy',
  kind: 'milestone',
  title: '管理用',
  body: '本文',
  subject: '件名',
  ageBasis: 'corrected',
  monthRule: 'legal',
  topics: ['health'],
}

test('a manuscript keeps what readers see and when, and nothing else', () => {
  expect(freezeManuscript(manuscript, 'child')).toEqual({
    type: 'manuscript',
    series: 'child',
    slot: 'day45',
    edition: 'easy',
    kind: 'milestone',
    body: '本文',
    subject: '件名',
    ageBasis: 'corrected',
    monthRule: 'legal',
  })
})

test('a theme is part of what is approved; without one the content is what it always was', () => {
  const plain = freezeManuscript(manuscript, 'child')
  const always = freezeManuscript({ ...manuscript, theme: 'always' }, 'child')
  const carol = freezeManuscript({ ...manuscript, theme: 'christmas' }, 'child')
  expect(always).toEqual(plain)
  expect(carol).toMatchObject({ theme: 'christmas' })
  expect(contentHash(carol)).not.toBe(contentHash(plain))
})

test('a picture that was taken for another is not shown until its own file is known', () => {
  const pictureFile = { of: 'a', hash: 'c'.repeat(64), type: 'png', width: 120, height: 80 }
  const shown = { picture: 'a', pictureAlt: '見本の絵', pictureFile }
  const taken = { ...shown, picture: 'b' }
  const file = { hash: pictureFile.hash, type: 'png', width: 120, height: 80, alt: '見本の絵' }
  expect(freezeManuscript({ ...manuscript, ...shown }, 'child')).toMatchObject({ picture: file })
  expect(freezeManuscript({ ...manuscript, ...taken }, 'child')).not.toHaveProperty('picture')
  const coverOf = (chosen: object) =>
    freezeAddOn({ blocks: [{ blockType: 'book', title: '見本', ...chosen }] }, '131016').blocks[0]
  expect(coverOf(shown)).toMatchObject({ picture: expect.stringContaining(pictureFile.hash) })
  expect(coverOf(taken)?.picture ?? '').toBe('')
})

test('missing and unknown values become the defaults', () => {
  expect(freezeManuscript({ kind: 'other' }, '')).toMatchObject({
    kind: 'stage',
    ageBasis: 'calendar',
    monthRule: 'friendly',
    body: '',
    subject: '',
  })
  expect(freezeAddOn({}, '999016')).toMatchObject({
    validFrom: null,
    validTo: null,
    areas: [],
    editions: [],
    blocks: [],
    order: 0,
    isEndIncluded: true,
    timing: 'once',
    monthRule: 'friendly',
  })
})

test('row ids, block names and unknown blocks of the store do not enter the content', () => {
  const blocks = [
    { id: 'a', blockName: '見出し', blockType: 'text', text: 'こんにちは' },
    { id: 'b', blockType: 'link', label: '予約', url: 'https://example.jp/' },
    { id: 'c', blockType: 'book', title: 'もり', author: '見本', url: '' },
    { id: 'd', blockType: 'group', name: 'ひろば', description: '', contact: '{{電話}}' },
    { id: 'e', blockType: 'unknown' },
  ]
  const frozen = freezeAddOn({ blocks, areas: [{ name: '北地区' }, '南地区'] }, '999016')
  expect(frozen.areas).toEqual(['北地区', '南地区'])
  expect(frozen.blocks).toEqual([
    { blockType: 'text', text: 'こんにちは' },
    { blockType: 'link', label: '予約', url: 'https://example.jp/' },
    {
      blockType: 'book',
      title: 'もり',
      author: '見本',
      publisher: '',
      description: '',
      imageUrl: null,
      url: null,
    },
    {
      blockType: 'group',
      name: 'ひろば',
      description: '',
      place: '',
      schedule: '',
      contact: '{{電話}}',
      url: null,
    },
  ])
})

test.each([
  ['the internal title', { title: '別の題名' }, true],
  ['the topics', { topics: [] }, true],
  ['the body', { body: '本文。' }, false],
  ['the slot', { slot: 'day46' }, false],
  ['the month rule', { monthRule: 'friendly' }, false],
])('another %s: same content %s', (_label, change, isSame) => {
  const hash = (document: object) => contentHash(freezeManuscript({ ...document }, 'child'))
  expect(hash({ ...manuscript, ...change }) === hash(manuscript)).toBe(isSame)
})

test.each([
  ['2026-01-31T03:00:00.000Z', 1, '2026-02-28T03:00:00.000Z'],
  ['2026-11-23T00:00:00.000Z', 12, '2027-11-23T00:00:00.000Z'],
  ['2024-02-29T12:00:00.000Z', 12, '2025-02-28T12:00:00.000Z'],
])('%s and %s months is %s', (at, months, expected) => {
  expect(monthsLater(new Date(at), months)).toBe(expected)
})
