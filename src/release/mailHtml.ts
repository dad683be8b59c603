import { typeOfBlock, type BlockTypes } from './blocks/blockTypes'
import { accentOrDefault, COLOUR } from './colour'
import type { Composition, ComposedAddOn } from './compose'
import { phoneOfLine } from './contact'
import { escapeHtml } from './escape'
import { htmlLines, htmlParagraphs } from './mailParagraph'
import { MY_PAGE_WORDS } from './mailText'
import { shorten } from './graphemes'
import { MY_PAGE_URL_TOKEN, UNSUBSCRIBE_URL_TOKEN } from './readerLinks'
import { COMMON_TEXTS, remembered } from './remembered'

// Tables, attributes and inline styles only: carriers' and old clients drop style sheets.
const TABLE = 'role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"'
const FONT = "font-family:'Noto Sans JP',system-ui,sans-serif"
const PREHEADER_LENGTH = 80

/** A text's paragraphs. Most texts are the same in all municipalities. */
const textHtml = remembered((text) => htmlParagraphs(text), COMMON_TEXTS)

/**
 * The HTML body: one column to 600 px, no script, no style sheet, no picture needed. It begins with
 * the words of the text/plain body, for lists of mails. *Pure.*
 */
export function mailHtml(composition: Composition, bodyText: string, types: BlockTypes): string {
  const { subject, texts, addOns, footer, senderName } = composition
  const accent = accentOrDefault(composition.accent)
  const rows = [
    headerRow(senderName, accent),
    texts.length > 0 ? bodyRow(texts.map(textHtml).join('\n')) : '',
    ...addOns.map((addOn) => bodyRow(addOnHtml(addOn, accent, types))),
    footerRow(footer),
  ]
  return page(subject, [preheader(bodyText), frame(rows.filter(Boolean).join('\n'))])
}

function page(title: string, body: readonly string[]): string {
  return [
    '<!doctype html>',
    '<html lang="ja">',
    '<head>',
    '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light">',
    `<title>${escapeHtml(title)}</title>`,
    '</head>',
    `<body style="margin:0;padding:0;background-color:${COLOUR['neutral-solid-gray-50']}">`,
    ...body,
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

// The words a list of mails shows beside the subject.
function preheader(bodyText: string): string {
  const words = shorten(bodyText.replace(/\s+/g, ' '), PREHEADER_LENGTH)
  const style = 'display:none;max-height:0;overflow:hidden;mso-hide:all'
  return `<div style="${style}">${escapeHtml(words)}</div>`
}

function frame(rows: string): string {
  const ground = COLOUR['neutral-solid-gray-50']
  const text = `${FONT};font-size:17px;line-height:1.8;color:${COLOUR['neutral-solid-gray-900']}`
  const inner = `max-width:600px;background-color:${COLOUR['neutral-white']};${text}`
  return [
    `<table ${TABLE} bgcolor="${ground}"><tr><td align="center" style="padding:16px 8px">`,
    `<table ${TABLE} bgcolor="${COLOUR['neutral-white']}" style="${inner}">`,
    rows,
    '</table>',
    '</td></tr></table>',
  ].join('\n')
}

function headerRow(senderName: string, accent: string): string {
  const style = `padding:12px 20px;background-color:${accent};color:${COLOUR['neutral-white']}`
  const words = escapeHtml(senderName)
  return `<tr><td bgcolor="${accent}" style="${style};font-weight:bold">${words}</td></tr>`
}

function bodyRow(html: string): string {
  return `<tr><td align="left" style="padding:20px 20px 4px 20px">\n${html}\n</td></tr>`
}

function addOnHtml({ title, blocks }: ComposedAddOn, accent: string, types: BlockTypes): string {
  const style = `margin:0 0 12px 0;padding:0 0 0 10px;border-left:4px solid ${accent};font-size:18px`
  const heading = title && `<h2 style="${style};line-height:1.5">${escapeHtml(title)}</h2>`
  const parts = blocks.map((block) => typeOfBlock(block, types)?.mailHtml(block))
  return [heading, ...parts].filter(Boolean).join('\n')
}

function footerRow(footer: readonly string[]): string {
  const line = `border-top:1px solid ${COLOUR['neutral-solid-gray-200']}`
  const style = `padding:16px 20px;${line};font-size:16px;color:${COLOUR['neutral-solid-gray-700']}`
  const stop = ownLink(UNSUBSCRIBE_URL_TOKEN, '配信を止める')
  return [
    `<tr><td align="left" style="${style}">`,
    `<p style="margin:0 0 16px 0">${footer.map(footerLine).join('<br>\n')}</p>`,
    `<p style="margin:0 0 16px 0">${ownLink(MY_PAGE_URL_TOKEN, MY_PAGE_WORDS)}</p>`,
    `<p style="margin:0">配信を止めたいときは、「${stop}」を押してください。</p>`,
    '</td></tr>',
  ].join('\n')
}

/** The telephone is dialled by a press, whatever the program makes of its letters. */
function footerLine(line: string): string {
  const phone = phoneOfLine(line)
  if (!phone) return htmlLines(line)
  const { before, href, number, rest } = phone
  return `${before}${ownLink(href, escapeHtml(number))}${htmlLines(rest)}`
}

function ownLink(token: string, words: string): string {
  return `<a href="${token}" style="color:${COLOUR['primitive-blue-900']}">${words}</a>`
}
