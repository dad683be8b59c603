import { fieldsOf, typeOfBlock } from '../release/blocks/blockTypes'
import type { AddOnBlock, ReleaseContent } from '../release/content'
import { addressesIn } from '../release/linksInText'
import { fillVariables, hasBrokenVariable, variableTable, variablesIn } from '../release/variables'
import { readWebAddress } from '../release/webAddress'

/** What is looked at of a release. */
export interface Linked {
  content: ReleaseContent
  /** Contact variables as they were when it was published. */
  variables: Readonly<Record<string, string>>
}

/**
 * The https addresses that readers of a text can press or see a picture of, ready to be asked for, each
 * once. What `{{…}}` stands for counts where the release knows it; the municipality's own page under
 * every text is asked for once, as its own. *Pure.*
 */
export function addressesOf({ content, variables }: Linked): string[] {
  const written =
    content.type === 'manuscript'
      ? addressesIn(filled(content.body, variables))
      : [content.title, ...content.blocks].flatMap((part) =>
          typeof part === 'string' ? addressesIn(part) : ofBlock(part, variables),
        )
  return [...new Set(written.flatMap(hrefOf))]
}

/** An address as it is asked for; nothing where it is none. *Pure.* */
export function hrefOf(written: string): string[] {
  const read = readWebAddress(written)
  return 'href' in read ? [withoutFragment(read.href)] : []
}

function ofBlock(block: AddOnBlock, variables: Linked['variables']): string[] {
  const type = typeOfBlock(block)
  if (!type) return []
  return fieldsOf(type).flatMap(([name, { kind }]) => {
    if (kind === 'chosen') return []
    const value = block[name] ?? ''
    const isAddress = kind === 'address' || kind === 'picture'
    return isAddress ? [value] : addressesIn(filled(value, variables))
  })
}

/** Words that are not known here stay as they stand; the municipality's settings fill them. */
function filled(text: string, variables: Linked['variables']): string {
  if (hasBrokenVariable(text)) return text
  const known = variableTable(variables)
  const rest = variablesIn(text).filter((name) => !known.has(name))
  return fillVariables(text, new Map([...known, ...rest.map((name) => [name, ''] as const)]))
}

/** The place inside a page is the browser's business. */
function withoutFragment(href: string): string {
  return href.split('#', 1)[0] ?? href
}
