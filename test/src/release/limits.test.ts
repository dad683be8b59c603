import { expect, test } from '@jest/globals'
import fc from 'fast-check'

import { MAX_DESCRIPTION, MAX_DETAIL, MAX_NAME } from '../../../src/release/blocks/blockType'
import type { AddOnBlock, AddOnContent, ManuscriptContent } from '../../../src/release/content'
import { MAX_SUBJECT } from '../../../src/release/manuscriptFields'
import { checkAddOn, checkManuscript } from '../../../src/release/limits'
import { renderLine } from '../../../src/release/line'
import {
  jsonBytes,
  LINE_MAX_BUBBLE_BYTES,
  LINE_MAX_MESSAGES,
} from '../../../src/release/lineMessageLimits'
import { cleanLine, cleanText, hasVisibleText } from '../../../src/release/plainText'
import { addOnContent, manuscriptContent } from './arbitrary'
import { addOn, BOOK, composed, GROUP, LINK, manuscript } from './sampleContent'

test('contents that keep every rule have no problem', () => {
  expect(checkManuscript(manuscript())).toEqual([])
  expect(checkAddOn(addOn({ blocks: [BOOK, GROUP, LINK] }))).toEqual([])
  fc.assert(fc.property(manuscriptContent, (content) => checkManuscript(content).length === 0))
  fc.assert(fc.property(addOnContent, (content) => checkAddOn(content).length === 0))
})

type Row<T> = [change: Partial<T>, field: string, code: string, message: string]

function rowsOf<T>(rows: Row<T>[]) {
  return rows.map(([given, field, code, message]) => ({ given, field, code, message }))
}

const manuscripts: Row<ManuscriptContent>[] = [
  [{ body: ' \n' }, 'body', 'EMPTY', '本文が空です。文字を入力してください。'],
  [
    { body: 'あ'.repeat(5123) },
    'body',
    'TOO_LONG',
    '本文が 5,123 文字です。LINE は 5,000 文字までです。123 文字以上減らしてください。',
  ],
  [
    { body: '👶'.repeat(2501) },
    'body',
    'TOO_LONG',
    '本文が 5,002 文字です。LINE は 5,000 文字までです(絵文字などは 2 文字以上と数えます)。2 文字以上減らしてください。',
  ],
  [
    { body: `{{赤ちゃん}}${'あ'.repeat(4996)}` },
    'body',
    'TOO_LONG',
    '本文が 5,002 文字です。LINE は 5,000 文字までです。2 文字以上減らしてください。',
  ],
  [
    { body: '{{電詰}}へ' },
    'body',
    'UNKNOWN_VARIABLE',
    '本文の {{電詰}} という変数はありません。使えるのは {{担当課}}、{{電話}}、{{受付時間}}、{{URL}}、{{赤ちゃん}}、{{お子さん}} です。書き直してください。',
  ],
  [
    { body: '{{電話へ' },
    'body',
    'BROKEN_VARIABLE',
    '本文の変数のかっこが正しくありません。{{電話}} のように、半角の {{ と }} で囲んでください。',
  ],
  [
    { body: 'http://example.jp/ へ' },
    'body',
    'INSECURE_LINK',
    '本文に http:// で始まるリンクがあります。安全な https:// で始まるリンクにしてください。',
  ],
  [
    { body: 'あ\u0000い\u202e\u0000' },
    'body',
    'FORBIDDEN_CHARACTER',
    '本文の 1 行目の 2 文字目(「あ」の次)に目に見えない文字(U+0000)、1 行目の 4 文字目(「あい」の次)に目に見えない文字(U+202E)があります。送れない文字です。その前後を消して、入力し直してください。',
  ],
  [
    { body: '会場\r\n会場は町の\ue000です。' },
    'body',
    'FORBIDDEN_CHARACTER',
    '本文の 2 行目の 6 文字目(「会場は町の」の次)に外字(U+E000)があります。読者の端末では表示できません。ふつうの漢字かかなで入力し直してください。',
  ],
  [
    { subject: '\u{f0000}さんへ' },
    'subject',
    'FORBIDDEN_CHARACTER',
    '件名の 1 文字目に外字(U+F0000)があります。読者の端末では表示できません。ふつうの漢字かかなで入力し直してください。',
  ],
  [
    { body: '👶🏻\u0378' },
    'body',
    'FORBIDDEN_CHARACTER',
    '本文の 1 行目の 2 文字目(「👶🏻」の次)にどの文字でもない符号(U+0378)があります。送れない文字です。その前後を消して、入力し直してください。',
  ],
  [
    { body: 'あ\ud83d' },
    'body',
    'FORBIDDEN_CHARACTER',
    '本文の 1 行目の 2 文字目(「あ」の次)にこわれた文字(U+D83D)があります。送れない文字です。その前後を消して、入力し直してください。',
  ],
  [
    { body: '\u200b\ufeff\u00ad' },
    'body',
    'SHOWS_NOTHING',
    '本文が空です。目に見えない文字(U+200B、U+FEFF、U+00AD)だけが入っています。すべて消して、文字を入力してください。',
  ],
  [
    { subject: '\u2060\u{e0020}' },
    'subject',
    'SHOWS_NOTHING',
    '件名が空です。目に見えない文字(U+2060、U+E0020)だけが入っています。すべて消して、文字を入力してください。',
  ],
  [
    { body: 'あ'.repeat(900_000) },
    'body',
    'TOO_LONG',
    '本文が 900,000 文字です。LINE は 5,000 文字までです。895,000 文字以上減らしてください。',
  ],
  [{ subject: '' }, 'subject', 'EMPTY', '件名が空です。文字を入力してください。'],
  [
    { subject: 'あ'.repeat(MAX_SUBJECT + 1) },
    'subject',
    'TOO_LONG',
    '件名が 51 文字です。50 文字までです。1 文字以上減らしてください。',
  ],
  [
    { subject: '件名\r\nBcc: a@example.jp' },
    'subject',
    'LINE_BREAK',
    '件名に改行かタブが入っています。1 行で書く欄です。改行やタブを消してください。',
  ],
  [
    { slot: '2w0d' },
    'slot',
    'SLOT_OUT_OF_RANGE',
    '配信日が「妊娠2週0日」です。妊娠の文を送れるのは 4w0d(妊娠4週0日)から 41w6d(妊娠41週6日)までです。その間の日にしてください。',
  ],
  [
    { kind: 'question', slot: '41w6d' },
    'slot',
    'KIND_AND_SLOT',
    '種類が「確認」で、配信日が「妊娠41週6日」です。「確認」の原稿の配信日は 42w0d(妊娠42週0日)だけです。配信日か種類を変えてください。',
  ],
  [
    { ageBasis: 'corrected' },
    'ageBasis',
    'AGE_BASIS_AND_SLOT',
    '配信日が「妊娠24週3日」で、月齢の数え方が「修正月齢」です。修正月齢は、誕生日から数える配信日だけで使えます。「暦」に変えてください。',
  ],
  [
    { slot: 'month6', ageBasis: 'corrected', monthRule: 'legal' },
    'ageBasis',
    'AGE_BASIS_AND_MONTH_RULE',
    '月齢の数え方が「修正月齢」で、月の数え方が「法律」です。予防接種や手当などの文は、いつも暦で数えます。どちらかを変えてください。',
  ],
]

