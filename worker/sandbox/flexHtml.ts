import { escapeHtml } from '../../src/release/escape'
import type { LineMessagePayload } from '../channel/channel'

import { autoLink, PICTURE_ADDRESS, safeUrl } from './link'

type Json = Record<string, unknown>

/**
 * One LINE message as HTML, near to how the app draws it. Drawn here, because the library that is
 * kept for it (flex-render) neither escapes texts nor checks the addresses of links. Who presses a
 * button, in which talk, goes into its form as `buttonFields`. *Pure.*
 */
export function messageHtml(message: LineMessagePayload, buttonFields = ''): string {
  const one = message as LineMessagePayload & Json
  if (one.type === 'text') return `<div class="bubble">${autoLink(String(one.text ?? ''))}</div>`
  if (one.type === 'flex') return flexHtml(one, buttonFields)
  if (one.type === 'image')
    return `<div class="card">${imageHtml({ url: one.originalContentUrl })}</div>`
  if (one.type === 'template') return questionHtml(one.template as Json, buttonFields)
  return `<div class="bubble">(${escapeHtml(one.type)})</div>`
}

function questionHtml(template: Json, buttonFields: string): string {
  const buttons = ((template?.actions as Json[]) ?? []).map(
    (action) =>
      `<form method="post" action="/inbox/press">${pressFields(action, buttonFields) ?? ''}<button type="submit" class="button button-secondary">${escapeHtml(String(action.label))}</button></form>`,
  )
  return `<div class="card card-mega"><div class="card-body"><p class="text size-md wrap">${escapeHtml(String(template?.text ?? ''))}</p></div><div class="card-footer">${buttons.join('')}</div></div>`
}

function flexHtml({ contents, altText }: Json, buttonFields: string): string {
  const container = contents as Json
  const isCarousel = container?.type === 'carousel'
  const bubbles = isCarousel ? ((container.contents as Json[]) ?? []) : [container]
  const cards = bubbles.map((bubble) => bubbleHtml(bubble, buttonFields)).join('')
  const label = escapeHtml(String(altText ?? ''))
  return isCarousel
    ? `<div class="carousel" role="group" tabindex="0" aria-label="${label}">${cards}</div>`
    : `<div role="group" aria-label="${label}">${cards}</div>`
}

const BUBBLE_SIZES = new Set(['nano', 'micro', 'deca', 'hecto', 'kilo', 'mega', 'giga'])

function bubbleHtml(bubble: Json, buttonFields: string): string {
  const size = BUBBLE_SIZES.has(String(bubble.size)) ? String(bubble.size) : 'mega'
  const parts = ['header', 'hero', 'body', 'footer'].map((name) => {
    const part = bubble[name] as Json | undefined
    // A part with a padding of its own has none of the card's.
    const own = part?.paddingAll === undefined ? '' : ' card-own-padding'
    return part ? `<div class="card-${name}${own}">${partHtml(part, buttonFields)}</div>` : ''
  })
  return `<div class="card card-${size}">${parts.join('')}</div>`
}

function partHtml(part: Json, buttonFields: string): string {
  switch (part.type) {
    case 'box':
      return boxHtml(part, buttonFields)
    case 'text':
      return textHtml(part)
    case 'image':
    case 'icon':
      return imageHtml(part)
    case 'button':
      return buttonHtml(part)
    case 'separator':
      return `<hr class="${marginClass(part)}">`
    case 'filler':
    case 'spacer':
      return '<span class="filler"></span>'
    default:
      return ''
  }
}

function boxHtml(box: Json, buttonFields: string): string {
  const layout = ['horizontal', 'baseline'].includes(String(box.layout)) ? box.layout : 'vertical'
  const classes = `box box-${layout} gap-${sizeWord(box.spacing, 'none')} ${marginClass(box)}`
  const inside = ((box.contents as Json[]) ?? []).map((one) => partHtml(one, buttonFields)).join('')
  const flex = flexOf(box.flex)
  const look = {
    'background-color': colour(box.backgroundColor),
    padding: pixels(box.paddingAll),
    'border-radius': pixels(box.cornerRadius),
  }
  const href = uriOf(box.action)
  if (href) {
    return `<a class="${classes}"${styleOf({ ...look, flex })} href="${escapeHtml(href)}" target="_blank" rel="noreferrer">${inside}</a>`
  }
  const fields = pressFields(box.action, buttonFields)
  return fields
    ? `<form method="post" action="/inbox/press"${styleOf({ flex })}>${fields}<button type="submit" class="press ${classes}"${styleOf(look)}>${inside.replaceAll('<p ', '<span ').replaceAll('</p>', '</span>')}</button></form>`
    : `<div class="${classes}"${styleOf({ ...look, flex })}>${inside}</div>`
}

