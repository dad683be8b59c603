import type { BlockField } from './blocks/blockType'
import { blockOf, mayBeAbsent, typeOfBlock, type BlockTypes } from './blocks/blockTypes'
import { ComposeError } from './composeError'
import type { AddOnBlock } from './content'
import { encodeLinks } from './linksInText'
import { cleanLine, cleanText } from './plainText'
import { fillVariables } from './variables'
import { readWebAddress } from './webAddress'

type Values = ReadonlyMap<string, string>

/**
 * The block with all words in place and addresses encoded, or null when nothing is left of it.
 * Throws ComposeError (UNKNOWN_VARIABLE, BAD_ADDRESS). *Pure.*
 */
export function composeBlock(
  block: AddOnBlock,
  values: Values,
  types: BlockTypes,
): AddOnBlock | null {
  const type = typeOfBlock(block, types)
  if (!type) return null
  const filled = blockOf(type, (name, field) =>
    block[name] === undefined && mayBeAbsent(field)
      ? undefined
      : compose(field, block[name] ?? null, values),
  )
  return type.completed ? type.completed(filled) : filled
}

function compose(field: BlockField, value: string | null, values: Values): string | null {
  switch (field.kind) {
    case 'line':
      return cleanLine(fillVariables(value ?? '', values))
    case 'lines':
      return encodeLinks(cleanText(fillVariables(value ?? '', values)))
    case 'chosen':
      return value
    default:
      return address(field, value)
  }
}

function address({ isRequired = false }: BlockField, url: string | null): string | null {
  if (url === null || url.trim() === '') {
    if (isRequired) throw badAddress(url ?? '')
    return null
  }
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