test.each(rowsOf(manuscripts))('a manuscript: $field $code', ({ given, ...problem }) => {
  expect(checkManuscript(manuscript(given))).toEqual([problem])
})

test.each([
  ['24w3', 'BAD_SLOT'],
  ['43w0d', 'SLOT_OUT_OF_RANGE'],
  ['day9999', 'SLOT_OUT_OF_RANGE'],
])('the slot %s is refused with a sentence', (slot, code) => {
  const problems = checkManuscript(manuscript({ slot }))
  expect(problems).toMatchObject([{ field: 'slot', code }])
  expect(problems[0]?.message).toMatch(/ください。$/)
})

test.each([
  [{ kind: 'question', slot: '42w0d' }],
  [{ slot: 'month6', ageBasis: 'corrected' }],
  [{ body: 'あ'.repeat(5000) }],
  [{ body: `${'あ'.repeat(2499)}\r\n${'あ'.repeat(2500)}` }],
] as [Partial<ManuscriptContent>][])('a manuscript may be like row %#', (given) => {
  expect(checkManuscript(manuscript(given))).toEqual([])
})

const addOns: Row<AddOnContent>[] = [
  [
    { title: 'あ\nい' },
    'title',
    'LINE_BREAK',
    '見出しに改行かタブが入っています。1 行で書く欄です。改行やタブを消してください。',
  ],
  [
    { title: '\u3164\ufe0f' },
    'title',
    'SHOWS_NOTHING',
    '見出しが空です。目に見えない文字(U+3164、U+FE0F)だけが入っています。すべて消して、文字を入力してください。',
  ],
  [
    { from: 'day45', to: 'day10' },
    'to',
    'RANGE_ENDS_BEFORE_START',
    '「ここまで」の生後10日が、「ここから」の生後45日より前です。「ここまで」を後の日にしてください。',
  ],
  [
    { from: 'day45', to: 'day45', isEndIncluded: false },
    'to',
    'RANGE_ENDS_BEFORE_START',
    '「ここから」と「ここまで」がどちらも生後45日で、「ここまで」の日を含まないので、どの日にも届きません。「ここまで」を後の日にするか、「「ここまで」の日を含む」を選んでください。',
  ],
  [
    { from: '24w3d', to: 'day10' },
    'to',
    'MIXED_ANCHORS',
    '「ここから」の妊娠24週3日は出産予定日、「ここまで」の生後10日は誕生日から数えます。同じ日から数えるものにそろえてください。',
  ],
  [
    { timing: 'once', from: '2w0d' },
    'from',
    'SLOT_OUT_OF_RANGE',
    '配信日が「妊娠2週0日」です。妊娠の文を送れるのは 4w0d(妊娠4週0日)から 41w6d(妊娠41週6日)までです。その間の日にしてください。',
  ],
  [
    { validFrom: '2026-04-01', validTo: '2026-03-31' },
    'validTo',
    'VALIDITY_ENDS_BEFORE_START',
    '掲載を終える日(2026年3月31日(火))が、掲載を始める日(2026年4月1日(水))より前です。掲載を終える日を、同じ日か後の日にしてください。',
  ],
  [
    { order: 1.5 },
    'order',
    'BAD_ORDER',
    '並び順が「1.5」です。1、2、3 のような整数を入力してください。',
  ],
  [
    { blocks: [] },
    'blocks',
    'EMPTY',
    '中身がありません。文章、リンク、絵本、グループ、アンケートのどれかを 1 つ以上加えてください。',
  ],
  [
    { blocks: [...Array(13).fill(BOOK), ...Array(6).fill(LINK)] },
    'blocks',
    'TOO_MANY_CARDS',
    '絵本とグループとアンケートとリンクで、カードが 15 枚になります(リンクは 5 つで 1 枚)。LINE は 12 枚までです。3 枚以上減らすか、別の自治体原稿に分けてください。',
  ],
  [
    { blocks: [text('あ'.repeat(3000)), text('い'.repeat(2001))] },
    'blocks',
    'TOO_LONG',
    '文章が合わせて 5,001 文字です。LINE は 5,000 文字までです。1 文字以上減らしてください。',
  ],
  [
    { blocks: [text('あ'), text(' ')] },
    'blocks.1.text',
    'EMPTY',
    '2 番目の文章が空です。文字を入力してください。',
  ],
  [
    { blocks: [change(BOOK, { title: 'あ'.repeat(MAX_NAME + 20) })] },
    'blocks.0.title',
    'TOO_LONG',
    '1 番目の絵本の書名が 120 文字です。100 文字までです。20 文字以上減らしてください。',
  ],
  [
    { blocks: [change(LINK, { url: 'http://example.jp/' })] },
    'blocks.0.url',
    'INSECURE_LINK',
    '1 番目のリンク先の「http://example.jp/」は https:// で始まっていません。安全な https:// のページの URL を入力してください。',
  ],
  [
    { blocks: [change(LINK, { url: '' })] },
    'blocks.0.url',
    'EMPTY',
    '1 番目のリンク先が空です。https:// で始まる URL を入力してください。',
  ],
  [
    { blocks: [change(GROUP, { url: 'ホームページ' })] },
    'blocks.0.url',
    'BAD_ADDRESS',
    '1 番目のグループのリンク先の「ホームページ」は URL として読めません。https:// で始まる URL を入力してください。',
  ],
  [
    { blocks: [change(GROUP, { url: 'https://a:b@example.jp/' })] },
    'blocks.0.url',
    'BAD_ADDRESS',
    '1 番目のグループのリンク先の「https://a:b@example.jp/」にユーザー名かパスワードが入っています。それらのない URL を入力してください。',
  ],
  [
    { blocks: [change(LINK, { url: 'https://example.jp/%E3%81?x=%' })] },
    'blocks.0.url',
    'BAD_ADDRESS',
    '1 番目のリンク先の「https://example.jp/%E3%81?x=%」に、符号になっていない % があります。途中で切れているかもしれません。ページを開いて、URL の全体を写し直してください(% そのものは %25 と書きます)。',
  ],
  [
    { blocks: [change(BOOK, { imageUrl: 'https://example.jp/a.webp?x=1' })] },
    'blocks.0.imageUrl',
    'BAD_PICTURE',
    '1 番目の絵本の表紙の形式が WEBP です。LINE で表示できるのは JPEG と PNG です。画像を変えてください。',
  ],
]

