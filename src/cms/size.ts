/** How much of something is too much. */
export interface SizeLimit {
  /** Most UTF-16 units; an entry of a list or object counts as some by itself. */
  units: number
  /** Most levels of lists and objects within each other. */
  depth: number
}

/** What an entry costs besides its words: without it, endless empty lists would be small. */
const ENTRY = 4

/**
 * Whether a value is larger or deeper than allowed; it is looked at up to the limit and no further,
 * without recursion, so that asking costs no more than the limit. *Pure.*
 */
export function isLarger(value: unknown, { units, depth }: SizeLimit): boolean {
  let left = units
  const open: { value: unknown; level: number }[] = [{ value, level: 0 }]
  for (let next = open.pop(); next; next = open.pop()) {
    left -= typeof next.value === 'string' ? next.value.length + ENTRY : ENTRY
    if (left < 0) return true
    if (typeof next.value !== 'object' || next.value === null) continue
    if (next.level === depth) return true
    const level = next.level + 1
    // Places of a list are no names: asking for those of a million costs more than the limit does.
    if (Array.isArray(next.value) || ArrayBuffer.isView(next.value)) {
      left -= Array.isArray(next.value) ? next.value.length : next.value.byteLength
      if (left < 0) return true
      if (Array.isArray(next.value)) {
        for (const entry of next.value) open.push({ value: entry, level })
      }
      continue
    }
    for (const key in next.value) {
      left -= key.length
      if (left < 0) return true
      open.push({ value: (next.value as Record<string, unknown>)[key], level })
    }
  }
  return false
}

/** How deep a JSON text may nest, and how many commas and colons it may have. */
export interface JsonLimit {
  depth: number
  entries: number
}

/**
 * Whether a JSON text nests deeper or has more entries than allowed; it is read once, before anything
 * parses it. *Pure.*
 */
export function isLargerJson(text: string, { depth, entries }: JsonLimit): boolean {
  let level = 0
  let left = entries
  let isInText = false
  for (let index = 0; index < text.length; index += 1) {
    const sign = text[index]
    if (isInText) {
      if (sign === '\\') index += 1
      else if (sign === '"') isInText = false
    } else if (sign === '"') isInText = true
    else if (sign === '{' || sign === '[') {
      level += 1
      if (level > depth) return true
    } else if (sign === '}' || sign === ']') level -= 1
    else if (sign === ',' || sign === ':') {
      left -= 1
      if (left < 0) return true
    }
  }
  return false
}
