import { expect, test } from '@jest/globals'
import fc from 'fast-check'

import { compose, createComposer } from '../../../src/release/compose'
import { ComposeError } from '../../../src/release/composeError'
import type { AddOnContent } from '../../../src/release/content'
import { addOnContent, manuscriptContent } from './arbitrary'
import { addOn, composed, CONTACT, LINK, manuscript } from './sampleContent'

test('welcome, stage text and milestone come in this order, then the footer', () => {
  const texts = [manuscript({ body: '今日のお便り' }), manuscript({ body: '100日です' })]
  const composition = composed(texts, [], { welcome: 'ご登録ありがとうございます。' })
  expect(composition).toEqual({
    subject: '妊娠24週3日のお便り',
    texts: ['ご登録ありがとうございます。', '今日のお便り', '100日です'],
    addOns: [],
    footer: [
      'みなと町 子育て便り',
      'お問い合わせ こども健康課',
      '電話 000-000-0000 (平日 8:30〜17:15)',
      'https://example.jp/kosodate',
    ],
    senderName: 'みなと町 子育て便り',
    accent: null,
    edition: 'standard',
  })
})

test('add-ons come by order, then first slot, then title', () => {
  const rows: Partial<AddOnContent>[] = [
    { title: 'う', order: 2, from: '20w0d' },
    { title: 'い', order: 1, from: '21w0d' },
    { title: 'お', order: 2, from: '20w0d', to: '21w0d' },
    { title: 'あ', order: 1, from: '9w0d' },
  ]
  const titles = composed([], rows.map(addOn)).addOns.map(({ title }) => title)
  expect(titles).toEqual(['あ', 'い', 'う', 'お'])
})

test('the order of the input does not matter', () => {
  fc.assert(
    fc.property(fc.array(addOnContent, { minLength: 1, maxLength: 5 }), (addOns) => {
      expect(composed([], addOns.toReversed())).toEqual(composed([], addOns))
    }),
    { numRuns: 50 },
  )
})

test('the contact variables are the present ones, others those of the release', () => {
  const variables = { 会場: '中央公民館', 電話: '古い番号' }
  const text = '{{会場}} {{電話}} {{担当課}} {{受付時間}} {{URL}}'
  const { addOns } = composed([], [addOn({ blocks: [{ blockType: 'text', text }] })], { variables })
  expect(addOns[0]?.blocks).toEqual([
    {
      blockType: 'text',
      text: '中央公民館 000-000-0000 こども健康課 平日 8:30〜17:15 https://example.jp/kosodate',
    },
  ])
})

test('a municipality variable is unknown to a common text', () => {
  const compose = () =>
    composed([manuscript({ body: '{{会場}}' })], [], { variables: { 会場: 'a' } })
  expect(codeOf(compose)).toBe('UNKNOWN_VARIABLE')
})

test.each([
  ['an add-on alone has its title as subject', [addOn()], '町からのお知らせ'],
  [
    'without a title the sender is named',
    [addOn({ title: '' })],
    'みなと町 子育て便りからのお知らせ',
  ],
])('%s', (_, addOns, subject) => {
  expect(composed([], addOns).subject).toBe(subject)
})

test('twins get the plural in subject and body', () => {
  const text = manuscript({ subject: '{{赤ちゃん}}の耳', body: '{{お子さん}}へ' })
  const { subject, texts } = composed([text], [], { isPlural: true })
  expect([subject, ...texts]).toEqual(['赤ちゃんたちの耳', 'お子さんたちへ'])
})

test.each(['件名\r\nBcc: a@example.jp', '件\n名', '件\t名', '件\u0000名', '件\u202e名', '件名\n'])(
  'the subject %j is refused',
  (subject) => {
    expect(codeOf(() => composed([manuscript({ subject })]))).toBe('BAD_SUBJECT')
  },
)

test.each(['http://example.jp/', 'javascript:alert(1)', 'https://u:p@example.jp/', 'あ', ''])(
  'the link %j is refused',
  (url) => {
    const blocks = [{ ...LINK, url } as typeof LINK]
    expect(codeOf(() => composed([], [addOn({ blocks })]))).toBe('BAD_ADDRESS')
  },
)

test('texts lose control characters, spaces at line ends and surplus empty lines', () => {
  const { texts } = composed([manuscript({ body: '\u0007あ  \r\n\r\n\r\n\r\nか\u3099\u202e\n' })])
  expect(texts).toEqual(['あ\n\nが'])
})

test('nothing to send is an error, a welcome alone is not', () => {
  expect(codeOf(() => composed([]))).toBe('NOTHING_TO_SEND')
  expect(codeOf(() => composed([manuscript({ body: ' \n' })]))).toBe('NOTHING_TO_SEND')
  expect(composed([], [], { welcome: 'ようこそ' }).texts).toEqual(['ようこそ'])
})

test('composed together or each alone, deliveries say the same', () => {
  const said = fc.record({
    manuscripts: fc.array(manuscriptContent, { maxLength: 2 }),
    addOns: fc.array(addOnContent, { maxLength: 3 }),
    isPlural: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(said, { minLength: 2, maxLength: 5 }), (days) => {
      const letterhead = { senderName: 'みなと町 子育て便り', contact: CONTACT, accent: '#123456' }
      const together = createComposer(letterhead)
      for (const { addOns, ...day } of [...days, ...days]) {
        const all = { ...day, addOns: addOns.map((content) => ({ content, variables: {} })) }
        const alone = outcomeOf(() => compose({ ...all, ...letterhead }))
        expect(outcomeOf(() => together(all))).toEqual(alone)
      }
    }),
    { numRuns: 20 },
  )
})

test('one add-on with other variables says other words, to twins too', () => {
  const content = addOn({ title: '{{会場}}の{{赤ちゃん}}' })
  const together = createComposer({ senderName: 'みなと町', contact: CONTACT })
  const titleOf = (place: string, isPlural: boolean) =>
    together({ manuscripts: [], addOns: [{ content, variables: { 会場: place } }], isPlural })
      .addOns[0]?.title
  expect([titleOf('公民館', false), titleOf('学校', false), titleOf('学校', true)]).toEqual([
    '公民館の赤ちゃん',
    '学校の赤ちゃん',
    '学校の赤ちゃんたち',
  ])
})

function outcomeOf(run: () => unknown): unknown {
  const code = codeOf(run)
  return code === 'no error' ? run() : code
}

function codeOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof ComposeError) return error.code
    throw error
  }
  return 'no error'
}
