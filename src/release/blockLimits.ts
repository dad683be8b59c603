import { checkAddress, checkPicture } from './addressLimits'
import type { BlockWords } from './blocks/blockType'
import { fieldsOf, typeOfBlock, type BlockTypes } from './blocks/blockTypes'
import type { AddOnBlock } from './content'
import type { Problem } from './problem'
import { checkWords } from './words'

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
    const [path, place] = [`blocks.${index}.${name}`, `${index + 1} 番目の`]
    if (field.kind === 'line' || field.kind === 'lines') {
      const words = { path, place, text: value ?? '', variables }
      return checkWords({ ...field, isRequired: isAsked(field, block) }, words)
    }
    if (field.kind === 'chosen') return []
    const check = field.kind === 'picture' ? checkPicture : checkAddress
    const { nameInProblems, isRequired } = field
    return check({ field: path, label: place + nameInProblems, url: value, isRequired })
  })
}

/** Words of a picture are asked where there is one. */
function isAsked({ isRequired = false, altOf }: BlockWords, block: AddOnBlock): boolean {
  return isRequired || (altOf !== undefined && Boolean(block[altOf]))
}
