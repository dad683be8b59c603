// What of an add-on other municipalities see: no way to reach its owner stays in it.
import { expect, test } from '@jest/globals'

import { exampleOf } from '../../../src/library/example'
import { marksIn } from '../../../src/library/marks'
import type { AddOnBlock, AddOnContent } from '../../../src/release/content'

function example(text: string, ...more: AddOnBlock[]) {
  const content: AddOnContent = {
    type: 'addOn',
    municipality: '394998',
    title: '見本',
    from: 'month4',
    to: 'month6',
    isEndIncluded: true,
    timing: 'once',
    validFrom: null,
    validTo: null,
    areas: [],
    editions: [],
    monthRule: 'friendly',
    order: 100,
    blocks: [{ blockType: 'text', text }, ...more],
  }
  return exampleOf(content)
}

function seen(text: string): string {
  const [block] = example(text).blocks
  return block?.text ?? ''
}

test.each([
  ['0123-45-6789', '{{電話}}'],
  ['(0123)45-6789', '{{電話}}'],
  ['0123(45)6789', '{{電話}}'],
  ['\uff10\uff11\uff12\uff13\uff0d\uff14\uff15\uff0d\uff16\uff17\uff18\uff19', '{{電話}}'],
  ['\uff10\uff11\uff12\uff13\uff08\uff14\uff15\uff09\uff16\uff17\uff18\uff19', '{{電話}}'],
  ['0120ー123ー456', '{{電話}}'],
  ['03 1234 5678', '{{電話}}'],
  ['03-12345678', '{{電話}}'],
  ['09012345678', '{{電話}}'],
  ['0312345678', '{{電話}}'],
  ['kosodate@town.example.jp', '{{担当課}}'],
  ['https://town.example.jp/a?b=c', '{{URL}}'],
  ['www.example.jp/a', '{{URL}}'],
  ['town.example.jp', '{{URL}}'],
  ['{{保健センターの電話}}', '{{電話}}'],
])('%s is not shown', (written, shown) => {
  expect(seen(`予約は${written}へどうぞ。`)).toBe(`予約は${shown}へどうぞ。`)
})

test.each([
  '4か月から6か月まで。10:00-12:00、0歳と3歳。',
  '2026-04-01から2027-03-31まで、参加費は1000-2000円です。',
  '{{担当課}}({{電話}})、{{お子さん}}。',
])('%s stays', (text) => {
  expect(seen(text)).toBe(text)
})

test('the names of books and groups keep no number either', () => {
  const { blocks } = example('', {
    blockType: 'group',
    name: 'ひろば 090-1234-5678',
    description: '',
    place: '北公民館',
    schedule: '火曜',
    contact: '',
    url: null,
  })
  expect(blocks[1]).toMatchObject({ name: 'ひろば {{電話}}', place: '', schedule: '' })
})

test('what points to the owner is told before it is shown', () => {
  const owner = {
    name: 'しおかぜ町',
    senderName: 'しおかぜ町 子育て便り',
    contact: { department: '健康子育て課' },
    areas: [{ name: '浜地区' }, { name: '山手' }],
  }
  const text =
    'しおかぜ町の浜地区、港町3丁目。〒123-4567。45\uff0d6789(内線 12)。LINE @shiokaze へ。'
  expect(marksIn(example(text), owner)).toEqual([
    'しおかぜ町',
    '浜地区',
    '港町3丁目',
    '123-4567',
    '45-6789',
    '内線 12',
    '@shiokaze',
  ])
  expect(marksIn(example('4か月の見本です。2026-04-01まで。'), owner)).toEqual([])
})
