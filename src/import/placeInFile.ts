import { BLOCK_TYPES, typeOfBlock } from '../release/blocks/blockTypes'
import type { ImportProblem } from '../table/sheet'
import { columnOf } from './columns'
import type { ImportItem } from './plan'

/**
 * Where in the file a field of a document stands: a block of an add-on has a row of its own, and
 * columns that several types of block share. *Pure.*
 */
export function placeInFile(
  { data, line, blockLines = [] }: Pick<ImportItem, 'data' | 'line' | 'blockLines'>,
  path: string,
): Omit<ImportProblem, 'message'> {
  const [name = path, index, inside] = path.split('.')
  if (name !== 'blocks') return { line, column: name, ...valueOf(data[name]) }
  const block = blocksIn(data)[Number(index)]
  if (!block) return { line, column: 'block' }
  const field = typeOfBlock(block, BLOCK_TYPES)?.fields[inside ?? '']
  return {
    line: blockLines[Number(index)] ?? line,
    column: field && inside ? columnOf(inside, field) : 'block',
    ...valueOf(block[inside ?? '']),
  }
}

function blocksIn({ blocks }: Record<string, unknown>): Record<string, unknown>[] {
  return Array.isArray(blocks) ? (blocks as Record<string, unknown>[]) : []
}

function valueOf(value: unknown): { value?: string } {
  return typeof value === 'string' && value !== '' ? { value } : {}
}
