import type { FieldChange } from './changes'

/** Signs of one value in a line, and of all lines of a note. */
const MAX_VALUE = 60
const MAX_NOTE = 1000

/**
 * Changes in one line, for a record that is read years later: 「本文: 10 → 5、話題: 予防接種 → くらし」. Of
 * a long text only what came and went; what is too much for a line is cut. *Pure.*
 */
export function changesInWords(changes: readonly FieldChange[]): string {
  return joined(changes.map(lineOf))
}

/** Lines one after the other, as many as a note holds; how many are left out is said. *Pure.* */
export function joined(lines: readonly string[]): string {
  let note = ''
  for (const [index, line] of lines.entries()) {
    const longer = note ? `${note}、${line}` : line
    if (longer.length > MAX_NOTE) return `${note}、ほか ${lines.length - index} か所`
    note = longer
  }
  return note
}

/** A value that fits in a line: one line of it, cut after some signs. *Pure.* */
export function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  const signs = [...line]
  return signs.length > MAX_VALUE ? `${signs.slice(0, MAX_VALUE).join('')}…` : line
}

function lineOf({ kind, label, parts }: FieldChange): string {
  const textOf = (side: 'added' | 'removed') => {
    const pieces = parts.filter((part) => part.kind === side).map(({ text }) => text.trim())
    return shortened(pieces.filter(Boolean).join('…'))
  }
  if (kind === 'added') return `${label}を足した: ${textOf('added')}`
  if (kind === 'removed') return `${label}を消した: ${textOf('removed')}`
  return `${label}: ${textOf('removed') || 'なし'} → ${textOf('added') || 'なし'}`
}
