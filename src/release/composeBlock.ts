import { ComposeError } from './composeError'
import type { AddOnBlock } from './content'
import { cleanLine, cleanText } from './plainText'
import { fillVariables } from './variables'
import { readWebAddress } from './webAddress'

type Values = ReadonlyMap<string, string>

/**
 * The block with all words in place and addresses encoded, or null when nothing is left of it.
 * Throws ComposeError (UNKNOWN_VARIABLE, BAD_ADDRESS). *Pure.*
 */
export function composeBlock(block: AddOnBlock, values: Values): AddOnBlock | null {
  const text = (value: string) => cleanText(fillVariables(value, values))
  const line = (value: string) => cleanLine(fillVariables(value, values))
  switch (block.blockType) {
    case 'text':
      return text(block.text) === '' ? null : { blockType: 'text', text: text(block.text) }
    case 'link':
      return link(line(block.label), block.url)
    case 'book': {
      const { title, author, publisher, description, imageUrl, url } = block
      const words = { title: line(title), author: line(author), publisher: line(publisher) }
      const addresses = { imageUrl: address(imageUrl), url: address(url) }
      return { blockType: 'book', ...words, description: text(description), ...addresses }
    }
    case 'group': {
      const { name, description, place, schedule, contact, url } = block
      const words = { name: line(name), place: line(place), schedule: text(schedule) }
      const more = { description: text(description), contact: line(contact), url: address(url) }
      return { blockType: 'group', ...words, ...more }
    }
  }
}

function link(label: string, url: string): AddOnBlock {
  const href = address(url)
  if (href === null) throw badAddress(url)
  return { blockType: 'link', label: label === '' ? href : label, url: href }
}

function address(url: string | null): string | null {
  if (url === null || url === undefined || url.trim() === '') return null
  const read = readWebAddress(url)
  if ('fault' in read) throw badAddress(url)
  return read.href
}

function badAddress(url: string): ComposeError {
  return new ComposeError(
    'BAD_ADDRESS',
    `「${url}」はリンクに使えません。https:// で始まる URL を入力してください。`,
  )
}
