// A CMS in this process, on its own database: REST and GraphQL as a browser would speak them.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { mongooseAdapter } from '@payloadcms/db-mongodb'
import { configToSchema } from '@payloadcms/graphql'
import { execute, parse as parseQuery, validate } from 'graphql'
import type { DocumentNode, ExecutionResult, GraphQLError, GraphQLSchema } from 'graphql'
import {
  buildConfig,
  createPayloadRequest,
  getPayload,
  handleEndpoints,
  type Payload,
  type SanitizedConfig,
} from 'payload'

import type { KizunaOptions } from '../../src/plugin/options'
import { kizuna } from '../../src/plugin/kizuna'
import { generateKeyRing } from '../../src/secret/seal'
import { endCms, testDatabaseUrl } from '../database'

/** The moment all tests of the CMS happen at. */
export const NOW = new Date('2026-11-23T00:00:00.000Z')

export interface Answer {
  status: number
  body: Record<string, unknown> & { docs?: Record<string, unknown>[]; id?: string }
}

export interface RestCall {
  method?: string
  path: string
  /** Value of the Authorization header. */
  as?: string | undefined
  body?: unknown
  headers?: Record<string, string>
}

export interface GraphQLCall {
  query: string
  variables?: Record<string, unknown>
  as?: string | undefined
}

export interface GraphQLAnswer {
  data: Record<string, unknown> | null
  /** HTTP status that each error stands for. */
  statuses: number[]
  messages: string[]
}

export interface TestCms {
  payload: Payload
  config: SanitizedConfig
  rest: (call: RestCall) => Promise<Answer>
  /** A request whose body is sent as it is written. */
  send: (call: Omit<RestCall, 'body'> & { text: string }) => Promise<Answer>
  ask: (call: GraphQLCall) => Promise<GraphQLAnswer>
  /** Logs in and gives the Authorization header. */
  login: (email: string, password: string) => Promise<string>
  stop: () => Promise<void>
}

/** Starts a CMS with the plugin and nothing else; one beside another has a key, and no REST. */
export async function startCms(
  options: Partial<KizunaOptions> = {},
  key = 'default',
): Promise<TestCms> {
  const folder = await mkdtemp(join(tmpdir(), 'kizuna-media-'))
  const config = await buildConfig({
    secret: 'test-secret-test-secret-test-secret',
    telemetry: false,
    typescript: { autoGenerate: false },
    logger: { options: { level: 'silent' } },
    db: mongooseAdapter({ url: testDatabaseUrl(), ensureIndexes: true }),
    plugins: [
      kizuna({
        now: () => NOW,
        keys: generateKeyRing(),
        mediaDir: folder,
        admin: 'whole',
        ...options,
      }),
    ],
  })
  const payload = await getPayload({ config, key, disableOnInit: false })
  const rest = (call: RestCall) => callRest(config, call)
  return {
    payload,
    config,
    rest,
    send: ({ text, ...call }) => callRest(config, { ...call, body: new Written(text) }),
    ask: createAsk(config),
    login: async (email, password) => {
      const path = '/users/login'
      const { body } = await rest({ method: 'POST', path, body: { email, password } })
      return `JWT ${String(body.token)}`
    },
    stop: async () => {
      await endCms(payload)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function headersFor(as: string | undefined): Record<string, string> {
  return { 'Accept-Language': 'ja', ...(as ? { Authorization: as } : {}) }
}

async function callRest(config: SanitizedConfig, call: RestCall): Promise<Answer> {
  const { method = 'GET', path, as, body, headers } = call
  const isForm = body instanceof FormData
  const request = new Request(`http://cms.test/api${path}`, {
    method,
    headers: {
      ...headersFor(as),
      ...(body === undefined || isForm ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? null : isForm ? body : written(body),
  })
  const response = await handleEndpoints({ config, request })
  const text = await response.text()
  return { status: response.status, body: parse(text) }
}

/** Text that is sent as JSON without being written as JSON. */
class Written {
  constructor(readonly text: string) {}
}

function written(body: unknown): string {
  return body instanceof Written ? body.text : JSON.stringify(body)
}

function parse(text: string): Answer['body'] {
  try {
    return (JSON.parse(text) ?? {}) as Answer['body']
  } catch {
    return {}
  }
}

function createAsk(config: SanitizedConfig): TestCms['ask'] {
  let made: { schema: GraphQLSchema } | undefined // few ask, and it takes its time
  const queries = new Map<string, DocumentNode | readonly GraphQLError[]>() // eighteen ask the same
  return async ({ query, variables = {}, as }) => {
    made ??= configToSchema(config)
    const { schema } = made
    const document = queries.get(query) ?? readQuery(schema, query)
    queries.set(query, document)
    const request = new Request('http://cms.test/api/graphql', {
      method: 'POST',
      headers: { ...headersFor(as), 'Content-Type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    })
    const req = await createPayloadRequest({ config: Promise.resolve(config), request })
    const { data, errors = [] }: ExecutionResult =
      'kind' in document
        ? await execute({
            schema,
            document,
            variableValues: variables,
            contextValue: { headers: {}, req },
          })
        : { data: null, errors: document }
    return {
      data: data ? { ...data } : null,
      statuses: errors.map(({ originalError }) =>
        Number((originalError as { status?: number } | undefined)?.status ?? 400),
      ),
      messages: errors.map(({ message }) => message),
    }
  }
}

/** A query, or what is wrong with it. */
function readQuery(schema: GraphQLSchema, query: string): DocumentNode | readonly GraphQLError[] {
  try {
    const document = parseQuery(query)
    const problems = validate(schema, document)
    return problems.length > 0 ? problems : document
  } catch (error) {
    return [error as GraphQLError]
  }
}
