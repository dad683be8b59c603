import { z } from 'zod'

/** Screens of a registration, in their order: one question each, and the answers to check. */
export const SCREENS = [
  'channel',
  'date',
  'count',
  'relation',
  'edition',
  'area',
  'confirm',
] as const

/** One screen of a registration. */
export type Screen = (typeof SCREENS)[number]

const MAX_TYPED = 300
const text = z.string().max(MAX_TYPED).catch('').default('')
const token = z.string().max(2000).catch('').default('')

const shape = z.object({
  /** The screen that was sent. */
  screen: z.enum(SCREENS).catch('channel').default('channel'),
  /** `next`, the screen to go back to, or `words:` and a language to read it in. */
  go: text,
  /** Where a correction leads to: back to the answers. */
  to: text,
  /** The language that was chosen for the pages; empty before. */
  lang: text,
  channel: text,
  mail: text,
  anchor: text,
  year: text,
  month: text,
  day: text,
  era: text,
  weeks: text,
  days: text,
  /** How many children this date is of; empty is one. */
  count: text,
  relation: text,
  edition: text,
  area: text,
  consent: text,
  /** How somebody came to hear of the texts, where no leaflet says it: an occasion. */
  foundBy: text,
  /** Source code of the leaflet (`?s=`). */
  s: text,
  /** Sealed LINE visitor (`?line=`). */
  line: token,
  /** Sealed child somebody shares (`?with=`). */
  with: token,
  /** Key of the last screen's button: a double press sends it twice. */
  once: text,
})

/** What was typed so far, exactly as typed; nothing in it is trusted. */
export type Draft = z.infer<typeof shape>

/** What an opened link knows: the leaflet, where it hangs, its language, and what we sealed ourselves. */
const LINK_FIELDS = { s: true, area: true, lang: true, line: true, with: true } as const

/**
 * Reads the query of a link. Anybody can write one: it answers nothing in the visitor's name, least
 * of all the consent. *Pure.*
 */
export function parseLink(query: unknown): Draft {
  return shape.parse(shape.pick(LINK_FIELDS).parse(query ?? {}))
}

/** The part of a draft that its link began with, as a query; empty without. *Pure.* */
export function linkQuery(draft: Draft): string {
  const given = Object.keys(LINK_FIELDS)
    .map((name) => [name, draft[name as keyof typeof LINK_FIELDS]] as const)
    .filter(([, value]) => value !== '')
  return given.length > 0
    ? `?${new URLSearchParams(given.map(([...pair]) => pair)).toString()}`
    : ''
}

/** Reads a posted form; unknown or oversized values become empty. *Pure.* */
export function parseDraft(values: unknown): Draft {
  return shape.parse(values ?? {})
}

/** Fields that a screen asks for; the others travel hidden. */
export const SCREEN_FIELDS: Record<Screen, readonly (keyof Draft)[]> = {
  channel: ['channel', 'mail'],
  date: ['anchor', 'year', 'month', 'day', 'era', 'weeks', 'days'],
  count: ['count'],
  relation: ['relation'],
  edition: ['edition'],
  area: ['area'],
  confirm: ['foundBy', 'consent', 'once'],
}

/** What is kept of a registration between two screens. */
export interface KeptDraft {
  draft: Draft
  /** The screen that was sent with a mistake, which it shows; or null. */
  faulty: Screen | null
  /** Why the confirmation's mail could not be sent, or null. */
  mailFault: 'address' | 'later' | null
  /** Key of the button that has been pressed already; empty before. */
  pressed: string
}

const keptShape = z.object({
  faulty: z.enum(SCREENS).nullable().catch(null),
  mailFault: z.enum(['address', 'later']).nullable().catch(null),
  pressed: text,
})

/** What {@link draftToKeep} kept. *Pure.* */
export function keptDraft(typed: Record<string, string>): KeptDraft {
  return { draft: parseDraft(typed), ...keptShape.parse(typed) }
}

/** A draft as it is kept. *Pure.* */
export function draftToKeep({
  draft,
  faulty,
  mailFault,
  pressed,
}: KeptDraft): Record<string, string> {
  return { ...draft, to: '', faulty: faulty ?? '', mailFault: mailFault ?? '', pressed }
}
