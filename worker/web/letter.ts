import type { MunicipalitySettings } from '../../src/plan/settings'
import { accentOrDefault, COLOUR } from '../../src/release/colour'
import { escapeHtml } from '../../src/release/escape'
import { mailFooter, mailFooterLines, mailFrame, mailRow } from '../../src/release/mailFrame'
import { htmlParagraphs } from '../../src/release/mailParagraph'
import { plainPhone } from '../../src/release/phone'
import type { SingleMail } from '../channel/channel'

import type { Words } from './words/standard'

/** A municipality's letter to one reader, with the one thing to do. */
export interface Letter {
  subject: string
  /** Paragraphs above the button, after the greeting. */
  before: readonly string[]
  button: { label: string; url: string }
  /** Paragraphs below it. */
  after: readonly string[]
}

/** Sender, subject and both bodies of a letter. *Pure.* */
export function letterMail(
  letter: Letter,
  municipality: MunicipalitySettings,
  words: Words,
): Omit<SingleMail, 'id' | 'to'> {
  const { senderName, mailFrom } = municipality
  const { subject, button, after } = letter
  const before = [words.mail.greeting(senderName), ...letter.before]
  const footer = signature(municipality, words)
  const text = [...before, `${button.label}\n${button.url}`, ...after, footer.join('\n')]
  const accent = accentOrDefault(municipality.accent)
  const body = [...before.map(paragraph), buttonHtml(button, accent), ...after.map(paragraph)]
  const html = mailFrame({
    title: subject,
    senderName,
    accent,
    preview: letter.before.join(' '),
    rows: [mailRow(body.join('\n')), mailFooter([mailFooterLines(footer)])],
  })
  return { from: { name: senderName, address: mailFrom }, subject, text: text.join('\n\n'), html }
}

function paragraph(text: string): string {
  return htmlParagraphs(text)
}

/** A cell of colour with a link as large: old clients know neither buttons nor rounded blocks. */
function buttonHtml({ label, url }: Letter['button'], accent: string): string {
  const style = `display:block;padding:12px 16px;color:${COLOUR['neutral-white']};font-weight:bold;text-align:center;text-decoration:none`
  return [
    '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"',
    ` style="margin:0 0 16px 0"><tr><td align="center" bgcolor="${accent}" style="border-radius:8px">`,
    `<a href="${escapeHtml(url)}" style="${style}">${escapeHtml(label)}</a>`,
    '</td></tr></table>',
  ].join('')
}

function signature({ name, contact }: MunicipalitySettings, { mail, page }: Words): string[] {
  const lines = [
    `${name} ${contact.department}`,
    `${mail.phone(plainPhone(contact.phone))} ${page.hours(contact.hours)}`,
  ]
  return contact.url ? [...lines, contact.url] : lines
}
