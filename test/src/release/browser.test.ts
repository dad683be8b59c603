import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { expect, test } from '@jest/globals'

test('the preview and the checks need nothing of Node, so the admin may run them in the browser', () => {
  const files = ['preview', 'limits'].flatMap((name) => [...reached(`src/release/${name}.ts`)])
  expect(files.length).toBeGreaterThan(20)
  for (const file of files) {
    const text = readFileSync(file, 'utf8')
    expect({ file, usesNode: /from 'node:|\bBuffer\b|\bprocess\./.test(text) }).toEqual({
      file,
      usesNode: false,
    })
  }
})

/** The file and all it imports by relative paths. */
function reached(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  const imports = readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'/g)
  for (const [, path] of imports) reached(`${join(dirname(file), path!)}.ts`, seen)
  return seen
}
