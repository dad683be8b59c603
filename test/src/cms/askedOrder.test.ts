// An order of rows tells of the field it is made with, as a filter does.
import { afterAll, describe, expect, test } from '@jest/globals'

import { startCms } from '../../collections/cms'
import { createDocuments } from '../../collections/documents'
import { gather } from '../../collections/people'

const cms = await startCms()
const people = await gather(cms)
const documents = await createDocuments(cms, people)
for (const target of ['own', 'other'] as const) await documents.find('kizuna-add-ons', target)
await documents.find('kizuna-manuscripts', 'live')
afterAll(() => cms.stop())

describe.each([
  ['kizuna-add-ons', 'authors.email'],
  ['kizuna-add-ons', '-authors.name'],
  ['kizuna-add-ons', 'title,authors.email'],
  ['kizuna-add-ons', 'authors__email'],
  ['kizuna-add-ons', 'proposedBy.resetPasswordToken'],
  ['kizuna-add-ons', 'municipality.mailFrom'],
  ['kizuna-releases', 'publishedBy.email'],
  ['kizuna-releases', 'publishedBy.hash'],
  ['kizuna-approvals', 'reviewer.sessions.id'],
  ['users', 'email'],
  ['users', 'hash'],
  ['users', 'salt'],
  ['users', 'loginAttempts'],
  ['users', 'resetPasswordToken'],
  ['users', 'sessions.id'],
  ['users', 'kizunaPerson'],
  ['kizuna-line-accounts', 'channelSecret'],
  ['kizuna-line-accounts', 'loginChannelSecret'],
  ['kizuna-manuscripts', '$where'],
  ['kizuna-manuscripts', 'title.$natural'],
  ['kizuna-manuscripts', '__proto__'],
  ['kizuna-manuscripts', 'nichts'],
])('%s in the order of %s', (collection, sort) => {
  test.each(['municipal-editor', 'reviewer', 'editor'] as const)(
    'is refused to the %s',
    async (role) => {
      const query = `sort=${encodeURIComponent(sort)}`
      const path = `/${collection}?${query}`
      const answer = await cms.rest({ path, as: people.as[role] })
      expect({ ...answer }).toMatchObject({ status: 400 })
      expect(JSON.stringify(answer.body)).toMatch(/では並べ替えられません/)
    },
  )
})

test.each([
  ['kizuna-manuscripts', 'title,-updatedAt', 'reviewer'],
  ['kizuna-manuscripts', 'series', 'reviewer'],
  ['kizuna-add-ons', '-order', 'municipal-editor'],
  ['kizuna-releases', 'publishedBy', 'municipal-editor'],
  ['kizuna-audit-log', 'actor.value', 'chief'],
  ['users', 'email', 'admin'],
  ['kizuna-municipalities', 'contact.phone', 'municipal-editor'],
  ['kizuna-manuscripts/versions', '-version.title', 'editor'],
  ['kizuna-manuscripts/versions', '-updatedAt', 'editor'],
] as const)('%s in the order of %s is the %s’s to ask for', async (collection, sort, role) => {
  const answer = await cms.rest({ path: `/${collection}?sort=${sort}`, as: people.as[role] })
  expect(answer).toMatchObject({ status: 200 })
})

test('versions are not ordered through relations either', async () => {
  const path = '/kizuna-add-ons/versions?sort=version.authors.email'
  expect((await cms.rest({ path, as: people.as['municipal-editor'] })).status).toBe(400)
})

test('nor over GraphQL', async () => {
  const query = '{ KizunaAddOns(sort: "authors.email") { docs { id } } }'
  const answer = await cms.ask({ query, as: people.as['municipal-editor'] })
  expect(answer.statuses).toEqual([400])
})

describe('mail addresses', () => {
  const addressesSeenBy = async (role: keyof typeof people.ids, filter = '') => {
    const { body } = await cms.rest({ path: `/users?limit=100${filter}`, as: people.as[role] })
    return (body.docs ?? []).map(({ email }) => email).filter(Boolean)
  }

  test.each(['reviewer', 'editor'] as const)('the %s sees their own only', async (role) => {
    expect(await addressesSeenBy(role)).toEqual([expect.stringContaining(`${role}-`)])
  })

  test('nor behind the names on texts and locks', async () => {
    for (const collection of [
      'kizuna-releases',
      'kizuna-approvals',
      'kizuna-add-ons',
      'kizuna-comments',
    ]) {
      const path = `/${collection}?depth=3&limit=100`
      const { body } = await cms.rest({ path, as: people.as.reviewer })
      expect(JSON.stringify(body)).not.toContain('municipal-editor-')
    }
  })

  test('staff see those of their own town, the chief and the admin all', async () => {
    const town = await addressesSeenBy('municipal-approver')
    expect(town.length).toBeGreaterThan(1)
    expect(town.some((email) => String(email).startsWith('chief-'))).toBe(false)
    expect((await addressesSeenBy('chief')).length).toBeGreaterThan(town.length)
  })

  test.each(['reviewer', 'municipal-editor'] as const)(
    'the %s cannot guess them with a filter, not even through a relation',
    async (role) => {
      const as = people.as[role]
      for (const path of [
        '/users?where[email][like]=chief',
        '/users/count?where[email][like]=chief',
        '/users?where[or][0][and][0][email][contains]=chief',
        '/kizuna-releases?where[publishedBy.email][like]=chief',
        '/kizuna-add-ons?where[authors.email][like]=chief',
        '/kizuna-add-ons/versions?where[version.authors.email][like]=chief',
        '/kizuna-approvals?where[reviewer.email][like]=chief',
        '/kizuna-approvals?where[reviewer__email][like]=chief',
      ]) {
        expect({ path, status: (await cms.rest({ path, as })).status }).toEqual({
          path,
          status: 400,
        })
      }
    },
  )
})
