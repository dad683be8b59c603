// Whatever is sealed or hashed is in the table of places: only so can a key be changed.
import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

import { expect, test } from '@jest/globals'

import { keyFaultSentences } from '../../../src/secret/keyFaults'
import { GIVEN_OUT, KEPT_PLACES } from '../../../src/secret/keptPlaces'

const ROOT = resolve(import.meta.dirname, '../../..')

/** What takes something of a key ring, imported from where it is. */
const TAKEN =
  /import \{([^}]*)\} from '[./]*\/(?:src\/)?secret\/seal'|import \{([^}]*)\} from '\.\/seal'/g

async function filesThat(take: RegExp) {
  const found: string[] = []
  for (const folder of ['src', 'collections', 'worker']) {
    const names = await readdir(join(ROOT, folder), { recursive: true })
    for (const name of names.filter((one) => /\.tsx?$/.test(one))) {
      const text = await readFile(join(ROOT, folder, name), 'utf8')
      const taken = [...text.matchAll(TAKEN)].flatMap(([, one, other]) =>
        (one ?? other ?? '').split(',').map((word) => word.trim()),
      )
      if (taken.some((word) => take.test(word))) found.push(`${folder}/${name}`)
    }
  }
  return found.sort()
}

test('every file that seals or hashes is named by a place, or gives it out', async () => {
  const named = new Set([...KEPT_PLACES.flatMap(({ by }) => by), ...Object.keys(GIVEN_OUT)])
  expect(await filesThat(/^(seal|blindIndex|createBlindIndex)$/)).toEqual([...named].sort())
})

test('a fault says what was found, what was expected and what to do', () => {
  expect(keyFaultSentences([{ kind: 'missing', key: 'k1', what: '連絡先' }])).toBe(
    'KIZUNA_KEYS を確かめてください。\n- 鍵「k1」がありません。この鍵で封じた「連絡先」がまだあり、開けません。使っていた鍵を「k1:鍵」の形で後ろに足してください。',
  )
})
