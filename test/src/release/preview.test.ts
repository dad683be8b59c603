import { expect, test } from '@jest/globals'

import { previewFor } from '../../../src/release/preview'
import { quietRow, SAMPLE_PLACES } from '../../../src/release/quietRow'
import { addOn, BOOK, CONTACT, LINK, manuscript } from './sampleContent'

test('a preview holds what the worker would send', () => {
  const preview = previewFor({
    manuscripts: [manuscript()],
    addOns: [addOn({ blocks: [BOOK] })],
    contact: CONTACT,
    senderName: 'みなと町 子育て便り',
  })
  expect(preview.problems).toEqual([])
  expect(preview.line.map(({ type }) => type)).toEqual(['text', 'flex', 'flex'])
  expect(preview.line.at(-1)).toEqual(quietRow(SAMPLE_PLACES, 'standard', SAMPLE_PLACES.voices))
  expect(preview.mail?.text).toContain('お問い合わせ こども健康課')
})

test('what is not known yet is marked, not an error', () => {
  const blocks = [{ blockType: 'text' as const, text: '{{会場}}で{{日程}}' }]
  const { line, problems } = previewFor({
    manuscripts: [manuscript({ body: '{{電詰}}まで' })],
    addOns: [addOn({ blocks })],
    variables: { 会場: '中央公民館' },
  })
  expect(line[0]).toMatchObject({ text: expect.stringContaining('〔電詰〕まで') })
  expect(line[0]).toMatchObject({ text: expect.stringContaining('中央公民館で〔日程〕') })
  expect(problems.map(({ field, code }) => [field, code])).toEqual([
    ['body', 'UNKNOWN_VARIABLE'],
    ['blocks.0.text', 'UNKNOWN_VARIABLE'],
  ])
})

test('an unfinished content gives its problems and no messages', () => {
  const link = { ...LINK, url: 'http://' } as typeof LINK
  const { line, mail, problems } = previewFor({
    manuscripts: [],
    addOns: [addOn({ blocks: [link] })],
  })
  expect({ line, mail }).toEqual({ line: [], mail: null })
  expect(problems).toHaveLength(1)
})

test('an unreadable slot does not keep the others from being shown', () => {
  const addOns = [addOn({ from: 'x' }), addOn()]
  const { line, problems } = previewFor({ manuscripts: [manuscript()], addOns })
  expect(problems).toMatchObject([{ field: 'from', code: 'BAD_SLOT' }])
  expect(line.map(({ type }) => type)).toEqual(['text', 'flex'])
})

test('of what is far larger than anything that goes out only the problems are told', () => {
  const blocks = Array.from({ length: 50 }, () => ({
    blockType: 'text' as const,
    text: 'a.'.repeat(10_000),
  }))
  const { line, mail, problems } = previewFor({ manuscripts: [], addOns: [addOn({ blocks })] })
  expect([line, mail]).toEqual([[], null])
  expect(problems).toContainEqual(expect.objectContaining({ field: 'blocks.0.text' }))
})
