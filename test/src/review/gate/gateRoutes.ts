// Every door by which somebody could reach around the publish gate, for both reviewed collections.
import type { ReviewedCollection } from '../../../../src/review/queries/load'
import type { EditorialCms, Person } from '../editorialCms'

/** How a route said no: its HTTP status, and what it said. */
export interface Refusal {
  status: number
  text: string
}

export interface Attempt {
  by: Person | null
  id: string
}

export type Route = (attempt: Attempt) => Promise<Refusal>

type Named = [name: string, route: Route]

/** Whoever may log in, and nobody. */
export const EVERYBODY: readonly (Person | null)[] = [
  ...(['hana', 'doctor', 'midori', 'taro', 'root', 'machi', 'mayu', 'dango'] as const),
  null,
]

/** What makes a text live, if it could be written. */
export const LIVE = { _status: 'published' } as const

/** A moment at which something is put into the trash. */
const IN_TRASH = '2026-11-29T00:00:00.000Z'

const NAMES = { 'kizuna-manuscripts': 'KizunaManuscript', 'kizuna-add-ons': 'KizunaAddOn' } as const

/** A change of what readers see. */
export const IN_PLACE = {
  'kizuna-manuscripts': { body: '承認されていない本文です。' },
  'kizuna-add-ons': { title: '承認されていない見出しです。' },
} as const

export type GateRoutes = ReturnType<typeof gateRoutes>

