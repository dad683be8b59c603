import { typeOfBlock, type BlockTypes } from './blocks/blockTypes'
import type { Composition, ComposedAddOn } from './compose'
import { MY_PAGE_URL_TOKEN, UNSUBSCRIBE_URL_TOKEN } from './readerLinks'

/** Words of the link to the reader's own page, in both bodies. */
export const MY_PAGE_WORDS = '登録の内容を見る・変える'

/**
 * Stands between what a mail says and its footer. Narrow enough for a small phone in one line; texts
 * themselves are not wrapped, because phones do it better.
 */
export const MAIL_RULE = '―'.repeat(15)

/** The text/plain body: its words and the footer. *Pure.* */
export function mailText({ footer }: Composition, bodyText: string): string {
  return `${bodyText}\n\n${footerText(footer)}\n`
}

/** Its words: paragraphs, add-ons under a heading, each address on its own line. *Pure.* */
export function mailBodyText({ texts, addOns, neutral }: Composition, types: BlockTypes): string {
  const opening = neutral ? [neutral.opening] : []
  return [...opening, ...texts, ...addOns.map((addOn) => addOnText(addOn, types))].join('\n\n')
}

function addOnText({ title, blocks }: ComposedAddOn, types: BlockTypes): string {
  const heading = title === '' ? '' : `■ ${title}`
  const parts = blocks.map((block) => typeOfBlock(block, types)?.mailText(block))
  return [heading, ...parts].filter(Boolean).join('\n\n')
}

function footerText(footer: readonly string[]): string {
  const stop = ['配信を止めたいときは、次のページを開いてください。', UNSUBSCRIBE_URL_TOKEN]
  return [MAIL_RULE, ...footer, '', MY_PAGE_WORDS, MY_PAGE_URL_TOKEN, '', ...stop].join('\n')
}
