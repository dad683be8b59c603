import fc from 'fast-check'

import { textLength } from '../../../src/release/textLimits'
import type { AddOnBlock, AddOnContent, ManuscriptContent } from '../../../src/release/content'

// Letters that break careless rendering: HTML, JSON, wide characters, combining marks, emoji.
const letters = fc.constantFrom(
  ...['あ', '母', '。', 'が', 'か\u3099', '👶', '👩‍🍼', 'a', ' ', '<b>', '"', "'", '&', '\\', '$&'],
  ...['</td>', '<script>', 'https://example.jp/a?b=1&c=2', '[', '😀'],
)

/** Text that breaks no rule of texts, from 1 to `max` units. */
export function text(max: number, breaks: string[] = []): fc.Arbitrary<string> {
  const unit = breaks.length > 0 ? fc.oneof(letters, fc.constantFrom(...breaks)) : letters
  return fc.array(unit, { maxLength: max, size: '+1' }).map((units) => join(units, max))
}

function join(units: readonly string[], max: number): string {
  let joined = 'あ'
  for (const unit of units) {
    // A plural word grows by two letters.
    if (textLength(joined + unit) <= max && joined.length + unit.length <= max) joined += unit
  }
  return joined
}

const lines = ['\n', '\n\n', '{{赤ちゃん}}', '{{電話}}']
const url = fc.webUrl({ validSchemes: ['https'], withQueryParameters: true, size: 'small' })
const address = fc.option(url, { nil: null })

/** A body of any allowed length; now and then as long as LINE takes. */
export const body = fc.oneof(
  text(300, lines),
  fc.integer({ min: 4000, max: 5000 }).map((length) => 'あ'.repeat(length)),
)

export const manuscriptContent: fc.Arbitrary<ManuscriptContent> = fc.record({
  type: fc.constant('manuscript' as const),
  series: fc.constantFrom('pregnancy', 'baby'),
  slot: fc.constantFrom('24w3d', 'day45', 'month18+3', 'entry-84'),
  edition: fc.constantFrom('standard', 'easy'),
  kind: fc.constantFrom('stage' as const, 'milestone' as const),
  body,
  subject: text(40),
  ageBasis: fc.constant('calendar' as const),
  monthRule: fc.constantFrom('friendly' as const, 'legal' as const),
})

export const block: fc.Arbitrary<AddOnBlock> = fc.oneof(
  fc.record({ blockType: fc.constant('text' as const), text: text(400, lines) }),
  fc.record({ blockType: fc.constant('link' as const), label: text(100), url }),
  fc.record({
    blockType: fc.constant('book' as const),
    title: text(100),
    author: text(100),
    publisher: text(100),
    description: text(1000, lines),
    imageUrl: address,
    url: address,
  }),
  fc.record({
    blockType: fc.constant('group' as const),
    name: text(100),
    description: text(1000, lines),
    place: text(200),
    schedule: text(200, ['\n']),
    contact: text(200),
    url: address,
  }),
)

export const addOnContent: fc.Arbitrary<AddOnContent> = fc.record({
  type: fc.constant('addOn' as const),
  municipality: fc.constant('131016'),
  title: fc.oneof(fc.constant(''), text(100)),
  from: fc.constantFrom('20w0d', '21w3d'),
  to: fc.constant('30w0d'),
  isEndIncluded: fc.boolean(),
  timing: fc.constantFrom('once' as const, 'every' as const),
  validFrom: fc.constantFrom(null, '2026-04-01'),
  validTo: fc.constantFrom(null, '2027-03-31'),
  areas: fc.array(fc.constantFrom('東', '西', '南')),
  editions: fc.array(fc.constantFrom('standard', 'easy')),
  monthRule: fc.constantFrom('friendly' as const, 'legal' as const),
  order: fc.integer({ min: 0, max: 99 }),
  blocks: fc.array(block, { minLength: 1, maxLength: 6 }),
})
