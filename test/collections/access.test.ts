import { afterAll, describe, expect, test } from '@jest/globals'

import {
  accessMatrix,
  ACTORS,
  isLive,
  OPERATIONS,
  TARGETS,
  TWO_ROLES,
  UNLOCKABLE,
  VERSIONED,
  type Actor,
  type Collection,
  type Operation,
  type TwoRoles,
} from './accessMatrix'
import { ACT_PATHS, ACT_PLACE, ACTS, UNASKED, type ActPlace } from './actMatrix'
import { makeActPlaces } from './actPlaces'
import { startCms, type Answer } from './cms'
import { createDocuments } from './documents'
import { createGraphQLDoor } from './graphqlDoor'
import { gather } from './people'
import { createRestDoor } from './restDoor'
import { share } from '../share'

const cms = await startCms({ publicUrl: 'https://kizuna.example.jp' })
const people = await gather(cms)
const documents = await createDocuments(cms, people)
const doors = { REST: createRestDoor(cms, documents), GraphQL: createGraphQLDoor(cms, documents) }
afterAll(() => cms.stop())

const BOTH = Object.keys(TWO_ROLES) as TwoRoles[]
const EVERYBODY = [...ACTORS, ...BOTH]
const collections = Object.keys(TARGETS) as Collection[]

/** The plugin's own that are nobody's over the API: what is derived, and what opens an account. */
const DERIVED = ['kizuna-text-states', 'kizuna-link-checks', 'kizuna-second-factors']

test('the table has a row for every collection of the plugin that anybody may reach', () => {
  const slugs = cms.config.collections.map(({ slug }) => slug as string)
  expect(slugs.filter((slug) => !slug.startsWith('payload-')).sort()).toEqual(
    [...collections, ...DERIVED].toSorted(),
  )
})

/** Payload's own that people use; restrictLocks.test.ts and savedFilters.test.ts say who. */
const SHARED = ['payload-locked-documents', 'payload-preferences', 'payload-query-presets']
/** Payload's own that are nobody's over the API. */
const CLOSED = ['payload-jobs', 'payload-kv', 'payload-migrations']

test('of Payload’s own collections none is new', () => {
  const slugs = cms.config.collections.map(({ slug }) => slug as string)
  const own = slugs.filter((slug) => slug.startsWith('payload-'))
  expect(own.sort()).toEqual([...CLOSED, ...SHARED].sort())
  expect(cms.config.globals.map(({ slug }) => slug)).toEqual(['payload-jobs-stats'])
})

test.each([...[...CLOSED, ...DERIVED].map((slug) => `/${slug}`), '/globals/payload-jobs-stats'])(
  '%s is nobody’s',
  async (path) => {
    for (const actor of EVERYBODY) {
      for (const method of ['GET', 'POST'] as const) {
        const body = method === 'POST' ? { stats: {}, key: 'x', data: {} } : undefined
        const { status } = await cms.rest({ method, path, as: people.as[actor], body })
        const isClosed = [401, 403, 404, 405, 501].includes(status) // 501: it has no endpoints
        expect({ actor, method, status, isClosed }).toMatchObject({ actor, method, isClosed: true })
      }
    }
  },
)

interface Asked {
  collection: Collection
  target: string
  operation: Operation
}

const QUESTIONS: Asked[] = collections.flatMap((collection) =>
  TARGETS[collection].flatMap((target) =>
    OPERATIONS.filter((operation) => isAsked(collection, operation, target)).map((operation) => ({
      collection,
      target,
      operation,
    })),
  ),
)

/** Who may is one rule for both doors, and for two roles together: the second and those have shares. */
const CASES: Record<keyof typeof doors, (Asked & { askers: readonly (Actor | TwoRoles)[] })[]> = {
  REST: QUESTIONS.map((question, at) => ({
    ...question,
    askers: [...ACTORS, ...share(BOTH, { nth: BOTH.length, from: at })],
  })),
  GraphQL: share(QUESTIONS, { nth: 3 }).map((question) => ({ ...question, askers: ACTORS })),
}

describe.each(Object.keys(doors) as (keyof typeof doors)[])('over %s', (name) => {
  test.each(CASES[name])('$operation $collection ($target)', async ({ askers, ...question }) => {
    const answers: Record<string, string> = {}
    for (const actor of askers) {
      answers[actor] = await doors[name]({ ...question, as: people.as[actor] })
    }
    const allowed = allowedIn(question)
    const expected = askers.map((actor) => [
      actor,
      rolesOf(actor).some((role) => allowed.includes(role)) ? 'allowed' : 'refused',
    ])
    expect(answers).toEqual(Object.fromEntries(expected))
  })
})

describe('of the acts by which a town reads its numbers and sends', () => {
  const targets = ['own', 'other'] as const
  const places = makeActPlaces({ cms, people, documents })

  test('none is missing from the table', () => {
    const named = Object.fromEntries(ACT_PLACE.map((name) => [name, ':id'])) as unknown as ActPlace
    const asked = ACTS.map(({ ask }) => {
      const { method, path } = ask(named)
      return `${method} ${path.split('?')[0]}`
    })
    const ours = endpointsIn(cms.config).filter((one) => ACT_PATHS.test(one))
    expect(ours.filter((one) => !asked.includes(one))).toEqual(UNASKED)
  })

  test.each(ACTS)('$name: each actor is answered as the table says', async (act) => {
    const answers: string[] = []
    const expected: string[] = []
    for (const target of targets) {
      for (const actor of ACTORS) {
        const answer = await cms.rest({ ...act.ask((await places)[target]), as: people.as[actor] })
        answers.push(`${target} ${actor} ${isRefused(answer, act.beyond) ? 'refused' : 'allowed'}`)
        expected.push(`${target} ${actor} ${act[target].includes(actor) ? 'allowed' : 'refused'}`)
        expect(answer.status).toBeLessThan(500)
      }
    }
    expect(answers).toEqual(expected)
  })
})

/** Endpoints of ours, as `POST /kizuna-surveys/:id/submit`. */
function endpointsIn({ endpoints, collections }: typeof cms.config): string[] {
  const all = [
    { prefix: '', own: endpoints },
    ...collections.map(({ slug, endpoints: own }) => ({ prefix: `/${slug}`, own: own || [] })),
  ]
  return all.flatMap(({ prefix, own }) =>
    own
      .filter(({ custom }) => custom && 'shape' in custom)
      .map(({ method, path }) => `${method.toUpperCase()} ${prefix}${path}`),
  )
}

/** Who may is answered, or told what is wrong with what was sent. */
function isRefused({ status, body }: Answer, beyond?: RegExp): boolean {
  return [401, 403, 404].includes(status) && !beyond?.test(JSON.stringify(body))
}

function isAsked(collection: Collection, operation: Operation, target: string): boolean {
  if (operation === 'readTrash' || operation === 'restore') {
    return VERSIONED.includes(collection) && !isLive(target) // what is live is never there
  }
  if (operation === 'readVersions' || operation === 'trash') return VERSIONED.includes(collection)
  return operation !== 'unlock' || UNLOCKABLE.includes(collection)
}

function rolesOf(actor: Actor | TwoRoles): readonly Actor[] {
  return actor in TWO_ROLES ? TWO_ROLES[actor as TwoRoles] : [actor as Actor]
}

function allowedIn(question: Asked) {
  const rows = accessMatrix[question.collection] as unknown as Record<
    string,
    Partial<Record<Operation, readonly Actor[]>>
  >
  const row = rows[question.target]?.[question.operation]
  if (!row) throw new Error(`no row for ${JSON.stringify(question)}`)
  return row
}
