import {
  BLOCK_TYPES,
  blockOf,
  mayBeAbsent,
  typeOfBlock,
  type BlockTypes,
} from '../release/blocks/blockTypes'
import { withoutContacts } from '../release/contactsInText'
import type { AddOnBlock, AddOnContent } from '../release/content'
import type { Theme } from '../release/themes'
import { COMMON_VARIABLES, variablesIn } from '../release/variables'

/** What of an add-on another municipality may see and copy: no contact, place or date of its owner. */
export interface Example {
  title: string
  from: string
  to: string
  isEndIncluded: boolean
  timing: AddOnContent['timing']
  monthRule: 'friendly' | 'legal'
  theme: Theme
  editions: string[]
  blocks: AddOnBlock[]
  /** What was left out or replaced, in sentences for who copies it. */
  changes: string[]
}

/** What an example is made with. */
export interface Copying {
  /** Whether this CMS shows the picture to everybody. */
  isPublicPicture: (url: string) => boolean
  types: BlockTypes
}

/**
 * The part of a frozen add-on that is an example for others. Telephone numbers, mail addresses and
 * the owner's own words become `{{電話}}` and `{{担当課}}`, links and places of the owner go, and a
 * picture stays only where it is public in this CMS. *Pure.*
 */
export function exampleOf(content: AddOnContent, options: Partial<Copying> = {}): Example {
  const { isPublicPicture = () => false, types = BLOCK_TYPES } = options
  const { title, from, to, isEndIncluded, timing, monthRule, editions, blocks } = content
  const { theme = 'always' } = content
  const written = JSON.stringify([title, blocks])
  const own = variablesIn(written).filter((name) => !COMMON_VARIABLES.includes(name))
  const replaced = own.map((name) => `{{${name}}} は {{${commonFor(name)}}} に置き換えました。`)
  const kept = blocks.map((block) => exampleBlock(block, { isPublicPicture, types }))
  return {
    from,
    to,
    isEndIncluded,
    timing,
    monthRule,
    theme,
    editions,
    title: withoutContact(title),
    blocks: kept.filter((block) => block !== null),
    changes: [...replaced, ...leftOut(blocks, types)],
  }
}

function exampleBlock(block: AddOnBlock, { isPublicPicture, types }: Copying): AddOnBlock | null {
  const type = typeOfBlock(block, types)
  if (!type) return null
  const shared = blockOf(type, (name, field) => {
    const { kind } = field
    const value = block[name] ?? null
    if (mayBeAbsent(field)) return undefined // a chosen picture is its owner's
    if (kind === 'line' || kind === 'lines') return withoutContact(value ?? '')
    return kind === 'picture' && value !== null && isPublicPicture(value) ? value : null
  })
  return type.example.kept ? type.example.kept(shared) : shared
}

function withoutContact(text: string): string {
  const words = { mail: '{{担当課}}', address: '{{URL}}', phone: '{{電話}}' }
  return withoutContacts(text, words).replace(
    /\{\{([^{}]*)\}\}/g,
    (whole: string, name: string) => {
      const clean = name.normalize('NFC').trim()
      return COMMON_VARIABLES.includes(clean) ? whole : `{{${commonFor(clean)}}}`
    },
  )
}

/** The word every municipality has that comes nearest to an owner's own. */
function commonFor(name: string): string {
  if (/電話|番号|TEL/i.test(name)) return '電話'
  if (/時間|曜日/.test(name)) return '受付時間'
  if (/URL|ページ|アドレス|サイト/i.test(name)) return 'URL'
  return '担当課'
}

/** In one order, whatever the order of the blocks. */
function leftOut(blocks: readonly AddOnBlock[], types: BlockTypes): string[] {
  const notes = blocks.map((block) => typeOfBlock(block, types)?.example.note ?? null)
  return [...new Set(notes.filter((note) => note !== null))].toSorted()
}
