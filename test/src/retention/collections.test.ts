// Nothing grows without end: every collection of the CMS says what bounds it.
import { expect, test } from '@jest/globals'

import { BOUNDED_CMS_COLLECTIONS } from '../../../src/retention/collections'
import { pluginConfig } from '../plugin/pluginConfig'

const config = await pluginConfig()

test('every collection of the CMS has a row, and every row a collection', () => {
  const slugs = config.collections.map(({ slug }) => slug)
  const rows = BOUNDED_CMS_COLLECTIONS.map(({ slug }) => slug)
  expect(rows.toSorted()).toEqual(slugs.toSorted())
})

test('no document has more versions than a number that is given', () => {
  const versioned = [...config.collections, ...config.globals].filter(({ versions }) => versions)
  expect(versioned.length).toBeGreaterThan(1)
  for (const { slug, versions } of versioned) {
    const { maxPerDoc = 0 } = (versions ?? {}) as { maxPerDoc?: number }
    expect([slug, maxPerDoc > 0]).toEqual([slug, true])
  }
})
