import type { Mentionable } from '../../../review/comments/mentions'

/** A name that somebody has begun to type behind 「@」. */
export interface BegunCall {
  /** Where the sign stands. */
  from: number
  /** Where the caret is. */
  to: number
  /** What is typed behind the sign. */
  begun: string
}

/** The sign of a keyboard, and that of a Japanese one. */
const CALL = /[@\uFF20]([^\s@\uFF20]{0,40})$/u

/** The name that is being typed at the caret, or null. *Pure.* */
export function callAt(text: string, caret: number): BegunCall | null {
  const found = CALL.exec(text.slice(0, caret))
  return found ? { from: found.index, to: caret, begun: found[1] ?? '' } : null
}

/** The text with a chosen name where it was begun, and where the caret goes. *Pure.* */
export function withName(
  text: string,
  { from, to }: BegunCall,
  name: string,
): { text: string; caret: number } {
  const before = `${text.slice(0, from)}@${name} `
  return { text: before + text.slice(to), caret: before.length }
}

/** People who are called, as they are kept beside the words; empty where nobody is. *Pure.* */
export function keepCalls(people: readonly Mentionable[]): string {
  return people.length === 0 ? '' : JSON.stringify(people.map(({ id, name }) => ({ id, name })))
}

/** The people of {@link keepCalls}; nobody for anything else. *Pure.* */
export function keptCalls(kept: string): Mentionable[] {
  try {
    const people: unknown = JSON.parse(kept)
    return Array.isArray(people) ? people.filter(isMentionable) : []
  } catch {
    return []
  }
}

function isMentionable(found: unknown): found is Mentionable {
  const { id, name } = (found ?? {}) as Partial<Record<keyof Mentionable, unknown>>
  return typeof id === 'string' && typeof name === 'string'
}
