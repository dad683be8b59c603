import { BLOCK_TYPES } from '../release/blocks/blockTypes'
import type { ContentField } from '../release/contentField'
import { fieldsOfKind } from '../release/contentFields'
import type { ContentKind } from '../release/contentKind'
import { blockChoices } from './columns'
import { nameOf } from './exportCells'
import type { ImportContext } from './plan'

/** What may stand in the cells of a column of which one thing is chosen, by the column's name. */
export type CellLists = ReadonlyMap<string, readonly string[]>

/** The choices of a file's columns, written as the export writes them. *Pure.* */
export function cellLists(kind: ContentKind, context: ImportContext): CellLists {
  const own = fieldsOfKind(kind).map(
    ([name, field]) => [name, choicesOf(name, field, context)] as const,
  )
  const blocks = blockChoices(BLOCK_TYPES)
  const block = blocks.map(({ value }) => nameOf('block', value, blocks))
  const all = kind === 'addOn' ? [...own, ['block', block] as const] : own
  return new Map(all.filter(([, choices]) => choices.length > 0))
}

/** A cell that may hold several has no list: a spreadsheet puts one in the place of the others. */
function choicesOf(
  name: string,
  field: ContentField,
  { series, municipalities, choices }: ImportContext,
): string[] {
  const named = (found: readonly { value: string; label: string }[]) =>
    found.map(({ value }) => nameOf(name, value, found))
  switch (field.kind) {
    case 'series':
      return [...series.keys()]
    case 'municipality':
      return [...municipalities.keys()]
    case 'edition':
      return named(choices(name))
    case 'choice':
      return named(field.choices)
    case 'flag':
      return ['はい', 'いいえ']
    default:
      return []
  }
}
