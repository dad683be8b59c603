import { expect, test } from '@jest/globals'

import { changesInWords, joined, shortened } from '../../../../src/review/rules/changeWords'

test('a change in a line has what went and what came, a part that is new or gone its text', () => {
  const words = changesInWords([
    {
      path: 'body',
      label: '本文',
      kind: 'changed',
      parts: [
        { kind: 'removed', text: '10' },
        { kind: 'added', text: '5' },
        { kind: 'same', text: ' mL を ' },
        { kind: 'added', text: '朝\nだけ' },
      ],
    },
    { path: 'blocks.a', label: 'リンク', kind: 'added', parts: [{ kind: 'added', text: '窓口' }] },
    { path: 'blocks.b', label: '文章', kind: 'removed', parts: [{ kind: 'removed', text: '旧' }] },
  ])
  expect(words).toBe('本文: 10 → 5…朝 だけ、リンクを足した: 窓口、文章を消した: 旧')
})

test('what is too long is cut between signs, and how much is left out is said', () => {
  expect(shortened('👶'.repeat(61))).toBe(`${'👶'.repeat(60)}…`)
  const note = joined(Array.from({ length: 40 }, (_, index) => `${index}${'あ'.repeat(60)}`))
  expect(note).toMatch(/、ほか \d+ か所$/)
  expect(note.length).toBeLessThan(1020)
})
