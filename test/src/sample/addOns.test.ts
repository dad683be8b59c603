import { expect, test } from '@jest/globals'

import { planAddOns } from '../../../src/import/addOns'
import type { AddOnContent } from '../../../src/release/content'
import { checkAddOn } from '../../../src/release/limits'
import { addOnRows, grouped, importContext, municipalities, text } from './sampleFiles'

const plan = planAddOns(text('addons.csv'), importContext)
const addOns = plan.items.map(({ data }) => ({ type: 'addOn', ...data }) as unknown as AddOnContent)

test('the product’s own import takes the file without a complaint', () => {
  expect(plan.problems).toEqual([])
  expect(plan.items).toHaveLength(grouped(addOnRows, 'id').length)
})

test.each(municipalities)(
  '$name has a dozen add-ons or more, within every limit, marked as samples',
  ({ code, areas, contactVariables }) => {
    const own = addOns.filter(({ municipality }) => municipality === code)
    expect(own.length).toBeGreaterThanOrEqual(12)
    const variables = contactVariables.map(({ name }) => name)
    expect(own.flatMap((addOn) => checkAddOn(addOn, { variables }))).toEqual([])
    expect(areas).toEqual(expect.arrayContaining(own.flatMap((addOn) => addOn.areas)))
    expect(own.filter(({ title }) => !title.startsWith('(見本)'))).toEqual([])
  },
)

test('together they show every kind of block and of limit', () => {
  const kinds = new Set(addOns.flatMap(({ blocks }) => blocks.map(({ blockType }) => blockType)))
  expect([...kinds].sort()).toEqual(['book', 'group', 'link', 'text'])
  expect(addOns.some(({ timing }) => timing === 'every')).toBe(true)
  expect(addOns.some(({ isEndIncluded }) => !isEndIncluded)).toBe(true)
  expect(addOns.some(({ areas }) => areas.length > 1)).toBe(true)
  expect(addOns.some(({ editions }) => editions.length > 0)).toBe(true)
  expect(addOns.some(({ validTo }) => validTo !== null)).toBe(true)
  expect(addOns.some(({ from }) => from.startsWith('entry'))).toBe(true)
})

test('vaccination counts by the law', () => {
  const rows = addOnRows.filter(({ topics }) => topics?.split(';').includes('vaccination'))
  expect(rows.map(({ monthRule }) => monthRule)).toEqual(['legal', 'legal'])
})

test('links lead nowhere real', () => {
  const links = addOnRows.map(({ url = '' }) => url).filter(Boolean)
  expect(links.length).toBeGreaterThan(30)
  for (const url of links) expect(new URL(url).hostname).toMatch(/\.example$/)
})
