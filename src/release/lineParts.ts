import { COLOUR } from './colour'
import type { FlexAction, FlexBox, FlexBubble, FlexImage, FlexText } from './lineMessage'
import { pictureName, type TextPicture } from './picture'

/** A card and the words that stand for it in a notification. */
export interface LineCard {
  name: string
  bubble: FlexBubble
}

/** What stands on a card. */
export type CardPart = FlexBox | FlexText

/** Whether there is something to show. *Pure.* */
export function isPart(part: CardPart | '' | null): part is CardPart {
  return part !== null && part !== ''
}

/** A card of these parts. *Pure.* */
export function bubble(contents: CardPart[]): FlexBubble {
  const body: FlexBox = { type: 'box', layout: 'vertical', spacing: 'md', contents }
  return { type: 'bubble', size: 'mega', body }
}

/** A picture over a card, shown whole. *Pure.* */
export function cover(url: string): FlexImage {
  return {
    type: 'image',
    url,
    size: 'full',
    aspectRatio: '4:3',
    aspectMode: 'fit',
    backgroundColor: COLOUR['neutral-solid-gray-50'],
  }
}

/** The card of a text's picture, whole; its words stand under it, since LINE reads aloud no others. *Pure.* */
export function pictureCard(picture: TextPicture, beginning: string): LineCard {
  const { width, height, alt } = picture
  const hero: FlexImage = {
    type: 'image',
    url: beginning + pictureName(picture),
    size: 'full',
    aspectRatio: `${width}:${height}`,
    aspectMode: 'cover',
    backgroundColor: COLOUR['neutral-solid-gray-50'],
  }
  return { name: alt, bubble: { ...bubble([plain(alt)].filter((part) => part !== null)), hero } }
}

/** The small words a card begins with. *Pure.* */
export function small(text: string, color: string): FlexText {
  return { type: 'text', text, size: 'sm', color, weight: 'bold', wrap: true }
}

/** What a card is about, in large letters; null without words. *Pure.* */
export function strong(text: string): FlexText | null {
  const color = COLOUR['neutral-solid-gray-900']
  return text === '' ? null : { type: 'text', text, size: 'lg', color, weight: 'bold', wrap: true }
}

/** A paragraph of a card; null without words. *Pure.* */
export function plain(text: string): FlexText | null {
  const color = COLOUR['neutral-solid-gray-700']
  return text === '' ? null : { type: 'text', text, size: 'sm', color, wrap: true }
}

/** A detail of a card with its label; null without words. *Pure.* */
export function row(label: string, text: string): FlexBox | null {
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

/** A link on a card: a box with an action, because LINE's button cuts long labels off. *Pure.* */
export function button(label: string, uri: string, backgroundColor: string): FlexBox {
  const action: FlexAction = { type: 'uri', label: 'ページを開く', uri }
  const look = { backgroundColor, color: COLOUR['neutral-white'] }
  return boxButton(label, action, look)
}

/** A button without the town's colour, as high as a finger is wide: blue, or grey. *Pure.* */
export function plainButton(
  label: string,
  action: FlexAction,
  { isFirst }: { isFirst: boolean },
): FlexBox {
  const look = isFirst
    ? { backgroundColor: COLOUR['primitive-blue-900'], color: COLOUR['neutral-white'] }
    : { backgroundColor: COLOUR['neutral-solid-gray-50'], color: COLOUR['neutral-solid-gray-900'] }
  return boxButton(label, action, look)
}

function boxButton(
  label: string,
  action: FlexAction,
  { backgroundColor, color }: { backgroundColor: string; color: string },
): FlexBox {
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
    paddingAll: '14px',
    cornerRadius: '8px',
    action,
  }
}
