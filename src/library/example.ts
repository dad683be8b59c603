import type { AddOnBlock, AddOnContent } from '../release/content'
import { COMMON_VARIABLES, variablesIn } from '../release/variables'

/** What of an add-on another municipality may see and copy: no contact, place or date of its owner. */
export interface Example {
  title: string
  from: string
  to: string
  isEndIncluded: boolean
  timing: 'once' | 'every'
  monthRule: 'friendly' | 'legal'
  editions: string[]
  blocks: AddOnBlock[]
  /** What was left out or replaced, in sentences for who copies it. */
  changes: string[]
}

/**
 * The part of a frozen add-on that is an example for others. Telephone numbers, mail addresses and
 * the owner's own words become `{{電話}}` and `{{担当課}}`, links and places of the owner go, and a
 * picture stays only where it is public in this CMS. *Pure.*
 */
export function exampleOf(
  content: AddOnContent,
  isPublicPicture: (url: string) => boolean = () => false,
): Example {
  const { title, from, to, isEndIncluded, timing, monthRule, editions, blocks } = content
  const written = JSON.stringify([title, blocks])
  const own = variablesIn(written).filter((name) => !COMMON_VARIABLES.includes(name))
  const replaced = own.map((name) => `{{${name}}} は {{${commonFor(name)}}} に置き換えました。`)
  const kept = blocks.map((one) => blockOf(one, isPublicPicture)).filter((one) => one !== null)
  return {
    from,
    to,
    isEndIncluded,
    timing,
    monthRule,
    editions,
    title: withoutContact(title),
    blocks: kept,
    changes: [...replaced, ...leftOut(blocks)],
  }
}

function blockOf(block: AddOnBlock, isPublic: (url: string) => boolean): AddOnBlock | null {
  switch (block.blockType) {
    case 'text':
      return { ...block, text: withoutContact(block.text) }
    case 'link':
      return null
    case 'book': {
      const { blockType, title, author, publisher, description, imageUrl } = block
      const picture = imageUrl !== null && isPublic(imageUrl) ? imageUrl : null
      return {
        blockType,
        imageUrl: picture,
        url: null,
        title: withoutContact(title),
        author: withoutContact(author),
        publisher: withoutContact(publisher),
        description: withoutContact(description),
      }
    }
    case 'group': {
      const { blockType, name, description } = block
      const rest = { place: '', schedule: '', contact: '{{電話}}', url: null }
      return {
        blockType,
        name: withoutContact(name),
        description: withoutContact(description),
        ...rest,
      }
    }
  }
}

const DIGIT = String.raw`[\d\uff10-\uff19]`
const GAP = String.raw`[-\u2010-\u2015\u2212\u30fc\uff0d()\uff08\uff09 \u3000]{1,2}`
/** Japanese telephone numbers, in half or full width: in three parts, in two, or all in a row. */
const phone = new RegExp(
  [
    String.raw`(?<!${DIGIT})[(\uff08]?[0\uff10]${DIGIT}{1,4}${GAP}${DIGIT}{1,4}${GAP}${DIGIT}{3,4}`,
    String.raw`[0\uff10]${DIGIT}{1,4}${GAP}${DIGIT}{6,8}`,
    String.raw`[0\uff10]${DIGIT}{9,10}(?!${DIGIT})`,
  ].join(String.raw`|(?<!${DIGIT})`),
  'g',
)
const mail = /[\w.+-]+[@\uff20][\w-]+(\.[\w-]+)+/g
/** Ends where Japanese goes on without a space; an address in Japanese ends at the next mark. */
const address =
  /https?:\/\/([\w./?%&=#~:@+,;!$*-]+|[^\s、。)\uff09」]+)|(www\.)?[\w-]+(\.[\w-]+)*\.(jp|com|net|org|info)\b[\w./?%&=#~:@+,;!$*-]*/gi

function withoutContact(text: string): string {
  return text
    .replace(mail, '{{担当課}}')
    .replace(address, '{{URL}}')
    .replace(phone, '{{電話}}')
    .replace(/\{\{([^{}]*)\}\}/g, (whole: string, name: string) => {
      const clean = name.normalize('NFC').trim()
      return COMMON_VARIABLES.includes(clean) ? whole : `{{${commonFor(clean)}}}`
    })
}

/** The word every municipality has that comes nearest to an owner's own. */
function commonFor(name: string): string {
  if (/電話|番号|TEL/i.test(name)) return '電話'
  if (/時間|曜日/.test(name)) return '受付時間'
  if (/URL|ページ|アドレス|サイト/i.test(name)) return 'URL'
  return '担当課'
}

function leftOut(blocks: readonly AddOnBlock[]): string[] {
  const has = (blockType: AddOnBlock['blockType']) =>
    blocks.some((block) => block.blockType === blockType)
  return [
    ...(has('link')
      ? ['元の自治体のリンクは外しました。要るときは、自分の自治体のものを加えてください。']
      : []),
    ...(has('group')
      ? ['団体の場所・日時・連絡先は空にしました。自分の地域のものを入れてください。']
      : []),
    ...(has('book')
      ? ['絵本の詳しいページは外しました。自分の図書館のページを入れられます。']
      : []),
  ]
}
