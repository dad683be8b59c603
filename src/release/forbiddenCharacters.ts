import { graphemes } from './graphemes'

/** Why a character must not go out. */
export type ForbiddenKind = 'gaiji' | 'unassigned' | 'lost' | 'invisible'

/** A character that must not go out, and where it stands first. */
export interface ForbiddenCharacter {
  kind: ForbiddenKind
  /** Such as `U+E000`. */
  name: string
  /** From 1. */
  line: number
  /** From 1, in the signs a person sees on the line. */
  column: number
  /** What stands before it on its line, as far as it helps to find it. */
  before: string
}

/** How many are named; whoever mends these finds the others by saving again. */
const MAX_NAMED = 5

/** How much of the line before is said. */
const MAX_BEFORE = 8

// Private use, unassigned, lone surrogates and the mark for a lost character; control characters,
// the marks that turn the reading direction, and those of interlinear notes.
const forbidden =
  /(?<gaiji>\p{Co})|(?<unassigned>\p{Cn})|(?<lost>[\p{Cs}\ufffd])|(?<invisible>(?![\t\n])\p{Cc}|[\u202a-\u202e\u2066-\u2069\ufff9-\ufffc])/gu

/** The characters of a text that must not go out, each once, with their places. *Pure.* */
export function forbiddenCharacters(text: string): ForbiddenCharacter[] {
  const lines = text.replace(/\r\n?|[\u2028\u2029]/g, '\n')
  const found = new Map<string, ForbiddenCharacter>()
  for (const match of lines.matchAll(forbidden)) {
    if (found.size === MAX_NAMED) break
    const [character] = match
    if (!found.has(character)) found.set(character, placed(lines, match))
  }
  return [...found.values()]
}

function placed(text: string, { 0: character, index, groups = {} }: RegExpExecArray) {
  const before = [...graphemes(text.slice(text.lastIndexOf('\n', index) + 1, index))]
  return {
    kind: kindOf(groups),
    name: codeName(character),
    line: text.slice(0, index).split('\n').length,
    column: before.length + 1,
    before: before.slice(-MAX_BEFORE).join('').replace(forbidden, '').trim(),
  }
}

const KINDS: readonly ForbiddenKind[] = ['gaiji', 'unassigned', 'lost', 'invisible']

function kindOf(groups: Readonly<Record<string, string | undefined>>): ForbiddenKind {
  return KINDS.find((kind) => groups[kind] !== undefined) ?? 'invisible'
}

/** A character as it is told to people who cannot see it, such as `U+200B`. *Pure.* */
export function codeName(character: string): string {
  const code = character.codePointAt(0) ?? 0
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}
