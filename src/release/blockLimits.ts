import { checkAddress, checkPicture } from './addressLimits'
import type { AddOnBlock } from './content'
import { LINE_MAX_TEXT } from './lineMessageLimits'
import type { Problem } from './problem'
import { checkText, type TextRule } from './textLimits'

/** Most UTF-16 units of a name, title or label on a card; longer ones push the rest off a phone. */
export const MAX_NAME = 100

/** Most UTF-16 units of place, schedule and contact of a group. */
export const MAX_DETAIL = 200

/** Most UTF-16 units of a description on a card. */
export const MAX_DESCRIPTION = 1000

/** A block and where it stands. */
export interface BlockRule {
  block: AddOnBlock
  /** From 0. */
  index: number
  variables: readonly string[]
}

/** Everything wrong with one block of an add-on. *Pure.* */
export function checkBlock({ block, index, variables }: BlockRule): Problem[] {
  const place = `${index + 1} 番目の`
  const field = (name: string) => `blocks.${index}.${name}`
  const text = (name: string, rule: Pick<TextRule, 'label' | 'text' | 'max'> & Partial<TextRule>) =>
    checkText({ variables, ...rule, field: field(name), label: place + rule.label })
  const line = (name: string, label: string, value: string) =>
    text(name, { label, text: value, max: MAX_DETAIL, isOneLine: true })
  const name = (key: string, label: string, value: string) =>
    text(key, { label, text: value, max: MAX_NAME, isOneLine: true, isRequired: true })
  const link = (label: string, url: string | null) => ({
    field: field('url'),
    label: place + label,
    url,
  })
  switch (block.blockType) {
    case 'text':
      return text('text', {
        label: '文章',
        text: block.text,
        max: LINE_MAX_TEXT,
        limitOf: 'LINE',
        isRequired: true,
      })
    case 'link':
      return [
        ...name('label', 'リンクの名前', block.label),
        ...checkAddress({ ...link('リンク先', block.url), isRequired: true }),
      ]
    case 'book':
      return [
        ...name('title', '絵本の書名', block.title),
        ...line('author', '絵本の作者', block.author),
        ...line('publisher', '絵本の出版社', block.publisher),
        ...description(block.description),
        ...checkPicture({
          field: field('imageUrl'),
          label: `${place}絵本の表紙`,
          url: block.imageUrl,
        }),
        ...checkAddress(link('絵本のリンク先', block.url)),
      ]
    case 'group':
      return [
        ...name('name', 'グループの名前', block.name),
        ...description(block.description),
        ...line('place', 'グループの場所', block.place),
        ...text('schedule', { label: 'グループの日時', text: block.schedule, max: MAX_DETAIL }),
        ...line('contact', 'グループの連絡先', block.contact),
        ...checkAddress(link('グループのリンク先', block.url)),
      ]
  }

  function description(value: string): Problem[] {
    return text('description', { label: '紹介文', text: value, max: MAX_DESCRIPTION })
  }
}
