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
