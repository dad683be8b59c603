// What nobody says of themselves: when something was made and changed, and under which number.
import { afterAll, expect, test } from '@jest/globals'

import { isContentCollection } from '../../src/release/contentKind'
import type { Collection } from './accessMatrix'
import { startCms } from './cms'
import { createDocuments } from './documents'
import { gather } from './people'

const cms = await startCms()
const people = await gather(cms)
const documents = await createDocuments(cms, people)
const LONG_AGO = '2001-01-01T00:00:00.000Z'
const dates = { createdAt: LONG_AGO, updatedAt: LONG_AGO }
/** Of something that is gone, e.g.: what is made under it would have its releases and verdicts. */
const NUMBER = '0123456789abcdef01234567'
afterAll(() => cms.stop())

test.each([
  ['kizuna-manuscripts', 'draft', 'editor'],
  ['kizuna-add-ons', 'own', 'municipal-editor'],
  ['kizuna-series', 'any', 'chief'],
  ['kizuna-municipalities', 'own', 'admin'],
  ['kizuna-hidden-texts', 'own', 'municipal-approver'],
  ['kizuna-sources', 'own', 'municipal-editor'],
  ['users', 'team', 'admin'],
  ['kizuna-reports', 'own', 'worker'],
  ['kizuna-line-accounts', 'any', 'admin'],
] as const)(
  '%s (%s) made by the %s have dates and number of the server',
  async (slug, target, role) => {
    const collection = slug as Collection
    const own = { ...dates, id: NUMBER, _id: NUMBER }
    const body = { ...(await documents.input(collection, target)), ...own }
    const path = `/${collection}?draft=true`
    const made = await cms.rest({ method: 'POST', path, as: people.as[role], body })
    expect(made.status).toBe(201)
    const { id } = made.body.doc as { id: string }
    expect(id).not.toBe(NUMBER)
    expect(JSON.stringify(made.body.doc)).not.toContain('2001-01-01')
    if (role === 'worker') return
    const change = { ...documents.change(collection), ...dates }
    const changed = await cms.rest({
      method: 'PATCH',
      path: `/${collection}/${id}?draft=true`,
      as: people.as[role],
      body: change,
    })
    // There the date names the version that was opened, and this one was never there.
    expect(changed.status).toBe(isContentCollection(collection) ? 409 : 200)
    const row = await cms.payload.db.findOne({ collection, where: { id: { equals: id } } })
    expect(JSON.stringify(row)).not.toContain('2001-01-01')
  },
)

test('nor over GraphQL', async () => {
  const query = `mutation { updateKizunaManuscript(id: "${await documents.make('kizuna-manuscripts', 'draft')}",
    draft: true, data: { title: "題", createdAt: "${LONG_AGO}" }) { createdAt } }`
  const answer = await cms.ask({ query, as: people.as.editor })
  expect(JSON.stringify(answer)).not.toContain('2001-01-01')
})
