import type { Config, Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'

import { endpoint, jsonBody, saying } from '../cms/endpoint'
import { peopleIn } from './usersSlug'

const asked = z.object({ email: z.string().trim().min(1).max(320) })

/**
 * Stands before Payload's own: who asks for a new password is answered at once, and only then it is
 * looked up whether there is such an account. Otherwise the time it takes tells who exists, and an
 * error of the mail server too.
 */
export const forgotPasswordEndpoint: Endpoint = endpoint({
  method: 'post',
  path: '/forgot-password',
  input: jsonBody(asked, saying('メールアドレスを入れてください。')),
  run: async ({ req, input: { email } }) => {
    sendLater(req, email)
    return { message: req.t('general:success') }
  },
})

type GraphQLMutations = NonNullable<NonNullable<Config['graphQL']>['mutations']>

/** The same for GraphQL's door, beside a host's own mutations. *Pure.* */
export function withQuietMutation(config: Config): Config {
  const mutations: GraphQLMutations = (graphQL, built) => ({
    ...quietOf(built as BuiltSchema),
    ...config.graphQL?.mutations?.(graphQL, built),
  })
  return { ...config, graphQL: { ...config.graphQL, mutations } }
}

/** What Payload has put together when it asks for more mutations. */
interface BuiltSchema {
  Mutation: { fields: Record<string, { resolve: Resolver }> }
}

type Resolver = (root: unknown, args: unknown, context: { req: PayloadRequest }) => Promise<unknown>

function quietOf({ Mutation }: BuiltSchema): Record<string, object> {
  const fields = Object.entries(Mutation.fields).filter(([name]) => /^forgotPassword/.test(name))
  return Object.fromEntries(
    fields.map(([name, field]) => [name, { ...field, resolve: answeringFirst(field.resolve) }]),
  )
}

function answeringFirst(resolve: Resolver) {
  return (root: unknown, args: unknown, context: { req: PayloadRequest }): true => {
    void resolve(root, args, context).catch(() => warn(context.req))
    return true
  }
}

/** In a request of its own: the one that is answered may be over. */
function sendLater(req: PayloadRequest, email: string): void {
  const { payload, headers, i18n, url = '' } = req
  const own = { headers, i18n, url, context: {} }
  void payload
    .forgotPassword({ collection: peopleIn(payload), data: { email }, req: own })
    .catch(() => warn(req))
}

function warn({ payload }: PayloadRequest): void {
  payload.logger.warn('a mail to choose a new password was not sent')
}
