import { z } from 'zod'

import type { FaultScript, LineTrouble, MailTrouble } from './fault'
import type { SandboxLine } from './line'
import type { ApiAnswer, ApiRequest } from './apiAnswer'
import type { SmtpSink } from './smtpSink'

/** What other processes may ask of a sandbox. */
export interface ControlOptions {
  line: SandboxLine
  mail: SmtpSink
  faults: { line: FaultScript<LineTrouble>; mail: FaultScript<MailTrouble> }
}

const channelSchema = z.object({
  channelId: z.string().min(1),
  channelSecret: z.string().min(1),
  provider: z.string().min(1),
  basicId: z.string().default(''),
  name: z.string().default(''),
  webhookUrl: z.url().nullable().default(null),
  monthlyLimit: z.number().int().nullable().default(null),
  loginChannel: z
    .object({
      channelId: z.string().min(1),
      channelSecret: z.string().min(1),
      callbackUrls: z.array(z.url()),
    })
    .nullable()
    .default(null),
})

const rule = z.object({
  at: z.string().optional(),
  match: z.string().optional(),
  after: z.number().int().optional(),
  times: z.number().int().nullable().optional(),
  every: z.number().int().positive().optional(),
})

const slow = z.object({ kind: z.literal('slow'), ms: z.number().int().positive() })

const lineTrouble = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('answer'),
    status: z.number().int(),
    body: z.unknown().optional(),
    headers: z.record(z.string(), z.string()).optional(),
  }),
  z.object({ kind: z.literal('acceptThenAnswer'), status: z.number().int() }),
  z.object({ kind: z.literal('acceptThenCut') }),
  z.object({ kind: z.literal('cut') }),
  z.object({ kind: z.literal('hang'), isTaken: z.boolean() }),
  slow,
  z.object({ kind: z.literal('acceptThenLose') }),
])

const mailTrouble = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('answer'),
    stage: z.enum(['mail', 'rcpt', 'data']),
    code: z.number().int(),
    message: z.string(),
  }),
  z.object({ kind: z.literal('acceptThenCut') }),
  z.object({ kind: z.literal('cutAfterBody') }),
  z.object({ kind: z.literal('cutBeforeBody') }),
  z.object({ kind: z.literal('cutInBody') }),
  z.object({ kind: z.literal('cutAtConnect') }),
  z.object({ kind: z.literal('mute') }),
  z.object({ kind: z.literal('cutAtMail') }),
  z.object({ kind: z.literal('hang'), isTaken: z.boolean() }),
  slow,
])

const faultsSchema = z.object({
  line: z.array(rule.extend({ trouble: lineTrouble })).default([]),
  mail: z.array(rule.extend({ trouble: mailTrouble })).default([]),
})

/**
 * `POST /sandbox/channels` registers a LINE account, `POST|DELETE /sandbox/faults` scripts faults,
 * `GET /sandbox/log` answers with what was taken, for tests and programs of this machine.
 */
export function createControl(options: ControlOptions): (request: ApiRequest) => ApiAnswer | null {
  return (request) => {
    const { pathname } = request.url
    if (!pathname.startsWith('/sandbox/')) return null
    if (isCrossSite(request)) return { status: 403, body: { message: 'Not from another site' } }
    switch (`${request.method} ${pathname}`) {
      case 'POST /sandbox/channels':
        return withBody(request, channelSchema, (channel) => options.line.addChannel(channel))
      case 'POST /sandbox/faults':
        return withBody(request, faultsSchema, ({ line, mail }) => {
          options.faults.line.add(...line)
          options.faults.mail.add(...mail)
        })
      case 'DELETE /sandbox/faults':
        options.faults.line.clear()
        options.faults.mail.clear()
        return { status: 200 }
      case 'GET /sandbox/log':
        return { status: 200, body: logOf(options) }
      case 'GET /sandbox/counts':
        return { status: 200, body: countsOf(options) }
      default:
        return { status: 404, body: { message: 'Not found' } }
    }
  }
}

/** Whether a browser says that another site's page made the request. *Pure.* */
export function isCrossSite({ headers }: Pick<ApiRequest, 'headers'>): boolean {
  const site = headers['sec-fetch-site']
  return site !== undefined && site !== 'same-origin' && site !== 'none'
}

function logOf({ line, mail }: ControlOptions) {
  return {
    line: line.accepted(),
    mail: mail.accepted,
    misusedKeys: line.state.misusedKeys,
    rateRefused: line.rate.refused,
  }
}

function countsOf({ line, mail }: ControlOptions) {
  return {
    line: line.accepted().length,
    mail: mail.accepted.length,
    rateRefused: line.rate.refused,
  }
}

function withBody<T>(request: ApiRequest, schema: z.ZodType<T>, use: (body: T) => void): ApiAnswer {
  try {
    use(schema.parse(JSON.parse(request.body.toString())))
    return { status: 200 }
  } catch (error) {
    const message = error instanceof z.ZodError ? z.prettifyError(error) : String(error)
    return { status: 400, body: { message } }
  }
}
