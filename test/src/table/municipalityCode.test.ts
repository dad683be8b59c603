import { expect, test } from '@jest/globals'

import { findMunicipality } from '../../../src/table/municipalityCode'

const known = new Map([
  ['012203', { name: '北の市' }],
  ['122033', { name: '南の市' }],
  ['012033', { name: '港の市' }],
  ['011002', {}],
])

test.each([
  ['the code', '012203', '012203'],
  ['full width and what shows nothing', '０１２２０３\u200B', '012203'],
  ['the zero lost', '12033', '012033'],
  ['no check digit', '01203', '012033'],
  ['neither', '1100', '011002'],
  ['thousands', '122,033', '122033'],
  ['the name', '港の市', '012033'],
  ['the name behind it', '012033 港の市', '012033'],
  ['the name before it', '港の市(012033)', '012033'],
  ['both, full width', '012033：港の市', '012033'],
])('%s', (_label, written, code) => {
  expect(findMunicipality(written, known)).toEqual({ code })
})

test('what could be two municipalities is refused, both named', () => {
  const found = findMunicipality('12203', known)
  expect(found).toEqual({
    message: expect.stringMatching(/「012203 北の市」と「122033 南の市」のどちらとも/),
  })
})

test.each([
  ['012204'],
  ['12204'],
  ['999999'],
  [''],
  ['012033 南の市'],
  ['港の市 南の市'],
  ['__proto__'],
  ['constructor'],
])('%j is nobody’s', (written) => {
  expect(findMunicipality(written, known)).toHaveProperty('message')
})
