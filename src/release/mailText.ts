import type { Composition, ComposedAddOn } from './compose'
import type { AddOnBlock } from './content'
import { MY_PAGE_URL_TOKEN, UNSUBSCRIBE_URL_TOKEN } from './readerLinks'

/** Words of the link to the reader's own page, in both bodies. */
export const MY_PAGE_WORDS = '登録内容の変更・お子さんの誕生の登録はこちら'

// Narrow enough for a small phone in one line; texts themselves are not wrapped, because phones do
// it better.
const RULE = '―'.repeat(15)

/** The text/plain body: paragraphs, add-ons under a heading, each address on its own line. *Pure.* */
export function mailText(composition: Composition): string {
  return `${mailBodyText(composition)}\n\n${footerText(composition.footer)}\n`
}

/** The text/plain body without its footer. *Pure.* */
export function mailBodyText({ texts, addOns }: Composition): string {
  return [...texts, ...addOns.map(addOnText)].join('\n\n')
}

function addOnText({ title, blocks }: ComposedAddOn): string {
  const heading = title === '' ? '' : `■ ${title}`
  return [heading, ...blocks.map(blockText)].filter(Boolean).join('\n\n')
}

function blockText(block: AddOnBlock): string {
  switch (block.blockType) {
    case 'text':
      return block.text
    case 'link':
      return lines([`・${block.label}`, block.url])
    case 'book':
      return lines([
        block.title && `『${block.title}』`,
        [block.author, block.publisher].filter(Boolean).join(' / '),
        block.description,
        block.url,
      ])
    case 'group':
      return lines([
        block.name && `【${block.name}】`,
        block.description,
        block.place && `場所: ${block.place}`,
        block.schedule && `日時: ${block.schedule}`,
        block.contact && `連絡先: ${block.contact}`,
        block.url,
      ])
  }
}

function footerText(footer: readonly string[]): string {
  const stop = ['配信を止めたいときは、次のページを開いてください。', UNSUBSCRIBE_URL_TOKEN]
  return [RULE, ...footer, '', MY_PAGE_WORDS, MY_PAGE_URL_TOKEN, '', ...stop].join('\n')
}

function lines(parts: readonly (string | null)[]): string {
  return parts.filter(Boolean).join('\n')
}
