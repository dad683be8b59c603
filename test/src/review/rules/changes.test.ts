import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'

import type { AddOnContent, ManuscriptContent } from '../../../../src/release/content'
import { changesBetween } from '../../../../src/review/rules/changes'
import {
  aroundChanges,
  differenceOf,
  letterDifferenceOf,
  sideOf,
} from '../../../../src/review/rules/difference'
import { boundariesOf, oddText } from '../../release/oddText'

const names = {
  edition: (code: string) => ({ standard: '標準', easy: 'やさしい日本語' })[code] ?? code,
  series: () => '妊娠期',
}

const manuscript: ManuscriptContent = {
  type: 'manuscript',
  series: 'pregnancy',
  slot: '24w3d',
  edition: 'standard',
  kind: 'stage',
  ageBasis: 'calendar',
  monthRule: 'friendly',
  subject: '妊娠24週のからだ',
  body: '塩分は1日10gまでにしましょう。\n水分をとりましょう。',
}

const addOn: AddOnContent = {
  type: 'addOn',
  municipality: '999016',
  title: '健診のご案内',
  from: 'month4',
  to: 'month6',
  isEndIncluded: true,
  timing: 'once',
  validFrom: null,
  validTo: null,
  areas: [],
  editions: [],
  monthRule: 'friendly',
  order: 10,
  blocks: [
    { blockType: 'text', text: '4か月健診のお知らせです。' },
    { blockType: 'link', label: '予約する', url: 'https://example.jp/yoyaku' },
  ],
}

describe('the difference of two texts', () => {
  test('marks words, not whole lines, though Japanese has no spaces', () => {
    const parts = differenceOf('塩分は1日10gまでに。', '塩分は1日6gまでに。')
    expect(parts.filter(({ kind }) => kind !== 'same')).toEqual([
      { kind: 'removed', text: '10g' },
      { kind: 'added', text: '6g' },
    ])
  })

  test('each side is the text itself', () => {
    const [before, after] = ['水分を\nとりましょう。', 'こまめに水分をとる。\n']
    const parts = differenceOf(before, after)
    const textOf = (side: 'before' | 'after') =>
      sideOf(parts, side)
        .map(({ text }) => text)
        .join('')
    expect([textOf('before'), textOf('after')]).toEqual([before, after])
  })

  test('without what stayed far from it: forty letters are left on each side', () => {
    const [left, right] = ['あ'.repeat(100), 'い'.repeat(100)]
    const parts = differenceOf(`${left}。10g。${right}`, `${left}。6g。${right}`)
    expect(aroundChanges(parts)).toEqual([
      { kind: 'same', text: `…${'あ'.repeat(39)}。` },
      { kind: 'removed', text: '10g' },
      { kind: 'added', text: '6g' },
      { kind: 'same', text: `。${'い'.repeat(39)}…` },
    ])
    const near = differenceOf('塩分は10g', '塩分は6g')
    expect(aroundChanges(near)).toEqual(near)
    const same = differenceOf(left, left)
    expect(aroundChanges(same)).toEqual(same)
  })

  test('a long text is marked at each place', () => {
    const long = '赤ちゃんの様子を見ながら、無理のない範囲で進めましょう。'.repeat(180)
    const parts = differenceOf(long, long.replaceAll('無理', 'むり'))
    const changed = (kind: string) => parts.filter((part) => part.kind === kind)
    expect(changed('removed')).toHaveLength(180)
    expect(changed('added')).toHaveLength(180)
  })
})

describe('the difference of odd texts', () => {
  test.each([
    ['words', differenceOf],
    ['letters', letterDifferenceOf],
  ])('%s: both sides are whole, and no part ends inside a sign', (_name, compare) => {
    fc.assert(
      fc.property(oddText(), oddText(), (before, after) => {
        for (const side of ['before', 'after'] as const) {
          const text = (side === 'before' ? before : after).replace(/\r\n?/g, '\n')
          const parts = sideOf(compare(before, after), side)
          expect(parts.map((part) => part.text).join('')).toBe(text)
          const boundaries = boundariesOf(text)
          let at = 0
          for (const part of parts) expect(boundaries.has((at += part.text.length))).toBe(true)
        }
      }),
    )
  })

  test('another skin tone is another sign, not half of one', () => {
    expect(letterDifferenceOf('👶🏻の健診', '👶🏿の健診')).toEqual([
      { kind: 'removed', text: '👶🏻' },
      { kind: 'added', text: '👶🏿' },
      { kind: 'same', text: 'の健診' },
    ])
  })

  test('what is left around a change does not begin inside a sign', () => {
    const signs = '👩🏽‍🍼'.repeat(60)
    const [before] = aroundChanges(differenceOf(`${signs}。10g`, `${signs}。6g`))
    expect(before).toEqual({ kind: 'same', text: `…${'👩🏽‍🍼'.repeat(39)}。` })
  })
})