test.each(rowsOf(addOns))('an add-on: $field $code', ({ given, ...problem }) => {
  expect(checkAddOn(addOn(given))).toEqual([problem])
})

test.each([
  ['a blank of no width', '\u200b'],
  ['a byte order mark', '\ufeff'],
  ['a soft hyphen', '\u00ad'],
  ['a word joiner', '\u2060'],
  ['a joiner', '\u200d'],
  ['a language tag', '\u{e0001}\u{e0041}'],
  ['a variation selector', '\ufe0f'],
  ['a variation selector of kanji', '\u{e0100}'],
  ['a Hangul filler', '\u3164'],
  ['an empty Braille cell', '\u2800'],
  ['an accent without a letter', '\u0301'],
  ['all of them between blanks', ' \u3000\n\u200b\ufeff\u00ad\u2060\ufe0f\u00a0'],
])('%s shows a reader nothing: in no field does it stand for words', (_label, nothing) => {
  const blocks = [text(nothing), change(LINK, { label: nothing })]
  expect(hasVisibleText(nothing)).toBe(false)
  expect(cleanText(nothing)).toBe('')
  const wrong = [
    ...checkManuscript(manuscript({ body: nothing, subject: nothing.replaceAll('\n', '') })),
    ...checkAddOn(addOn({ title: nothing.replaceAll('\n', ''), blocks })),
  ].filter(({ code }) => code === 'SHOWS_NOTHING')
  expect(wrong.map(({ field }) => field)).toEqual([
    ...['subject', 'body', 'title', 'blocks.0.text', 'blocks.1.label'],
  ])
})

