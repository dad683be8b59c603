/** What canonical JSON is made of. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** Text as it is hashed and sent: Unicode NFC, line feeds only. *Pure.* */
export function normaliseText(text: string): string {
  return text.replace(/\r\n?/g, '\n').normalize('NFC')
}

/**
 * JSON with sorted keys and normalised texts, so that equal content gives equal bytes whatever
 * wrote it. *Pure.*
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'string') return JSON.stringify(normaliseText(value))
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const fields = Object.keys(value)
    .sort()
    .map((key) => `${canonicalJson(key)}:${canonicalJson(value[key] ?? null)}`)
  return `{${fields.join(',')}}`
}
