import { addDataAndFileToRequest, APIError } from 'payload'
import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'

import { holdsStackedMarks, STACKED_MARKS } from '../release/stackedMarks'
import { StageError } from '../stage/error'
import { parseWrittenDay } from '../table/days'
import { ReviewRefusal } from './refusal'
import { isLarger, type SizeLimit } from './size'

/** A request to an endpoint, and the document in its path; empty where the path names none. */
export interface Asked {
  req: PayloadRequest
  id: string
}

/** Throws for whoever may not ask at all; it is heard before anything is read. */
export type Guard = (asked: Asked) => void

/** Reads what was sent; an object, since TypeScript infers nothing through a returned function. */
export interface Reader<Input> {
  read: (req: PayloadRequest) => Input | Promise<Input>
  /** What is read; it stands at the endpoint too, so that a test sees that each text has a maximum. */
  shape?: z.ZodType<Input>
}

/** One endpoint: who may ask, what they send, and what is done. */
export interface Declaration<Input> {
  method: 'get' | 'post'
  path: string
  /**
   * Who may ask; left out, `run` has to see to it.
   *
   * @default anybody
   */
  who?: Guard
  /** Reads what was sent: {@link jsonBody}, {@link address}, or a reader of the endpoint's own. */
  input?: Reader<Input>
  /** Answers: a value is sent as JSON, a response as it is. */
  run: (call: Asked & { input: Input }) => Promise<object>
}

/** Makes an endpoint of Payload's from its declaration. */
export function endpoint<Input>(declaration: Declaration<Input>): Endpoint {
  const { method, path, who, input, run } = declaration
  return {
    method,
    path,
    custom: { shape: input?.shape },
    handler: async (req) => {
      const asked = { req, id: routeParam(req, 'id') }
      who?.(asked)
      const answer = await run({ ...asked, input: (await input?.read(req)) as Input })
      return answer instanceof Response ? answer : Response.json(answer)
    },
  }
}

/** A named part of the path, empty where there is none. *Pure.* */
export function routeParam({ routeParams }: PayloadRequest, name: string): string {
  return String(routeParams?.[name] ?? '')
}

type Issues = readonly z.core.$ZodIssue[]

/** What is answered when something sent does not have the shape it must have. */
export type Refuse = (issues: Issues) => Error

/** A code, a hash, a day or a name that is sent. */
export const word = z.string().max(200, '長すぎる値があります(200 文字まで)。')
/** A calendar day in a query or body, in any form a person writes it. */
export const day = word.transform((text, context) => {
  try {
    return parseWrittenDay(text)
  } catch (error) {
    if (!(error instanceof StageError)) throw error
    context.addIssue({ code: 'custom', message: error.message })
    return z.NEVER
  }
})

/** The most that anything is sent which has no maximum of its own: what an editor types in a form. */
const MAX_SENT: SizeLimit = { units: 100_000, depth: 20 }

/** The most that stands behind a question mark. */
const MAX_ADDRESS: SizeLimit = { units: 10_000, depth: 2 }

/** The JSON of the request, in the shape it must have; its size is asked first. */
export function jsonBody<T>(
  shape: z.ZodType<T>,
  refuse: Refuse = unreadable,
  maximum: SizeLimit = MAX_SENT,
): Reader<T> {
  return {
    shape,
    read: async (req) => {
      await addDataAndFileToRequest(req)
      refuseLarger(req.data, maximum)
      return parsed(shape, req.data ?? {}, refuse)
    },
  }
}

/** What stands behind the question mark, in the shape it must have; its size is asked first. */
export function address<T>(shape: z.ZodType<T>, refuse: Refuse): Reader<T> {
  return {
    shape,
    read: (req) => {
      const given = Object.fromEntries(req.searchParams ?? [])
      refuseLarger(given, MAX_ADDRESS)
      return parsed(shape, given, refuse)
    },
  }
}

function refuseLarger(sent: unknown, maximum: SizeLimit): void {
  if (isLarger(sent, maximum)) {
    throw httpRefusal('送られた内容が大きすぎます。文を短くしてから、もう一度送ってください。', 400)
  }
  if (holdsStackedMarks(sent)) throw httpRefusal(`送られた内容${STACKED_MARKS}`, 400)
}

/** A refusal that says one sentence whatever is wrong. *Pure.* */
export function saying(sentence: string): Refuse {
  return () => new ReviewRefusal('INCOMPLETE', sentence)
}

/** Admits whoever is logged in; others are answered 403 with a code. */
export const loggedIn: Guard = ({ req }) => {
  if (!req.user) throw new ReviewRefusal('NOT_ALLOWED', LOG_IN)
}

/** Admits whoever is logged in; others are answered 401, at addresses that are no document's. */
export const loggedInElse401: Guard = ({ req }) => {
  if (!req.user) throw httpRefusal(LOG_IN, 401)
}

/** Admits only some; the others are told the sentence. *Pure.* */
export function only(
  isAdmitted: (user: PayloadRequest['user'], id: string) => boolean,
  sentence: string,
): Guard {
  return ({ req, id }) => {
    if (!isAdmitted(req.user, id)) throw new ReviewRefusal('NOT_ALLOWED', sentence)
  }
}

/** A refusal without a code, for what has nothing to do with the review. *Pure.* */
export function httpRefusal(sentence: string, status: number): Error {
  return new APIError(sentence, status, undefined, true)
}

/** Names of the fields that something is wrong with, for a sentence. *Pure.* */
export function fieldsIn(issues: Issues): string {
  return issues.map(({ path }) => path.join('.')).join('、')
}

const LOG_IN = 'ログインしてください。'

function parsed<T>(shape: z.ZodType<T>, sent: unknown, refuse: Refuse): T {
  const result = shape.safeParse(sent)
  if (result.success) return result.data
  throw refuse(result.error.issues)
}

/** Names what cannot be read. *Pure.* */
export function unreadable(issues: Issues): Error {
  return new ReviewRefusal('INCOMPLETE', `送られた内容を読めません(${fieldsIn(issues)})。`)
}