describe('the work of comparing is bounded', () => {
  test('two of the longest texts with nothing in common stand one after the other', () => {
    const [before, after] = ['あかさたなは', 'いきしちにひ'].map((kana) =>
      Array.from({ length: 5000 }, (_, index) => kana[(index * index) % 6]).join(''),
    ) as [string, string]
    for (const compare of [differenceOf, letterDifferenceOf]) {
      expect(compare(before, after)).toEqual([
        { kind: 'removed', text: before },
        { kind: 'added', text: after },
      ])
    }
  })

  test('a sentence more among many that changed, and each change is still seen', () => {
    const lines = Array.from({ length: 100 }, (_, index) => `${index}日目は無理をしません。\n`)
    const parts = differenceOf(
      lines.join(''),
      `はじめに。\n${lines.join('').replaceAll('無理', 'むり')}`,
    )
    const stayed = parts.filter(({ kind }) => kind === 'same').map(({ text }) => text)
    expect(stayed.join('').length).toBeGreaterThan(0.6 * lines.join('').length)
  })
})

describe('what changed in a manuscript', () => {
  test('nothing: no change, whatever the line endings', () => {
    const body = manuscript.body.replace('\n', '\r\n')
    expect(changesBetween(manuscript, { ...manuscript, body }, names)).toEqual([])
  })

  test('texts by words, settings as a whole and in words', () => {
    const after = { ...manuscript, body: `${manuscript.body}よく眠りましょう。`, slot: '25w0d' }
    expect(changesBetween(manuscript, { ...after, edition: 'easy' }, names)).toEqual([
      {
        path: 'body',
        label: '本文',
        kind: 'changed',
        parts: [
          { kind: 'same', text: manuscript.body },
          { kind: 'added', text: 'よく眠りましょう。' },
        ],
      },
      setting('slot', '配信日', ['妊娠24週3日', '妊娠25週0日']),
      setting('edition', '版', ['標準', 'やさしい日本語']),
    ])
  })
})

describe('what changed in an add-on', () => {
  const book: AddOnContent['blocks'][0] = {
    blockType: 'book',
    title: 'もりのおはなし',
    author: '見本 たろう',
    publisher: '',
    description: '',
    imageUrl: null,
    url: null,
  }

  test('a block that is put first changes nothing in those after it', () => {
    const after = { ...addOn, blocks: [book, ...addOn.blocks] }
    expect(changesBetween(addOn, after, { ...names, blockIds: ['a', 'b', 'c'] })).toEqual([
      {
        path: 'blocks.a.title',
        label: '絵本の紹介',
        kind: 'added',
        parts: [{ kind: 'added', text: '絵本の題名: もりのおはなし\n作者: 見本 たろう' }],
      },
    ])
  })

  test('a block that goes is named with what it said', () => {
    const after = { ...addOn, blocks: addOn.blocks.slice(0, 1) }
    expect(changesBetween(addOn, after, names)).toMatchObject([
      { label: 'リンク', kind: 'removed', parts: [{ kind: 'removed' }] },
    ])
  })

  test('a changed address is found in its block, by its row', () => {
    const [text, link] = addOn.blocks as [AddOnContent['blocks'][0], AddOnContent['blocks'][1]]
    const after = { ...addOn, blocks: [text, { ...link, url: 'https://example.jp/kenshin' }] }
    const changes = changesBetween(addOn, after as AddOnContent, { ...names, blockIds: ['a', 'b'] })
    expect(changes).toMatchObject([{ path: 'blocks.b.url', label: 'リンク アドレス' }])
  })

  test('a part with one field of its own name is not named twice', () => {
    const [text, link] = addOn.blocks as [AddOnContent['blocks'][0], AddOnContent['blocks'][1]]
    const after = { ...addOn, blocks: [{ ...text, text: '別の文です。' }, link] }
    expect(changesBetween(addOn, after as AddOnContent, names)).toMatchObject([{ label: '文章' }])
  })

  test('a day is read as a person writes it, none as no limit', () => {
    const after = { ...addOn, validTo: '2026-12-20' }
    expect(changesBetween(addOn, after, names)).toEqual([
      setting('validTo', '掲載を終える日', ['制限なし', '2026年12月20日(日)']),
    ])
  })

  test('of fifty long blocks that are rewritten the first are compared, the others shown whole', () => {
    const blocks = (text: string) =>
      Array.from({ length: 50 }, () => ({ blockType: 'text' as const, text }))
    const [old, now] = ['あした雨がふる。', 'きのう雨がやむ。'].map((text) => text.repeat(600)) as [
      string,
      string,
    ]
    const before = { ...addOn, title: '町の催し', blocks: blocks(old) }
    const after = { ...addOn, title: '町の行事', blocks: blocks(now) }
    const changes = changesBetween(before, after, { ...names, blockIds: [] })
    expect(changes).toHaveLength(51)
    expect(changes.filter(({ parts }) => parts.length > 2)).toHaveLength(6)
    expect(changes[0]).toMatchObject({ parts: [{ kind: 'same', text: '町の' }, {}, {}] })
    expect(changes.at(-1)?.parts).toEqual([
      { kind: 'removed', text: old },
      { kind: 'added', text: now },
    ])
  })

  test('the order of areas is no change', () => {
    const [a, b] = [['北', '南'], ['南', '北']] // prettier-ignore
    const changes = changesBetween({ ...addOn, areas: a! }, { ...addOn, areas: b! }, names)
    expect(changes).toEqual([])
  })
})

function setting(path: string, label: string, [before, after]: [string, string]) {
  return {
    path,
    label,
    kind: 'changed',
    parts: [
      { kind: 'removed', text: before },
      { kind: 'added', text: after },
    ],
  }
}
