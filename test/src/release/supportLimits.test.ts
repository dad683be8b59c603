import { expect, test } from '@jest/globals'

import type { AddOnContent, ManuscriptContent } from '../../../src/release/content'
import { checkAddOn, checkManuscript } from '../../../src/release/limits'
import { addOn, text } from '../plan/town'

const found = (changed: Partial<ManuscriptContent>, slot = 'support1') =>
  checkManuscript(text({ slot, ...changed })).map(({ field, code }) => `${field} ${code}`)

test('a sober text on its day, and the page, may go on', () => {
  expect(found({ body: '{{担当課}}({{電話}})でお話をうかがいます。' })).toEqual([])
  expect(found({}, 'support0')).toEqual([])
})

test.each<[Partial<ManuscriptContent>, string]>([
  [{ kind: 'milestone' }, 'kind KIND_AND_SLOT'],
  [{ theme: 'surveys' }, 'theme SUPPORT_TEXT'],
  [{ body: '{{赤ちゃん}}のこと' }, 'body SUPPORT_TEXT'],
  [{ subject: '{{お子さん}}のこと' }, 'subject SUPPORT_TEXT'],
])('%j is refused, and of another series it is not', (changed, problem) => {
  expect(found(changed)).toEqual([problem])
  expect(found(changed, 'day1')).toEqual([])
})

test('a question is none of this series', () => {
  expect(found({ kind: 'question' })).toContain('kind KIND_AND_SLOT')
})

const foundIn = (changed: Partial<AddOnContent> & { from: string }) =>
  checkAddOn(addOn(changed)).map(({ field, code }) => `${field} ${code}`)

test('an add-on stands on the page alone, in words and links, of no season', () => {
  const book = {
    blockType: 'book',
    title: '本',
    author: '',
    publisher: '',
    text: '',
    imageUrl: null,
  }
  expect(foundIn({ from: 'support0' })).toEqual([])
  expect(foundIn({ from: 'support0', to: 'support8', timing: 'every' })).toEqual([
    'to SUPPORT_TEXT',
  ])
  expect(foundIn({ from: 'support1' })).toEqual(['to SUPPORT_TEXT'])
  expect(foundIn({ from: 'support0', theme: 'events' })).toEqual(['theme SUPPORT_TEXT'])
  expect(foundIn({ from: 'support0', blocks: [book] })).toContain('blocks SUPPORT_TEXT')
})
