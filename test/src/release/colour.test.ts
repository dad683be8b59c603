import { readFileSync } from 'node:fs'

import { expect, test } from '@jest/globals'

import { accentOrDefault, COLOUR, contrastRatio, MIN_CONTRAST } from '../../../src/release/colour'

const tokens = readFileSync('node_modules/@digital-go-jp/design-tokens/dist/tokens.css', 'utf8')

test.each(Object.entries(COLOUR))('%s is the value of the DADS token', (name, value) => {
  expect(tokens).toContain(`--color-${name}: ${value};`)
})

test.each([
  ['#000000', '#ffffff', 21],
  ['#ffffff', '#ffffff', 1],
  ['#767676', '#ffffff', 4.54],
])('the contrast of %s on %s is %d', (one, other, ratio) => {
  expect(contrastRatio(one, other)).toBeCloseTo(ratio, 2)
  expect(contrastRatio(other, one)).toBeCloseTo(ratio, 2)
})

test.each([
  ['neutral-solid-gray-900', 'neutral-white'],
  ['neutral-solid-gray-700', 'neutral-white'],
  ['neutral-solid-gray-700', 'neutral-solid-gray-50'],
  ['primitive-blue-900', 'neutral-white'],
] as const)('%s can be read on %s', (text, ground) => {
  expect(contrastRatio(COLOUR[text], COLOUR[ground])).toBeGreaterThanOrEqual(MIN_CONTRAST)
})

test.each([
  ['#115A36', '#115a36'],
  ['#ffd43d', COLOUR['primitive-blue-900']],
  ['red', COLOUR['primitive-blue-900']],
  ['#115a36"><script>', COLOUR['primitive-blue-900']],
  [null, COLOUR['primitive-blue-900']],
])('the accent %s is shown as %s', (accent, shown) => {
  expect(accentOrDefault(accent)).toBe(shown)
})
