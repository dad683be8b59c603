// GraphQL's questions about rights are answered for everybody, in the form its schema promises.
import { afterAll, expect, test } from '@jest/globals'

import { startCms } from '../../collections/cms'
import { gather } from '../../collections/people'

const cms = await startCms()
const people = await gather(cms)
afterAll(() => cms.stop())

const RIGHTS = `
  create { permission where }
  update { permission }
  fields { title { read { permission } update { permission } } }
`
const ACCESS = `{ Access { canAccessAdmin kizuna_manuscripts { ${RIGHTS} } } }`

test.each([
  ['anonymous', false, false],
  ['worker', false, false],
  ['reviewer', true, false],
  ['editor', true, true],
] as const)('%s is told what may be done', async (actor, isIn, mayWrite) => {
  const { data, messages } = await cms.ask({ query: ACCESS, as: people.as[actor] })
  expect(messages).toEqual([])
  expect(data?.Access).toMatchObject({
    canAccessAdmin: isIn,
    kizuna_manuscripts: {
      create: { permission: mayWrite, where: null },
      update: { permission: mayWrite },
      fields: { title: { update: { permission: mayWrite } } },
    },
  })
})

test('a right that holds for some documents only comes with its filter', async () => {
  const query = '{ Access { kizuna_add_ons { read { permission where } } } }'
  const { data, messages } = await cms.ask({ query, as: people.as['municipal-editor'] })
  expect(messages).toEqual([])
  const { read } = (data?.Access as { kizuna_add_ons: { read: Record<string, unknown> } })
    .kizuna_add_ons
  expect(read.permission).toBe(true)
  expect(JSON.stringify(read.where)).toContain(people.own)
})

test('what may be done with one document is told too', async () => {
  const query = `{ docAccessUser(id: "${people.ids.editor}") { update { permission } } }`
  for (const actor of ['anonymous', 'reviewer', 'editor', 'admin'] as const) {
    const { data, messages } = await cms.ask({ query, as: people.as[actor] })
    expect(messages).toEqual([])
    const { update } = data?.docAccessUser as { update: { permission: boolean } }
    expect(update.permission).toBe(actor === 'editor' || actor === 'admin')
  }
})
