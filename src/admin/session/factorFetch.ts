import type { ShownOffer } from '../../people/secondFactor/refusal'
import {
  CODE_HEADER,
  OFFER_HEADER,
  typedCode,
  type FactorCode,
} from '../../people/secondFactor/words'

/** What a log-in with the right password still lacks. */
export interface Lacking {
  code: FactorCode
  sentence: string
  /** What is to be set up; null where a code is asked for. */
  setUp: ShownOffer | null
}

interface FactorOptions {
  /** What sends it, the browser's own in the end. */
  send: typeof fetch
  /** Address of the log-in. */
  logIn: string
  /** Asks for the code; null when they give up. */
  askCode: (lacking: Lacking) => Promise<string | null>
  /** Shows new recovery codes until they are written down. */
  showCodes: (codes: readonly string[]) => Promise<void>
  /** Called when nothing is asked any more. */
  over: () => void
}

/**
 * A `fetch` that asks for the second factor when a log-in lacks it, and sends the same again with it:
 * whoever logs in, by whatever form, gets one answer, when everything is right or they gave up.
 */
export function factorFetch(options: FactorOptions): typeof fetch {
  const { send, logIn, over } = options
  return async (input, init) => {
    const answer = await send(input, init)
    if (!isLogIn(input, init, logIn)) return answer
    try {
      return await completed(answer, options, (headers) =>
        send(input, { ...init, headers: headersWith(init, headers) }),
      )
    } finally {
      over()
    }
  }
}

type Sent = Record<string, string>

async function completed(
  first: Response,
  { askCode, showCodes }: FactorOptions,
  sendWith: (headers: Sent) => Promise<Response>,
): Promise<Response> {
  let answer = first
  let setUp: ShownOffer | null = null
  for (;;) {
    const lacking = await lackingIn(answer, setUp)
    if (lacking === null) break
    setUp = lacking.setUp
    const code = await askCode(lacking)
    if (code === null) return answer
    answer = await sendWith({
      [CODE_HEADER]: typedCode(code) || '-', // a header takes Latin letters alone, and is not empty
      ...(setUp && { [OFFER_HEADER]: setUp.offer }),
    })
  }
  const codes = await newCodesIn(answer)
  if (codes !== null) await showCodes(codes)
  return answer
}

function isLogIn(input: RequestInfo | URL, init: RequestInit | undefined, logIn: string): boolean {
  if (input instanceof Request) return false
  const { origin, pathname } = new URL(String(input), logIn)
  return (init?.method ?? 'GET').toUpperCase() === 'POST' && `${origin}${pathname}` === logIn
}

function headersWith(init: RequestInit | undefined, more: Sent): Headers {
  const headers = new Headers(init?.headers)
  for (const [name, value] of Object.entries(more)) headers.set(name, value)
  return headers
}

async function lackingIn(answer: Response, before: ShownOffer | null): Promise<Lacking | null> {
  if (answer.status !== 401) return null
  const [error] = ((await bodyOf(answer)) as Refusal | null)?.errors ?? []
  const { code, setUp } = error?.data ?? {}
  if (!code?.startsWith('SECOND_FACTOR_')) return null
  return { code: code as FactorCode, sentence: error?.message ?? '', setUp: setUp ?? before }
}

interface Refusal {
  errors?: { message?: string; data?: { code?: string; setUp?: ShownOffer } }[]
}

async function newCodesIn(answer: Response): Promise<readonly string[] | null> {
  if (!answer.ok) return null
  const body = (await bodyOf(answer)) as { kizunaRecoveryCodes?: string[] } | null
  return body?.kizunaRecoveryCodes ?? null
}

function bodyOf(answer: Response): Promise<unknown> {
  return answer
    .clone()
    .json()
    .catch(() => null)
}
