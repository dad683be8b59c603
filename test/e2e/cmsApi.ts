import { inTurn } from './fixture'
import type { Addresses } from './launcher'
import { PATIENCE } from '../patience.mjs'

/** The CMS's REST API as one person. */
export interface CmsApi {
  get: (path: string) => Promise<Answer>
  send: (method: 'POST' | 'PATCH', path: string, body?: object) => Promise<Answer>
  /** Saves a draft over the version that is newest now. */
  save: (path: string, body: object) => Promise<Answer>
  /** Approves the content and submission that the review shows now. */
  approve: (path: string) => Promise<Answer>
  /** Publishes them. */
  publish: (path: string) => Promise<Answer>
}

/** What the API answered. */
export interface Answer {
  status: number
  body: { docs?: Document[]; errors?: { message: string }[]; token?: string } & Document
}

interface Document {
  [field: string]: unknown
}

/** Logs in over REST. */
export async function openCmsApi({ admin, password }: Addresses, login: string) {
  const api = new URL('/api', admin).href
  const call = createCall(api, {})
  const email = `${login}@kizuna.example`
  const { status, body } = await inTurn(() => call('POST', '/users/login', { email, password }))
  if (!body.token) throw new Error(`${email} could not log in: ${status}`)
  const send = createCall(api, { authorization: `JWT ${body.token}` })
  const save = async (path: string, data: object) => {
    const draft = `${path}?draft=true`
    const { updatedAt } = (await send('GET', draft)).body
    return send('PATCH', draft, { ...data, updatedAt })
  }
  const asSeen = (step: string) => async (path: string) => {
    const { contentHash, submission } = (await send('GET', `${path}/review`)).body
    return send('POST', `${path}/${step}`, { contentHash, submission })
  }
  return {
    get: (path: string) => send('GET', path),
    send,
    save,
    approve: asSeen('approve'),
    publish: asSeen('publish'),
  } satisfies CmsApi
}

/** An answer that never comes names its request, and does not end as a scene without a word. */
const ANSWER_MS = 60_000 * PATIENCE

function createCall(api: string, headers: Record<string, string>) {
  return async (method: string, path: string, body?: object): Promise<Answer> => {
    const response = await fetch(api + path, {
      method,
      headers: { ...headers, 'content-type': 'application/json', 'accept-language': 'ja' },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(ANSWER_MS),
    })
    return { status: response.status, body: (await response.json()) as Answer['body'] }
  }
}
