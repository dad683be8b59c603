// Payload's server functions that this product does not use write into its database for anybody.
import { expect, test } from '@jest/globals'

import { openServerFunctions } from '../../../src/cms/serverFunctions'

const run = openServerFunctions(({ name }: { name: string }) => `ran ${name}`)

test.each(['form-state', 'render-document', 'table-state'])('%s is what screens ask', (name) => {
  expect(run({ name })).toBe(`ran ${name}`)
})

test.each(['schedule-publish', 'copy-data-from-locale', 'slugify', 'constructor', ''])(
  '%j is asked by no screen',
  (name) => expect(() => run({ name })).toThrow('この操作は使えません'),
)