test.each(['あ', '👩‍🍼', '❤️', '葛\u{e0100}', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '。', '1', '\ue000'])(
  '%s shows something',
  (seen) => {
    expect(hasVisibleText(seen)).toBe(true)
  },
)

test('joiners, variation selectors and the tags of flags may stand beside what they belong to', () => {
  expect(checkManuscript(manuscript({ body: '👩‍🍼❤️葛\u{e0100}🏴󠁧󠁢󠁥󠁮󠁧󠁿' }))).toEqual([])
})

test('kanji of names go out as they were typed', () => {
  const body = '\ufa19\ufa11\u{2f804}さん、か\u3099'
  expect(checkManuscript(manuscript({ body }))).toEqual([])
  expect(cleanText(body)).toBe('\ufa19\ufa11\u{2f804}さん、が')
})

test('a long run of spaces is tidied at once', () => {
  const spaces = `あ${' '.repeat(200_000)}い`
  const start = performance.now()
  expect(cleanText(spaces)).toBe(spaces)
  expect(cleanLine(`${spaces}\nう`)).toBe(`${spaces} う`)
  expect(performance.now() - start).toBeLessThan(1000)
})

test('both ends of a range and of a validity are read', () => {
  const bad = addOn({ from: 'x', to: 'y', validFrom: '2026-02-30', validTo: '4/1' })
  const problems = checkAddOn(bad).map(({ field, code }) => `${field} ${code}`)
  expect(problems).toEqual(['from BAD_SLOT', 'to BAD_SLOT', 'validFrom BAD_DAY', 'validTo BAD_DAY'])
})

test("the municipality's own variables are known to its add-ons", () => {
  const content = addOn({ title: '{{会場}}', blocks: [text('{{会場}}と{{電話}}')] })
  expect(checkAddOn(content).map(({ field }) => field)).toEqual(['title', 'blocks.0.text'])
  expect(checkAddOn(content, { variables: ['会場'] })).toEqual([])
})

test('a Japanese address is counted as LINE gets it', () => {
  const blocks = [change(LINK, { url: `https://example.jp/${'絵'.repeat(120)}` })]
  expect(checkAddOn(addOn({ blocks }))).toMatchObject([{ code: 'BAD_ADDRESS' }])
})

test('the largest content the rules allow still fits into five LINE messages', () => {
  const url = `https://example.jp/${'a'.repeat(981)}`
  const book = change(BOOK, {
    title: wide(MAX_NAME),
    author: wide(MAX_DETAIL),
    publisher: wide(MAX_DETAIL),
    description: wide(MAX_DESCRIPTION),
    imageUrl: url,
    url,
  })
  const links = Array<AddOnBlock>(5).fill(change(LINK, { label: '"'.repeat(MAX_NAME), url }))
  const content = addOn({
    title: wide(MAX_NAME),
    blocks: [text(wide(5000)), ...Array<AddOnBlock>(11).fill(book), ...links],
  })
  expect(checkAddOn(content)).toEqual([])
  const messages = renderLine(composed([manuscript({ body: 'あ' })], [content]))
  expect(messages.length).toBeLessThanOrEqual(LINE_MAX_MESSAGES)
  for (const message of messages) {
    if (message.type === 'text') continue
    const { contents } = message
    for (const bubble of contents.type === 'carousel' ? contents.contents : [contents]) {
      expect(jsonBytes(bubble)).toBeLessThanOrEqual(LINE_MAX_BUBBLE_BYTES)
    }
  }
})

function text(value: string): AddOnBlock {
  return { blockType: 'text', text: value }
}

function wide(length: number): string {
  return '絵'.repeat(length)
}

function change(block: AddOnBlock, fields: Record<string, string>): AddOnBlock {
  return { ...block, ...fields } as AddOnBlock
}