/** What the form of a button that tells the account sends; null for another action. *Pure.* */
export function pressFields(action: unknown, buttonFields: string): string | null {
  const { type, data, label, displayText } = (action ?? {}) as Json
  if (type !== 'postback') return null
  return `${buttonFields}${hidden('data', data)}${hidden('label', displayText ?? label)}`
}

function hidden(name: string, value: unknown): string {
  return `<input type="hidden" name="${name}" value="${escapeHtml(String(value))}">`
}

function textHtml(text: Json): string {
  const spans = Array.isArray(text.contents) ? (text.contents as Json[]) : null
  const words = spans
    ? spans.map((span) => `<span${textStyle(span)}>${escapeHtml(String(span.text ?? ''))}</span>`)
    : [escapeHtml(String(text.text ?? ''))]
  const classes = [
    `text size-${sizeWord(text.size, 'md')}`,
    marginClass(text),
    text.weight === 'bold' ? 'bold' : '',
    text.wrap ? 'wrap' : 'clip',
  ]
  return `<p class="${classes.join(' ')}"${textStyle(text)}>${words.join('')}</p>`
}

function textStyle(text: Json): string {
  const align = ['start', 'center', 'end'].includes(String(text.align)) ? String(text.align) : null
  return styleOf({ color: colour(text.color), 'text-align': align, flex: flexOf(text.flex) })
}

function imageHtml(image: Json): string {
  const url = safeUrl(image.url, PICTURE_ADDRESS)
  if (!url) return ''
  const ratio = /^(\d+):(\d+)$/.exec(String(image.aspectRatio ?? ''))
  const style = styleOf({
    'aspect-ratio': ratio ? `${ratio[1]} / ${ratio[2]}` : null,
    'object-fit': image.aspectMode === 'cover' ? 'cover' : 'contain',
    'background-color': colour(image.backgroundColor),
  })
  return `<img class="image" loading="lazy" alt="" src="${escapeHtml(url)}"${style}>`
}

function buttonHtml(button: Json): string {
  const action = button.action as Json | undefined
  const kind = ['primary', 'secondary'].includes(String(button.style)) ? button.style : 'link'
  const label = escapeHtml(String(action?.label ?? ''))
  const href = uriOf(action)
  const classes = `button button-${kind} ${marginClass(button)}`
  const style =
    button.style === 'primary' ? styleOf({ 'background-color': colour(button.color) }) : ''
  return href
    ? `<a class="${classes}"${style} href="${escapeHtml(href)}" target="_blank" rel="noreferrer">${label}</a>`
    : `<span class="${classes}"${style}>${label}</span>`
}

/** Where a button leads; null for another action. *Pure.* */
export function uriOf(action: unknown): string | null {
  const { type, uri } = (action ?? {}) as Json
  return type === 'uri' ? safeUrl(uri) : null
}

const SIZE_WORDS = new Set([
  'none',
  'xxs',
  'xs',
  'sm',
  'md',
  'lg',
  'xl',
  'xxl',
  '3xl',
  '4xl',
  '5xl',
])

function sizeWord(value: unknown, otherwise: string): string {
  return SIZE_WORDS.has(String(value)) ? String(value) : otherwise
}

function marginClass({ margin }: Json): string {
  return margin === undefined ? '' : `margin-${sizeWord(margin, 'none')}`
}

function colour(value: unknown): string | null {
  return typeof value === 'string' && /^#[0-9a-fA-F]{6,8}$/.test(value) ? value : null
}

function pixels(value: unknown): string | null {
  return typeof value === 'string' && /^\d{1,3}px$/.test(value) ? value : null
}

function flexOf(value: unknown): string | null {
  return typeof value === 'number' && value >= 0 ? `${value} 1 0` : null
}

function styleOf(rules: Record<string, string | null>): string {
  const set = Object.entries(rules).filter(([, value]) => value !== null)
  return set.length === 0 ? '' : ` style="${set.map((rule) => rule.join(':')).join(';')}"`
}
