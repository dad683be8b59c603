// Whether the form of a municipality says that its deliveries stand still.
import { expect, test } from '@jest/globals'

import { isPaused } from '../../../../src/admin/municipality/isPaused'

const [on, off] = [{ isActive: true }, { isActive: false }]

test.each([
  ['opened while it goes on', { id: '1', initialData: on }, false],
  ['opened while it pauses', { id: '1', initialData: off }, true],
  ['saved as a pause since', { id: '1', initialData: on, savedDocumentData: off }, true],
  ['begun again since', { id: '1', initialData: off, savedDocumentData: on }, false],
  ['a new one', { initialData: off }, false],
])('%s', (_, form, expected) => {
  expect(isPaused(form)).toBe(expected)
})
