import { checkAddress, checkPicture } from './addressLimits'
import { fieldsOf, typeOfBlock, type BlockTypes } from './blocks/blockTypes'
import type { AddOnBlock } from './content'
import type { Problem } from './problem'
import { checkText } from './textLimits'

/** A block and where it stands. */
export interface BlockRule {
  block: AddOnBlock
  /** From 0. */
  index: number
  variables: readonly string[]
  types: BlockTypes
}

/** Everything wrong with one block of an add-on, in the order of the form. *Pure.* */
export function checkBlock({ block, index, variables, types }: BlockRule): Problem[] {
  const type = typeOfBlock(block, types)
  if (!type) return []
  return fieldsOf(type).flatMap(([name, field]) => {
    const value = block[name] ?? null
    const place = {
      field: `blocks.${index}.${name}`,
      label: `${index + 1} 番目の${field.nameInProblems}`,
    }
    const { kind, isRequired } = field
    if (kind === 'line' || kind === 'lines') {
      const { max, limitOf } = field
      const isOneLine = kind === 'line'
      return checkText({
        ...place,
        text: value ?? '',
        max,
        limitOf,
        isOneLine,
        isRequired,
        variables,
      })
    }
    const check = kind === 'picture' ? checkPicture : checkAddress
    return check({ ...place, url: value, isRequired })
  })
}
