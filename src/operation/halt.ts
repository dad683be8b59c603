import { z } from 'zod'

/** What a person may stop: everything, a municipality by its code, a LINE account by its id, all mail. */
export const scopeShape = z
  .string()
  .max(200)
  .regex(/^(?:all|mail|town:\d{6}|line:[^\s:]+)$/)

/** The scope of everything. */
export const EVERYTHING = 'all'

/** The scope of all mail. */
export const ALL_MAIL = 'mail'

/** The scope of a municipality. *Pure.* */
export function townScope(code: string): string {
  return `town:${code}`
}

/** The scope of a LINE account. *Pure.* */
export function lineScope(account: string): string {
  return `line:${account}`
}

/** A scope as it is typed into a command: a municipality is its code alone. *Pure.* */
export function typedScope(scope: string): string {
  return scope.replace(/^town:/, '')
}

/** What is about to be sent. */
export interface Outgoing {
  /** Code of the municipality. */
  town: string
  channel: 'line' | 'mail'
  /** Id of the LINE account; a mail's sender stops nothing. */
  account: string
}

/** The scopes of which one is enough to stop it. *Pure.* */
export function scopesOf({ town, channel, account }: Outgoing): string[] {
  return [EVERYTHING, townScope(town), channel === 'mail' ? ALL_MAIL : lineScope(account)]
}

/** Names by which people know what may be stopped. */
export interface ScopeNames {
  towns: readonly { code: string; name: string }[]
  lines: readonly { id: string; name: string }[]
}

/** A scope as people call it: すべての配信、自治体、LINE アカウント、すべてのメール. *Pure.* */
export function scopeWords(scope: string, { towns, lines }: ScopeNames): string {
  if (scope === EVERYTHING) return 'すべての配信'
  if (scope === ALL_MAIL) return 'すべてのメール'
  const [kind, name = ''] = scope.split(':')
  if (kind === 'town') return `${towns.find(({ code }) => code === name)?.name ?? name}の配信`
  return `LINE アカウント「${lines.find(({ id }) => id === name)?.name ?? name}」`
}
