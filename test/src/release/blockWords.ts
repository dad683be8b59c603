import type { ComposedAddOn } from '../../../src/release/compose'

/** Every text and address of a composed add-on that a reader has to find again. */
export function wordsOf({ title, blocks }: ComposedAddOn): string[] {
  const values: (string | null)[] = blocks.flatMap(({ blockType: _, ...fields }) =>
    Object.values(fields),
  )
  return [title, ...values].filter((value): value is string => value !== null && value !== '')
}
