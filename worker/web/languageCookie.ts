import type { RequestHandler, Response } from 'express'

import { cookieOptions } from './browserCookie'
import type { WebOptions } from './webOptions'
import { standard, type Words } from './words/standard'
import { codeOf, isLanguage, wordsOf } from './words/words'

const COOKIE = 'kizuna-words'
const VALUE = new RegExp(`(?:^|;\\s*)${COOKIE}=(\\w{1,20})(?:;|$)`)
const KEPT_MS = 180 * 24 * 3600_000

interface LanguageLocals {
  words?: Words
  keepWords?: (words: Words) => void
}

/**
 * Remembers in the browser the language that pages were last read in, and nothing else: a link that
 * has ended, or a page that is nobody's, knows no reader whose edition would tell it.
 */
export function rememberLanguage({ publicUrl }: Pick<WebOptions, 'publicUrl'>): RequestHandler {
  return ({ headers }, response, next) => {
    const kept = wordsOf(VALUE.exec(headers.cookie ?? '')?.[1])
    const locals = response.locals as LanguageLocals
    locals.words = kept
    locals.keepWords = (words) => {
      if (words === kept) return
      response.cookie(COOKIE, codeOf(words), { ...cookieOptions(publicUrl), maxAge: KEPT_MS })
    }
    next()
  }
}

/** The words of the language that this browser last read pages in. */
export function wordsAt({ locals }: Pick<Response, 'locals'>): Words {
  return (locals as LanguageLocals).words ?? standard
}

/**
 * The words of the first code that names a language (values of an address may be anything), or of
 * what this browser last read.
 */
export function wordsFor(response: Pick<Response, 'locals'>, ...codes: readonly unknown[]): Words {
  const code = codes.find((one) => typeof one === 'string' && isLanguage(one))
  return typeof code === 'string' ? wordsOf(code) : wordsAt(response)
}

/** A page is shown in a language: what follows speaks it too. */
export function keepWords({ locals }: Pick<Response, 'locals'>, words: Words): void {
  ;(locals as LanguageLocals).keepWords?.(words)
}

/** Nothing is kept in the browser of whoever reads what follows: it is to know nobody. */
export const keepNoWords: RequestHandler = (_, { locals }, next) => {
  delete (locals as LanguageLocals).keepWords
  next()
}
