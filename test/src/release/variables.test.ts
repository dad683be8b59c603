import { expect, test } from '@jest/globals'

import {
  fillVariables,
  findUnknownVariables,
  hasBrokenVariable,
  pluralVariables,
  variableTable,
} from '../../../src/release/variables'

test.each([
  ['{{赤ちゃん}}と{{お子さん}}', false, '赤ちゃんとお子さん'],
  ['{{赤ちゃん}}と{{お子さん}}', true, '赤ちゃんたちとお子さんたち'],
  ['{{ 赤ちゃん }}', true, '赤ちゃんたち'],
  ['変数なし', true, '変数なし'],
])('%s, plural %s, is %s', (text, isPlural, filled) => {
  expect(fillVariables(text, variableTable(pluralVariables(isPlural)))).toBe(filled)
})

test('an unknown variable is named, with the ones there are', () => {
  const fill = () => fillVariables('{{電詰}}', variableTable({ 電話: '000' }))
  expect(fill).toThrow('{{電詰}} という変数はありません。使えるのは {{電話}} です。')
})

test('a value cannot bring in another placeholder', () => {
  const values = variableTable({ 会場: '{{unsubscribeUrl}}', 括弧: '{' })
  expect(fillVariables('{{会場}}', values)).toBe('unsubscribeUrl')
  expect(fillVariables('{{括弧}}{{括弧}}unsubscribeUrl', values)).toBe('unsubscribeUrl')
})

test('a name is found in its composed and decomposed form', () => {
  expect(findUnknownVariables('{{電話}}{{ガ}}{{ガ}}'.normalize('NFD'), ['ガ'])).toEqual([])
})

test('unknown variables are listed once, in order', () => {
  const text = '{{担当課}}{{会場}}{{日程}}{{会場}}{{お子さん}}'
  expect(findUnknownVariables(text)).toEqual(['会場', '日程'])
  expect(findUnknownVariables(text, ['日程'])).toEqual(['会場'])
})

test.each([
  ['{{電話}}', false],
  ['{電話}', false],
  ['{{電話', true],
  ['電話}}', true],
  ['\uff5b\uff5b電話\uff5d\uff5d', true],
  ['{{{{電話}}}}', true],
])('the braces of %s are broken: %s', (text, isBroken) => {
  expect(hasBrokenVariable(text)).toBe(isBroken)
})
