import { typeOfBlock, type BlockTypes } from './blocks/blockTypes'
import { withPicturesAt } from './blocks/chosenPictures'
import { accentOrDefault } from './colour'
import type { Composition, ComposedAddOn } from './compose'
import { escapeHtml } from './escape'
import { mailFooter, mailFooterLines, mailFrame, mailOwnLink, mailRow } from './mailFrame'
import { htmlParagraphs } from './mailParagraph'
import { mailPicture } from './mailParts'
import { INLINE } from './picture'
import { ownWords } from './ownWords'
import { MY_PAGE_URL_TOKEN, UNSUBSCRIBE_URL_TOKEN } from './readerLinks'
import { COMMON_TEXTS, remembered } from './remembered'

/** A text's paragraphs as HTML. Most texts are the same in all municipalities. *Pure* but for that memory. */
export const mailParagraphs = remembered((text) => htmlParagraphs(text), COMMON_TEXTS)

/** The HTML body; it begins with the words of the text/plain body, for lists of mails. *Pure.* */
export function mailHtml(composition: Composition, bodyText: string, types: BlockTypes): string {
  const { texts, picture, addOns, neutral } = composition
  const accent = accentOrDefault(composition.accent)
  const rows = [
    neutral ? mailRow(htmlParagraphs(neutral.opening)) : '',
    texts.length > 0
      ? mailRow([mailPicture(picture), ...texts.map(mailParagraphs)].filter(Boolean).join('\n'))
      : '',
    ...addOns.map((addOn) => mailRow(mailAddOn(addOn, accent, types))),
    footerRow(composition),
  ]
  const title = neutral?.headline ?? composition.subject
  const senderName = neutral?.sender ?? composition.senderName
  return mailFrame({ title, senderName, accent, preview: bodyText, rows })
}

/** An add-on's HTML: its heading in the municipality's colour, then its blocks. *Pure.* */
export function mailAddOn(
  { title, blocks, picture }: ComposedAddOn,
  accent: string | null,
  types: BlockTypes,
): string {
  const colour = accentOrDefault(accent)
  const style = `margin:0 0 12px 0;padding:0 0 0 10px;border-left:4px solid ${colour};font-size:18px`
  const heading = title && `<h2 style="${style};line-height:1.5">${escapeHtml(title)}</h2>`
  const parts = blocks.map((block) =>
    typeOfBlock(block, types)?.mailHtml(withPicturesAt(block, INLINE, types)),
  )
  return [heading, mailPicture(picture), ...parts].filter(Boolean).join('\n')
}

function footerRow({ footer, edition, voiceUrl, isLineOffered }: Composition): string {
  const { voice, mail: words } = ownWords(edition)
  const asked = voiceUrl === undefined ? [] : [paragraph(mailOwnLink(escapeHtml(voiceUrl), voice))]
  const stop = mailOwnLink(UNSUBSCRIBE_URL_TOKEN, words.stop)
  return mailFooter([
    mailFooterLines(footer),
    ...asked,
    ...(isLineOffered ? [paragraph(words.lineOffered)] : []),
    paragraph(mailOwnLink(MY_PAGE_URL_TOKEN, words.ownPage)),
    `<p style="margin:0">${words.stopBy(stop)}</p>`,
  ])
}

function paragraph(html: string): string {
  return `<p style="margin:0 0 16px 0">${html}</p>`
}
