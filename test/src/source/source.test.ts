import { expect, test } from '@jest/globals'
import fc from 'fast-check'

import { makeSourceCode, readSourceCode } from '../../../src/source/code'
import { OCCASIONS, sourceName } from '../../../src/source/occasions'
import { printedAddress, registrationAddress } from '../../../src/source/registrationAddress'

test.each([
  ['c3pt', 'c3pt'],
  ['leaflet-2024', 'leaflet-2024'],
  [' C3PT ', 'c3pt'],
  ['a'.repeat(40), 'a'.repeat(40)],
  ['a'.repeat(41), null],
  ['', null],
  ['poster_a', null],
  ['小児科', null],
  ['ｃ3pt', null],
  ['<script>', null],
  ['a\nb', null],
  ['{"$gt":""}', null],
])('the source that %j names is %j', (typed, source) => {
  expect(readSourceCode(typed)).toBe(source)
})

test('a new code is short, has nothing that looks like another, and is none that was given', () => {
  const below = fc.sample(fc.infiniteStream(fc.nat()), 1)[0]!
  const chance = (end: number) => Number(below.next().value) % end
  const taken = new Set<string>()
  for (let count = 0; count < 500; count += 1) {
    const code = makeSourceCode(chance, taken)
    expect(code).toMatch(/^[cdfhjkmnprtwxy34679]{4}$/)
    expect(readSourceCode(code)).toBe(code)
    expect(taken.has(code)).toBe(false)
    taken.add(code)
  }
})

test('where chance gives the same again and again, it is refused rather than given twice', () => {
  expect(() => makeSourceCode(() => 0, new Set(['cccc']))).toThrow('free')
})

test('a source is called by its occasion and place', () => {
  expect(sourceName('pediatrics', ' さくら医院 ')).toBe('小児科(さくら医院)')
  expect(sourceName('handbook', null)).toBe('母子手帳交付')
  expect(sourceName('other', '夏まつり')).toBe('夏まつり')
  expect(sourceName('other', '')).toBe('その他')
  expect(OCCASIONS.map(({ value }) => readSourceCode(value))).not.toContain(null)
})

test('its address is the municipality’s registration, and printed without what a phone adds', () => {
  const address = registrationAddress({
    publicUrl: 'https://kizuna.example',
    municipality: '394998',
    source: 'c3pt',
  })
  expect(address).toBe('https://kizuna.example/r/394998?s=c3pt')
  expect(printedAddress(address)).toBe('kizuna.example/r/394998?s=c3pt')
  expect(printedAddress('http://localhost:3001/r/1?s=a')).toBe('http://localhost:3001/r/1?s=a')
})
