import { COLOUR } from './colour'
import { phoneOfLine } from './contact'
import { escapeHtml } from './escape'
import { shorten } from './graphemes'
import { htmlLines } from './mailParagraph'
import { withWholeReadings } from './readings'

// Tables, attributes and inline styles only: carriers' and old clients drop style sheets.
const TABLE = 'role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"'
const FONT = "font-family:'Noto Sans JP',system-ui,sans-serif"
const PREHEADER_LENGTH = 80

/** What every HTML mail of ours has. */
export interface MailFrame {
  title: string
  /** On the band of the accent. */
  senderName: string
  /** Readable under white letters. */
  accent: string
  /** What a list of mails shows beside the subject. */
  preview: string
  /** HTML of {@link mailRow} and {@link mailFooter}. */
  rows: readonly string[]
}

/** A whole HTML body: one column to 600 px, no script, no style sheet, no picture needed. *Pure.* */
export function mailFrame({ title, senderName, accent, preview, rows }: MailFrame): string {
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
    preheader(preview),
    frame(withWholeReadings([headerRow(senderName, accent), ...rows].filter(Boolean).join('\n'))),
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

/** A part of the text. *Pure.* */
export function mailRow(html: string): string {
  return `<tr><td align="left" style="padding:20px 20px 4px 20px">\n${html}\n</td></tr>`
}

/** What stands below a line at the end. *Pure.* */
export function mailFooter(parts: readonly string[]): string {
  const line = `border-top:1px solid ${COLOUR['neutral-solid-gray-200']}`
  const style = `padding:16px 20px;${line};font-size:16px;color:${COLOUR['neutral-solid-gray-700']}`
  return [`<tr><td align="left" style="${style}">`, ...parts, '</td></tr>'].join('\n')
}

/** Lines of a footer; the telephone is dialled by a press, whatever the program makes of its letters. *Pure.* */
export function mailFooterLines(lines: readonly string[]): string {
  return `<p style="margin:0 0 16px 0">${lines.map(footerLine).join('<br>\n')}</p>`
}

/** A link of ours: an address that is safe, and words that are HTML. *Pure.* */
export function mailOwnLink(url: string, words: string): string {
  return `<a href="${url}" style="color:${COLOUR['primitive-blue-900']}">${words}</a>`
}

function preheader(preview: string): string {
  const words = shorten(preview.replace(/\s+/g, ' '), PREHEADER_LENGTH)
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

function footerLine(line: string): string {
  const phone = phoneOfLine(line)
  if (!phone) return htmlLines(line)
  const { before, href, number, rest } = phone
  return `${before}${mailOwnLink(href, escapeHtml(number))}${htmlLines(rest)}`
}
