import { readFile } from 'node:fs/promises'

import ts from 'typescript'

/** What a file imports, as it is written there. */
export async function importsOf(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8')
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName)
}

/** The package of an import. */
export function packageOf(target: string): string {
  return target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/')
}
