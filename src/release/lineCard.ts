import { accentOrDefault, COLOUR } from './colour'
import type { ComposedAddOn } from './compose'
import type { AddOnBlock } from './content'
import type { FlexBox, FlexBubble, FlexImage, FlexText } from './lineMessage'

/** A card and the words that stand for it in a notification. */
export interface LineCard {
  name: string
  bubble: FlexBubble
}

type Block<T extends AddOnBlock['blockType']> = Extract<AddOnBlock, { blockType: T }>

/** Most links on one card; more go on another. */
export const LINKS_PER_CARD = 5

/** The cards of an add-on: its links together, each picture book and each group alone. *Pure.* */
export function lineCards({ title, blocks }: ComposedAddOn, accent: string | null): LineCard[] {
  const colour = accentOrDefault(accent)
  const links = blocks.filter((block) => block.blockType === 'link')
  const pages = chunk(links, LINKS_PER_CARD).map((page) => linkCard(title, page, colour))
  const cards = blocks.flatMap((block) => {
    if (block.blockType === 'book') return [bookCard(title, block, colour)]
    if (block.blockType === 'group') return [groupCard(title, block, colour)]
    return block === links[0] ? pages.slice(0, 1) : []
  })
  return [...cards, ...pages.slice(1)]
}

function linkCard(heading: string, links: Block<'link'>[], colour: string): LineCard {
  const eyebrow = heading || 'リンク'
  const buttons = links.map(({ label, url }) => button(label, url, colour))
  const name = [heading, ...links.map(({ label }) => label)].filter(Boolean).join(' / ')
  return { name, bubble: bubble([small(eyebrow, colour), ...buttons]) }
}

function bookCard(heading: string, book: Block<'book'>, colour: string): LineCard {
  const by = [book.author, book.publisher].filter(Boolean).join(' / ')
  const body = [
    small(heading || '絵本の紹介', colour),
    strong(book.title),
    plain(by),
    plain(book.description),
    book.url && button('くわしく見る', book.url, colour),
  ]
  const card = bubble(body.filter(isPart))
  const hero = book.imageUrl === null ? {} : { hero: cover(book.imageUrl) }
  return { name: `『${book.title}』`, bubble: { ...card, ...hero } }
}

function groupCard(heading: string, group: Block<'group'>, colour: string): LineCard {
  const body = [
    small(heading || '地域のグループ', colour),
    strong(group.name),
    plain(group.description),
    row('場所', group.place),
    row('日時', group.schedule),
    row('連絡先', group.contact),
    group.url && button('くわしく見る', group.url, colour),
  ]
  return { name: group.name, bubble: bubble(body.filter(isPart)) }
}

type Part = FlexBox | FlexText

function isPart(part: Part | '' | null): part is Part {
  return part !== null && part !== ''
}

function bubble(contents: Part[]): FlexBubble {
  const body: FlexBox = { type: 'box', layout: 'vertical', spacing: 'md', contents }
  return { type: 'bubble', size: 'mega', body }
}

function cover(url: string): FlexImage {
  return {
    type: 'image',
    url,
    size: 'full',
    aspectRatio: '4:3',
    aspectMode: 'fit',
    backgroundColor: COLOUR['neutral-solid-gray-50'],
  }
}

function small(text: string, color: string): FlexText {
  return { type: 'text', text, size: 'sm', color, weight: 'bold', wrap: true }
}

function strong(text: string): FlexText | null {
  const color = COLOUR['neutral-solid-gray-900']
  return text === '' ? null : { type: 'text', text, size: 'lg', color, weight: 'bold', wrap: true }
}

function plain(text: string): FlexText | null {
  const color = COLOUR['neutral-solid-gray-700']
  return text === '' ? null : { type: 'text', text, size: 'sm', color, wrap: true }
}

function row(label: string, text: string): FlexBox | null {
  const value = plain(text)
  if (value === null) return null
  const name: FlexText = {
    type: 'text',
    text: label,
    size: 'sm',
    weight: 'bold',
    wrap: true,
    flex: 2,
    color: COLOUR['neutral-solid-gray-900'],
  }
  const contents = [name, { ...value, flex: 5 }]
  return { type: 'box', layout: 'horizontal', spacing: 'sm', contents }
}

// A box with an action instead of a button: a button cuts long labels off.
function button(label: string, uri: string, backgroundColor: string): FlexBox {
  const color = COLOUR['neutral-white']
  const text: FlexText = {
    type: 'text',
    text: label,
    size: 'md',
    color,
    wrap: true,
    weight: 'bold',
    align: 'center',
  }
  return {
    type: 'box',
    layout: 'vertical',
    contents: [text],
    backgroundColor,
    paddingAll: '12px',
    cornerRadius: '8px',
    action: { type: 'uri', label: 'ページを開く', uri },
  }
}

function chunk<T>(items: readonly T[], size: number): T[][] {
  const count = Math.ceil(items.length / size)
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size))
}
