import { ASKED_BY } from '../../people/askedBy'
import { UNREACHABLE } from '../api/sentencesOf'
import { trashAnswer } from './trashAnswer'

/** Why something was not done: nobody is logged in any more, or somebody else. */
export type Lost = { code: 'SIGNED_OUT' | 'OTHER_PERSON'; sentence: string }

interface GuardOptions {
  /** The browser's own. */
  send: typeof fetch
  /** Address of the CMS's REST, from its host on: `https://cms.example.jp/api`. */
  api: string
  /** Id of who has the page open; null before somebody logs in. */
  opener: () => string | null
  /** Asks them to log in again; true when they have. */
  askAgain: (lost: Lost) => Promise<boolean>
}

/** What logs in and out, and tells who one is. */
const OF_LOG_IN =
  /\/(login|logout|refresh-token|me|access|forgot-password|reset-password|unlock)(\?|$)/

/**
 * A `fetch` that names, in what writes, who has the page open. When it comes back that they are not
 * logged in any more, or that somebody else is, they are asked to log in again, and the same is sent
 * once more: what was typed is neither lost nor saved under another name. Where no answer comes it
 * throws a sentence, which Payload's form shows as it is.
 */
export function guardedFetch({ send, api, opener, askAgain }: GuardOptions): typeof fetch {
  return async (input, init) => {
    const person = opener()
    const address = typeof input === 'string' ? input : input instanceof URL ? input.href : null
    if (person === null || address === null || !isWrite(address, init, api)) {
      return send(input, init)
    }
    const headers = new Headers(init?.headers)
    headers.set(ASKED_BY, person)
    for (;;) {
      const answer = await send(input, { ...init, headers }).catch(sayUnreachable)
      const lost = await lostIn(answer)
      if (lost === null || !(await askAgain(lost))) return trashAnswer(answer, init)
    }
  }
}

/** What a browser throws is English; what was given up on purpose stays what it is. */
function sayUnreachable(error: unknown): never {
  if (!(error instanceof TypeError)) throw error
  const kept = '書いたものは、この画面に残っています。'
  throw new TypeError(`${UNREACHABLE}${kept}`, { cause: error })
}

function isWrite(address: string, init: RequestInit | undefined, api: string): boolean {
  const url = new URL(address, api)
  const method = (init?.method ?? 'GET').toUpperCase()
  return (
    method !== 'GET' &&
    method !== 'HEAD' &&
    url.href.startsWith(`${api}/`) &&
    !OF_LOG_IN.test(url.pathname)
  )
}

async function lostIn(answer: Response): Promise<Lost | null> {
  if (answer.status !== 401 && answer.status !== 409) return null
  const body = (await answer
    .clone()
    .json()
    .catch(() => null)) as {
    errors?: { message?: string; data?: { code?: string } }[]
  } | null
  const [error] = body?.errors ?? []
  const code = error?.data?.code
  if (code !== 'SIGNED_OUT' && code !== 'OTHER_PERSON') return null
  return { code, sentence: error?.message ?? '' }
}
