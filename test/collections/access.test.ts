import { afterAll, describe, expect, test } from '@jest/globals'

import {
  accessMatrix,
  ACTORS,
  OPERATIONS,
  TARGETS,
  VERSIONED,
  type Actor,
  type Collection,
  type Operation,
} from './accessMatrix'
import { startCms } from './cms'
import { createDocuments } from './documents'
import { createGraphQLDoor } from './graphqlDoor'
import { gather } from './people'
import { createRestDoor } from './restDoor'

const cms = await startCms()
const people = await gather(cms)
const documents = await createDocuments(cms, people)
const doors = { REST: createRestDoor(cms, documents), GraphQL: createGraphQLDoor(cms, documents) }
afterAll(() => cms.stop())

const collections = Object.keys(TARGETS) as Collection[]

test('the table has a row for every collection of the plugin', () => {
  const slugs = cms.config.collections.map(({ slug }) => slug as string)
  expect(slugs.filter((slug) => !slug.startsWith('payload-')).sort()).toEqual(
    collections.toSorted(),
  )
})

describe.each(Object.keys(doors) as (keyof typeof doors)[])('over %s', (name) => {
  const cases = collections.flatMap((collection) =>
    TARGETS[collection].flatMap((target) =>
      OPERATIONS.filter(
        (operation) => operation !== 'readVersions' || VERSIONED.includes(collection),
      ).map((operation) => ({ collection, target: target as string, operation })),
    ),
  )
  test.each(cases)('$operation $collection ($target)', async (question) => {
    const answers: Record<string, string> = {}
    for (const actor of ACTORS) {
      answers[actor] = await doors[name]({ ...question, as: people.as[actor] })
    }
    const allowed = allowedIn(question)
    const expected = ACTORS.map((actor) => [actor, allowed.includes(actor) ? 'allowed' : 'refused'])
    expect(answers).toEqual(Object.fromEntries(expected))
  })
})

function allowedIn(question: { collection: Collection; target: string; operation: Operation }) {
  const rows = accessMatrix[question.collection] as unknown as Record<
    string,
    Partial<Record<Operation, readonly Actor[]>>
  >
  const row = rows[question.target]?.[question.operation]
  if (!row) throw new Error(`no row for ${JSON.stringify(question)}`)
  return row
}
