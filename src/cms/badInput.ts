import { QueryError, type AfterErrorHook } from 'payload'

import { shorten } from '../release/graphemes'

const UNREADABLE =
  '送られた値を読めません。番号・日付・絞り込みの条件の書き方を確かめて、もう一度お試しください。'

/** What values that are none come to in the layers below: JSON, addresses, ids, MongoDB's filters. */
const NAMES: ReadonlySet<string> = new Set([
  'SyntaxError',
  'URIError',
  'CastError',
  'BSONError',
  'StrictModeError',
  'ObjectExpectedError',
])

/**
 * MongoDB's codes for a question it cannot read: BadValue, FailedToParse, TypeMismatch, a wrong path,
 * a wrong pattern, a path with a dollar, and a number that is none.
 */
const CODES: ReadonlySet<number> = new Set([2, 9, 14, 51091, 51108, 16410, 16872, 40353, 51024])

const FORM_TOO_LARGE =
  '送られた内容が大きすぎるか、項目やファイルが多すぎます。文を短くするか、ファイルを 1 つにしてください。'

/** What Payload says, in English, of a form that is too large or that it cannot take apart. */
const FORM_FAULTS: Readonly<Record<string, number>> = {
  'Multipart limit has been reached': 413,
  'Multipart request size limit has been reached': 413,
  'File size limit has been reached': 413,
  'Request is not eligible for file upload': 400,
  'Multipart: Boundary not found': 400,
  'Malformed part header': 400,
  'Unexpected end of form': 400,
}

/**
 * The net behind the checks in front (`withGuardedEndpoints`): a value that only the database can
 * tell is wrong is answered 400 with a sentence instead of a 500; a field that nobody may filter by
 * is named in Japanese. *Pure.*
 */
export const answerBadInput: AfterErrorHook = ({ error, graphqlResult }) => {
  const status = FORM_FAULTS[error.message]
  if (status) {
    const message = status === 413 ? FORM_TOO_LARGE : UNREADABLE
    return { status, response: { errors: [{ message, name: 'BadInput' }] } }
  }
  const { originalError } = error as Error & { originalError?: unknown }
  const message = sentenceFor(error) ?? sentenceFor(originalError)
  if (message === null) return
  if (!graphqlResult) return { status: 400, response: { errors: [{ message, name: 'BadInput' }] } }
  const extensions = { ...graphqlResult.extensions, statusCode: 400 }
  return { graphqlResult: { ...graphqlResult, message, extensions } }
}

function sentenceFor(error: unknown): string | null {
  if (error instanceof QueryError) {
    const paths = (error.data ?? []).map(({ path }) => `「${shorten(path, 100)}」`)
    return `${[...new Set(paths)].join('')}では絞り込めません。一覧に出ている項目の名前を指定してください。`
  }
  if (typeof error !== 'object' || error === null) return null
  const { name, code } = error as { name?: unknown; code?: unknown }
  const isMongos = name === 'MongoServerError' && CODES.has(Number(code))
  return NAMES.has(String(name)) || isMongos ? UNREADABLE : null
}
