import type { AfterErrorHook, Config } from 'payload'

import { answerBadInput } from './badInput'
import { isTransient } from './transaction'

const CONFLICT =
  'ほかの人が同じものを同時に保存したため、今回は保存できませんでした。画面を読み直して、相手の変更を確かめてから、もう一度保存してください。'

/**
 * Puts our answers to errors before the host's own hooks: these and `more`; errors in the collections
 * `left` to the host are answered as Payload does. *Pure.*
 */
export function withErrorAnswers(
  config: Config,
  more: readonly AfterErrorHook[],
  left: ReadonlySet<string>,
): Config {
  const own = [answerConflict, answerBadInput, ...more].map(
    (answer): AfterErrorHook =>
      (args) =>
        args.collection && left.has(args.collection.slug) ? undefined : answer(args),
  )
  const afterError = [...own, ...(config.hooks?.afterError ?? [])]
  return { ...config, hooks: { ...config.hooks, afterError } }
}

/**
 * Two writes to one document at the same instant: MongoDB lets one through, and Payload would
 * answer the other with a 500 that says nothing. It becomes a 409 with a sentence, over REST and
 * GraphQL. *Pure.*
 */
export const answerConflict: AfterErrorHook = ({ error, graphqlResult }) => {
  const { originalError } = error as Error & { originalError?: unknown }
  if (!isTransient(error) && !isTransient(originalError)) return
  const message = CONFLICT
  if (!graphqlResult) return { status: 409, response: { errors: [{ message, name: 'Conflict' }] } }
  const extensions = { ...graphqlResult.extensions, statusCode: 409 }
  return { graphqlResult: { ...graphqlResult, message, extensions } }
}