/** The doors to one collection. */
export function gateRoutes(cms: EditorialCms, collection: ReviewedCollection) {
  const name = NAMES[collection]
  const inPlace = IN_PLACE[collection]

  const rest =
    (method: string, path: (id: string) => string, body?: unknown): Route =>
    async ({ by, id }) => {
      const answer = await cms.rest(by, `${method} /${collection}${path(id)}`, body)
      return { status: answer.status, text: JSON.stringify(answer.body) }
    }

  const graphql =
    (mutation: (id: string, name: string) => string): Route =>
    async ({ by, id }) => {
      const { body } = await cms.graphql(by, `mutation { ${mutation(id, name)} { __typename } }`)
      const [error] = body.errors ?? []
      return {
        status: body.errors ? (error.extensions?.statusCode ?? 0) : 200,
        text: JSON.stringify(body),
      }
    }

  /** The Local API as hooks and scripts use it: with a user, with and without access checks. */
  const local =
    (
      run: (attempt: Attempt & { options: object }) => Promise<unknown>,
      overrideAccess: boolean,
    ): Route =>
    async ({ by, id }) => {
      const req = await cms.reqOf(by)
      try {
        const result = await run({ by, id, options: { collection, req, overrideAccess } })
        return { status: 200, text: JSON.stringify(result) }
      } catch (error) {
        const { status, message } = error as { status?: number; message: string }
        return { status: status ?? 500, text: message }
      }
    }

  const update =
    (data: object, more: object = {}) =>
    ({ id, options }: Attempt & { options: object }) =>
      cms.payload.update({ id, data, ...more, ...options } as never)

  const bulk =
    (data: object, more: object = {}) =>
    ({ id, options }: Attempt & { options: object }) =>
      cms.payload.update({
        where: { id: { equals: id } },
        data,
        ...more,
        ...options,
      } as never)

  const where = (id: string) => `?where[id][equals]=${id}`

  const publish: Named[] = [
    ['REST PATCH', rest('PATCH', (id) => `/${id}`, LIVE)],
    ['REST PATCH ?draft=true', rest('PATCH', (id) => `/${id}?draft=true`, LIVE)],
    [
      'REST PATCH ?autosave=true&draft=true',
      rest('PATCH', (id) => `/${id}?autosave=true&draft=true`, LIVE),
    ],
    [
      'REST PATCH ?publishAllLocales=true',
      rest('PATCH', (id) => `/${id}?publishAllLocales=true&draft=true`, {}),
    ],
    [
      'REST PATCH ?publishSpecificLocale=ja',
      rest('PATCH', (id) => `/${id}?publishSpecificLocale=ja&draft=true`, {}),
    ],
    ['REST bulk PATCH', rest('PATCH', where, LIVE)],
    ['REST bulk PATCH ?draft=true', rest('PATCH', (id) => `${where(id)}&draft=true`, LIVE)],
    ['GraphQL update', graphql((id) => `update${name}(id: "${id}", data: { _status: published })`)],
    [
      'GraphQL update as draft',
      graphql((id) => `update${name}(id: "${id}", draft: true, data: { _status: published })`),
    ],
    [
      'GraphQL autosave as draft',
      graphql(
        (id) =>
          `update${name}(id: "${id}", autosave: true, draft: true, data: { _status: published })`,
      ),
    ],
    ['Local API with a user', local(update(LIVE), false)],
    ['Local API, access overridden', local(update(LIVE), true)],
    ['Local API, access overridden, as draft', local(update(LIVE, { draft: true }), true)],
    ['Local API, a forged context', local(update(LIVE, { context: forgedContext() }), true)],
    ['Local API bulk with a user', local(bulk(LIVE), false)],
    ['Local API bulk, access overridden', local(bulk(LIVE), true)],
    ['Local API bulk, access overridden, as draft', local(bulk(LIVE, { draft: true }), true)],
  ]

  const changeInPlace: Named[] = [
    ['REST PATCH', rest('PATCH', (id) => `/${id}`, inPlace)],
    ['REST PATCH ?draft=false', rest('PATCH', (id) => `/${id}?draft=false`, inPlace)],
    ['REST PATCH ?autosave=true', rest('PATCH', (id) => `/${id}?autosave=true`, inPlace)],
    ['REST bulk PATCH', rest('PATCH', where, inPlace)],
    ['GraphQL update', graphql((id) => `update${name}(id: "${id}", data: { title: "x" })`)],
    [
      'GraphQL autosave',
      graphql((id) => `update${name}(id: "${id}", autosave: true, data: { title: "x" })`),
    ],
    ['Local API with a user', local(update(inPlace), false)],
    ['Local API, access overridden', local(update(inPlace), true)],
    ['Local API bulk with a user', local(bulk(inPlace), false)],
    ['Local API bulk, access overridden', local(bulk(inPlace), true)],
  ]

  const unpublish: Named[] = [
    ['REST PATCH', rest('PATCH', (id) => `/${id}`, { _status: 'draft' })],
    [
      'REST PATCH ?unpublishAllLocales=true',
      rest('PATCH', (id) => `/${id}?unpublishAllLocales=true&draft=true`, {}),
    ],
    ['REST bulk PATCH', rest('PATCH', where, { _status: 'draft' })],
    ['GraphQL update', graphql((id) => `update${name}(id: "${id}", data: { _status: draft })`)],
    ['Local API with a user', local(update({ _status: 'draft' }), false)],
    ['Local API, access overridden', local(update({ _status: 'draft' }), true)],
    ['Local API bulk, access overridden', local(bulk({ _status: 'draft' }), true)],
    ['REST into the trash', rest('PATCH', (id) => `/${id}`, { deletedAt: IN_TRASH })],
    ['REST out of the trash', rest('PATCH', (id) => `/${id}?trash=true`, { deletedAt: null })],
    ['Local API into the trash', local(update({ deletedAt: IN_TRASH }), true)],
    ['Local API out of the trash', local(update({ deletedAt: null }, { trash: true }), true)],
    ['REST DELETE', rest('DELETE', (id) => `/${id}`)],
    ['GraphQL delete', graphql((id) => `delete${name}(id: "${id}")`)],
    [
      'Local API delete, access overridden',
      local(({ id, options }) => cms.payload.delete({ id, ...options } as never), true),
    ],
  ]

  /** Restoring one version; never as a draft. */
  const restore = (version: string): Named[] => [
    ['REST', rest('POST', () => `/versions/${version}`)],
    ['REST ?draft=false', rest('POST', () => `/versions/${version}?draft=false`)],
    ['GraphQL', graphql(() => `restoreVersion${name}(id: "${version}")`)],
    [
      'GraphQL draft: false',
      graphql(() => `restoreVersion${name}(id: "${version}", draft: false)`),
    ],
    ...[true, false].map((isOverridden): Named => [
      `Local API${isOverridden ? ', access overridden' : ' with a user'}`,
      local(
        ({ options }) => cms.payload.restoreVersion({ id: version, ...options } as never),
        isOverridden,
      ),
    ]),
  ]

  const copy: Named[] = [
    ['REST', rest('POST', (id) => `/${id}/duplicate`)],
    ['REST ?draft=false', rest('POST', (id) => `/${id}/duplicate?draft=false`)],
    ['REST ?draft=false, as published', rest('POST', (id) => `/${id}/duplicate?draft=false`, LIVE)],
    ['GraphQL', graphql((id) => `duplicate${name}(id: "${id}", data: {})`)],
    [
      'Local API, access overridden',
      local(
        ({ id, options }) => cms.payload.duplicate({ id, draft: false, ...options } as never),
        true,
      ),
    ],
  ]

  return { rest, graphql, local, publish, changeInPlace, unpublish, restore, copy }
}

function forgedContext(): Record<string, unknown> {
  return { isRestoringVersion: true, gate: true, isGatesOwnWrite: true }
}
