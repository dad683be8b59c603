import { z } from 'zod'

/** Screens of a registration, in their order. */
export const SCREENS = ['channel', 'date', 'about', 'confirm'] as const

/** One screen of a registration. */
export type Screen = (typeof SCREENS)[number]

const MAX_TYPED = 300
const text = z.string().max(MAX_TYPED).catch('').default('')
const token = z.string().max(2000).catch('').default('')

const shape = z.object({
  /** The screen that was sent. */
  screen: z.enum(SCREENS).catch('channel').default('channel'),
  /** `next`, or the screen to go back to. */
  go: text,
  channel: text,
  mail: text,
  anchor: text,
  year: text,
  month: text,
  day: text,
  relation: text,
  edition: text,
  area: text,
  consent: text,
  /** Source code of the leaflet (`?s=`). */
  s: text,
  /** Sealed LINE visitor (`?line=`). */
  line: token,
  /** Sealed child somebody shares (`?with=`). */
  with: token,
})

/** What was typed so far, exactly as typed; nothing in it is trusted. */
export type Draft = z.infer<typeof shape>

/** What an opened link knows: the leaflet, the area it hangs in, and what we sealed ourselves. */
const LINK_FIELDS = { s: true, area: true, line: true, with: true } as const

/**
 * Reads the query of a link. Anybody can write one: it answers nothing in the visitor's name, least
 * of all the consent. *Pure.*
 */
export function parseLink(query: unknown): Draft {
  return shape.parse(shape.pick(LINK_FIELDS).parse(query ?? {}))
}

/** Reads a posted form; unknown or oversized values become empty. *Pure.* */
export function parseDraft(values: unknown): Draft {
  return shape.parse(values ?? {})
}

/** Fields that a screen asks for; the others travel hidden. */
export const SCREEN_FIELDS: Record<Screen, readonly (keyof Draft)[]> = {
  channel: ['channel', 'mail'],
  date: ['anchor', 'year', 'month', 'day'],
  about: ['relation', 'edition', 'area'],
  confirm: ['consent'],
}
