import type { AddOnBlock, AddOnContent, ManuscriptContent } from '../../release/content'

/** A stored document, its relations as ids or documents. */
export type StoredDocument = Readonly<Record<string, unknown>>

/** Freezes what readers see of a manuscript; `series` is the series' code. *Pure.* */
export function freezeManuscript(document: StoredDocument, series: string): ManuscriptContent {
  return {
    type: 'manuscript',
    series,
    slot: text(document.slot),
    edition: text(document.edition),
    kind: oneOf(document.kind, ['stage', 'milestone', 'question']),
    body: text(document.body),
    subject: text(document.subject),
    ageBasis: oneOf(document.ageBasis, ['calendar', 'corrected']),
    monthRule: oneOf(document.monthRule, ['friendly', 'legal']),
  }
}

/** Freezes what readers see of an add-on; `municipality` is its six-digit code. *Pure.* */
export function freezeAddOn(document: StoredDocument, municipality: string): AddOnContent {
  return {
    type: 'addOn',
    municipality,
    title: text(document.title),
    from: text(document.from),
    to: text(document.to),
    isEndIncluded: document.isEndIncluded !== false,
    timing: oneOf(document.timing, ['once', 'every']),
    validFrom: day(document.validFrom),
    validTo: day(document.validTo),
    areas: texts(document.areas),
    editions: texts(document.editions),
    monthRule: oneOf(document.monthRule, ['friendly', 'legal']),
    order: typeof document.order === 'number' ? document.order : 0,
    blocks: rows(document.blocks)
      .map(block)
      .filter((frozen) => frozen !== null),
  }
}

function block(row: StoredDocument): AddOnBlock | null {
  switch (row.blockType) {
    case 'text':
      return { blockType: 'text', text: text(row.text) }
    case 'link':
      return { blockType: 'link', label: text(row.label), url: text(row.url) }
    case 'book':
      return {
        blockType: 'book',
        title: text(row.title),
        author: text(row.author),
        publisher: text(row.publisher),
        description: text(row.description),
        imageUrl: address(row.imageUrl),
        url: address(row.url),
      }
    case 'group':
      return {
        blockType: 'group',
        name: text(row.name),
        description: text(row.description),
        place: text(row.place),
        schedule: text(row.schedule),
        contact: text(row.contact),
        url: address(row.url),
      }
    default:
      return null
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function address(value: unknown): string | null {
  return text(value) || null
}

/** Days are stored as `YYYY-MM-DD`; an instant a date picker stored keeps its calendar part. */
function day(value: unknown): string | null {
  return text(value).slice(0, 10) || null
}

/** A list of texts, of `{ name }` rows, or nothing. */
function texts(value: unknown): string[] {
  if (!Array.isArray(value)) return []
  return value.map((entry: unknown) =>
    typeof entry === 'object' && entry !== null && 'name' in entry ? text(entry.name) : text(entry),
  )
}

function rows(value: unknown): StoredDocument[] {
  return Array.isArray(value) ? (value as StoredDocument[]) : []
}

function oneOf<T extends string>(value: unknown, choices: readonly [T, ...T[]]): T {
  return choices.find((choice) => choice === value) ?? choices[0]
}
