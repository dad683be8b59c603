import { CONSENT_VERSION } from '../../readers/consentVersion'
import type { Registration } from '../../readers/store'

import { parseDraft } from '../draft'
import type { Typed } from '../formMemory'
import { channelsOf, completeDraft, type RegistrationContext } from '../registrationCheck'
import type { WebContext } from '../webContext'
import { standard } from '../words/standard'
import type { Desk } from './counterDoor'

/** How somebody at the counter has agreed, by what the form sends; the words are kept with them. */
const BASES = { spoken: '窓口(口頭)', paper: '窓口(書面)' } as const

/** Whether a form says how it was agreed. *Pure.* */
export function isBasis(text: string | undefined): text is keyof typeof BASES {
  return text !== undefined && Object.hasOwn(BASES, text)
}

/** Why the mail did not go out, as the form says it at the address. */
const UNSENT: Readonly<Record<string, string>> = {
  tooOften: '1 時間に登録できる回数をこえました。しばらくしてから、もう一度お試しください。',
  mail: 'このアドレスには送れませんでした。つづりを確かめてください。',
}

/** {@link UNSENT} by what an address says; undefined for anything else. *Pure.* */
export function unsentSaid(fault: unknown): string | undefined {
  const code = textOf(fault)
  return Object.hasOwn(UNSENT, code) ? UNSENT[code] : undefined
}

/** A field of a form or an address that is a text; empty otherwise. *Pure.* */
export function textOf(given: unknown): string {
  return typeof given === 'string' ? given.slice(0, 300) : ''
}

/** What a registration at this counter is checked against. *Pure.* */
export function contextOf({ municipality, today }: Desk): RegistrationContext {
  return { municipality, today, visitor: null, shared: null, words: standard }
}

/** Whether this town sends mail, for which alone somebody else can register. *Pure.* */
export function hasMail({ municipality }: Desk): boolean {
  return channelsOf(municipality).includes('mail')
}

/** The registration that a form without a mistake means. */
export function registrationOf(web: WebContext, desk: Desk, typed: Typed): Registration {
  const { children, ...completed } = completeDraft(parseDraft(typed), contextOf(desk))
  const [child = {}, ...twins] = children
  return {
    municipality: desk.municipality.code,
    ...completed,
    child,
    ...(twins.length > 0 && { count: children.length }),
    source: 'counter',
    consentedAt: web.now(),
    consentVersion: CONSENT_VERSION,
    ...(isBasis(typed.basis) && { consentBasis: BASES[typed.basis] }),
  }
}
