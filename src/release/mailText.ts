import { typeOfBlock, type BlockTypes } from './blocks/blockTypes'
import type { Composition, ComposedAddOn } from './compose'
import { ownWords } from './ownWords'
import { MY_PAGE_URL_TOKEN, UNSUBSCRIBE_URL_TOKEN } from './readerLinks'

/**
 * Stands between what a mail says and its footer. Narrow enough for a small phone in one line; texts
 * themselves are not wrapped, because phones do it better.
 */
export const MAIL_RULE = '―'.repeat(15)

/** The text/plain body: its words and the footer. *Pure.* */
export function mailText(composition: Composition, bodyText: string): string {
  return `${bodyText}\n\n${footerText(composition)}\n`
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

function footerText({ footer, edition, voiceUrl, isLineOffered }: Composition): string {
  const { voice, mail } = ownWords(edition)
  const { ownPage, stopAt, lineOffered } = mail
  const asked = voiceUrl === undefined ? [] : [voice, voiceUrl, '']
  const offered = isLineOffered ? [lineOffered] : []
  const links = [...offered, ownPage, MY_PAGE_URL_TOKEN, '', stopAt, UNSUBSCRIBE_URL_TOKEN]
  return [MAIL_RULE, ...footer, '', ...asked, ...links].join('\n')
}
