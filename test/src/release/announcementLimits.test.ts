import { expect, test } from '@jest/globals'

import type { ManuscriptContent } from '../../../src/release/content'
import { checkAddOn, checkManuscript } from '../../../src/release/limits'
import { addOn, text } from '../plan/town'

const found = (changed: Partial<ManuscriptContent>) =>
  checkManuscript(text({ slot: 'announcement', ...changed })).map(
    ({ field, code }) => `${field} ${code}`,
  )

test('a text that says who sends, how to ask and how to stop may go on', () => {
  expect(found({ body: 'これからは、この名前でお届けします。{{担当課}}({{電話}})' })).toEqual([])
})

test.each<[Partial<ManuscriptContent>, string]>([
  [{ kind: 'milestone' }, 'kind KIND_AND_SLOT'],
  [{ theme: 'surveys' }, 'theme ANNOUNCEMENT_TEXT'],
  [{ body: '{{赤ちゃん}}のこと' }, 'body ANNOUNCEMENT_TEXT'],
])('%j is refused: it is the same for all who come', (changed, problem) => {
  expect(found(changed)).toEqual([problem])
})

test('the town’s own words go with it once', () => {
  const own = { from: 'announcement' }
  expect(checkAddOn(addOn(own))).toEqual([])
  expect(checkAddOn(addOn({ ...own, timing: 'every' }))).toMatchObject([
    { field: 'timing', code: 'ANNOUNCEMENT_TEXT' },
  ])
  expect(checkAddOn(addOn({ ...own, to: 'month1' }))).toMatchObject([{ code: 'MIXED_ANCHORS' }])
})
