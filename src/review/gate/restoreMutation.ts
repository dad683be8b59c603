import type { Config, PayloadRequest } from 'payload'

type GraphQLMutations = NonNullable<NonNullable<Config['graphQL']>['mutations']>

interface Asked {
  updatedAt?: string | null
}

interface RestoreField {
  args: object
  resolve: (root: unknown, args: Asked, context: { req: PayloadRequest }) => Promise<unknown>
}

/** What Payload has put together when it asks for more mutations. */
interface BuiltSchema {
  Mutation: { fields: Record<string, RestoreField> }
}

/**
 * Lets GraphQL's `restoreVersion…` name, in `updatedAt`, the newest version the person has seen, as
 * REST's does in its body; Payload's own has no argument for it. *Pure.*
 */
export function withNamedRestore(config: Config): Config {
  const mutations: GraphQLMutations = (graphQL, built) => {
    const { fields } = (built as BuiltSchema).Mutation
    const restoring = Object.entries(fields).filter(([name]) => name.startsWith('restoreVersion'))
    const updatedAt = { type: graphQL.GraphQLString }
    const named = restoring.map(([name, field]) => {
      return [name, { ...field, args: { ...field.args, updatedAt }, resolve: naming(field) }]
    })
    return { ...Object.fromEntries(named), ...config.graphQL?.mutations?.(graphQL, built) }
  }
  return { ...config, graphQL: { ...config.graphQL, mutations } }
}

/** The gate finds it where REST puts a body. */
function naming({ resolve }: RestoreField): RestoreField['resolve'] {
  return (root, args, context) => {
    context.req.data = { updatedAt: args.updatedAt }
    return resolve(root, args, context)
  }
}
