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

const towns = new Map([
  ['272990', { name: 'ひなた野市' }],
  ['394998', { name: 'みどり町' }],
  ['394980', { name: 'みどり村' }],
  ['012203', { name: '北の市' }],
])

test.each([
  ['the first digit lost', '94998', ['394998']],
  ['a digit in the middle lost', '34998', ['394998', '394980']],
  ['a digit typed twice', '2722990', ['272990']],
  ['a digit wrong', '272890', ['272990']],
  ['the check digit wrong', '272991', ['272990']],
  ['two digits changed with each other', '279290', ['272990']],
  ['the zero lost and a digit wrong', '12204', ['012203']],
  ['one digit away from two of them', '394988', ['394998', '394980']],
  ['a sign of the name wrong', 'ひなたの市', ['272990']],
  ['a name that is like two', 'みどり区', ['394998', '394980']],
])('%s: what is near is named', (_label, written, codes) => {
  const found = findMunicipality(written, towns)
  if (!('message' in found)) throw new Error(`${found.code} is guessed.`)
  const named = [...found.message.matchAll(/「(\d{6}) /g)].map(([, code]) => code)
  expect(named).toEqual(codes)
  expect(found.message).toMatch(/近いのは|どちらとも/)
})

test('a code that cannot be one says that its own digit is wrong', () => {
  const found = findMunicipality('272991', towns)
  expect(found).toHaveProperty('message', expect.stringContaining('検査数字)が合いません'))
})

test.each([['888888'], ['12'], ['大空市'], ['南市']])('%s is near nobody', (written) => {
  const found = findMunicipality(written, towns)
  expect(found).toHaveProperty('message', expect.not.stringContaining('近いのは'))
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
