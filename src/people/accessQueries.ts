import {
  getNamedType,
  GraphQLBoolean,
  GraphQLObjectType,
  type GraphQLNamedType,
  type GraphQLOutputType,
} from 'graphql'
import type { Config } from 'payload'

type GraphQLQueries = NonNullable<NonNullable<Config['graphQL']>['queries']>

interface AccessField {
  type: GraphQLOutputType
  resolve: (...asked: unknown[]) => Promise<unknown>
}

/** What Payload has put together when it asks for more queries. */
interface BuiltSchema {
  Query: { fields: Record<string, AccessField> }
}

/**
 * Makes GraphQL's `Access` and `docAccess…` answer everybody. Payload shortens what they tell, as its
 * admin likes it (a right that is whole is `true`, one that is missing is left out), which is not the
 * form its own schema promises: nobody, and whoever has or lacks a whole right, got a 500. *Pure.*
 */
export function withFullAccess(config: Config): Config {
  const queries: GraphQLQueries = (graphQL, built) => {
    const { fields } = (built as BuiltSchema).Query
    const told = Object.entries(fields).filter(([name]) => /^(Access$|docAccess)/.test(name))
    const full = told.map(([name, field]) => [name, { ...field, resolve: fullAnswer(field) }])
    return { ...Object.fromEntries(full), ...config.graphQL?.queries?.(graphQL, built) }
  }
  return { ...config, graphQL: { ...config.graphQL, queries } }
}

function fullAnswer({ type, resolve }: AccessField): AccessField['resolve'] {
  return async (...asked) => inFull(getNamedType(type), await resolve(...asked))
}

/** What was told, in the form of its type: what is left out is no right. */
function inFull(type: GraphQLNamedType, told: unknown): unknown {
  if (type === GraphQLBoolean) return told === true
  if (!(type instanceof GraphQLObjectType)) return told === true ? null : told
  const parts = (told ?? {}) as Record<string, unknown>
  return Object.fromEntries(
    Object.entries(type.getFields()).map(([name, field]) => [
      name,
      inFull(getNamedType(field.type), told === true || parts[name]),
    ]),
  )
}
