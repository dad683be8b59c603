import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { Mutant } from './mutant'

/**
 * A file with a mutant's edit. *Pure.*
 *
 * @throws when the text it replaces is not there exactly once.
 */
export function mutated(source: string, { file, find, put }: Mutant): string {
  const [before, after, ...more] = source.split(find)
  if (before === undefined || after === undefined || more.length > 0) {
    const times = source.split(find).length - 1
    throw new Error(
      `${file}: 「${find}」が ${times} 回あります。ちょうど 1 回でなければなりません。`,
    )
  }
  return before + put + after
}

/** Does something with a mutant in a copy of the repository, which is as it was afterwards. */
export async function withMutant<T>(
  root: string,
  mutant: Mutant,
  work: () => Promise<T>,
): Promise<T> {
  const path = join(root, mutant.file)
  const source = await readFile(path, 'utf8')
  await writeFile(path, mutated(source, mutant))
  try {
    return await work()
  } finally {
    await writeFile(path, source)
  }
}
