// Nothing grows without end: every collection of the delivery database says what bounds it.
import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

import { expect, test } from '@jest/globals'

import { RESTORING } from '../../../worker/backup/unfinished'
import { BOUNDED_COLLECTIONS } from '../../../worker/retention/collections'

const WORKER = resolve(import.meta.dirname, '../../../worker')

async function readSources() {
  const names = await readdir(WORKER, { recursive: true })
  const paths = names.filter((name) => name.endsWith('.ts'))
  return Promise.all(
    paths.map(async (path) => ({ path, text: await readFile(join(WORKER, path), 'utf8') })),
  )
}

/** A collection that is opened by its name, or that Agenda is told to use. */
const OPENED = /\.collection(?:<[^()]*>)?\(\s*'([^']+)'|\bcollection: '([^']+)'/g
const ANY = /\.collection(?:<[^()]*>)?\(/g

test('every collection that is opened has a row, and every row a collection', async () => {
  const opened = (await readSources()).flatMap(({ text }) =>
    [...text.matchAll(OPENED)].map(([, name, agendas]) => name ?? agendas ?? ''),
  )
  const names = BOUNDED_COLLECTIONS.map(({ name }) => name)
  expect(opened.length).toBeGreaterThan(40)
  expect([...new Set([...opened, RESTORING])].sort()).toEqual(names.toSorted())
})

test('a collection is opened by a name that is written out, but for a backup of all, and a takeout of those in its table', async () => {
  const hidden = (await readSources()).filter(
    ({ text }) => [...text.matchAll(ANY)].length > [...text.matchAll(OPENED)].length,
  )
  const folders = new Set(hidden.map(({ path }) => path.split('/')[0]))
  expect([...folders].toSorted()).toEqual(['backup', 'takeout'])
})
