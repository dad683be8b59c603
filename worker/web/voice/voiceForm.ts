import type { FieldErrors } from '../field'
import { newKey } from '../browserCookie'
import { JOINER } from '../wholeWords'
import type { Words } from '../words/standard'

/** Most letters of a comment. */
export const MAX_COMMENT = 400

/** What a text can be said to be. */
export const VERDICTS = ['helpful', 'notHelpful'] as const

/** One of them. */
export type Verdict = (typeof VERDICTS)[number]

/** What was typed on the page 「この文章はどうでしたか」. */
export interface TypedVoice {
  verdict: Verdict | null
  comment: string
  /** The words may be shown to others, without saying whose they are. */
  mayQuote: boolean
  /** Of this page alone: a second press brings the same voice. */
  once: string
  /** The button that was pressed. */
  go: string
}

const ONCE = /^[\w-]{22}$/

/** What a form has brought, or what an empty page begins with. *Pure* but for a new key. */
export function parseVoice(body: unknown): TypedVoice {
  const typed = (body ?? {}) as Record<string, unknown>
  const text = (name: string) => (typeof typed[name] === 'string' ? typed[name] : '')
  const comment = text('comment').replace(/\r\n?/g, '\n').replaceAll(JOINER, '').trim()
  return {
    verdict: VERDICTS.find((one) => one === typed.verdict) ?? null,
    comment,
    mayQuote: typed.mayQuote === 'yes',
    once: ONCE.test(text('once')) ? text('once') : newKey(),
    go: text('go'),
  }
}

/** What is to be corrected, by field. *Pure.* */
export function checkVoice({ verdict, comment }: TypedVoice, { voice }: Words): FieldErrors {
  const length = [...comment].length
  if (length > MAX_COMMENT) return { comment: voice.tooLong(length, MAX_COMMENT) }
  return verdict === null && comment === '' ? { verdict: voice.empty } : {}
}
