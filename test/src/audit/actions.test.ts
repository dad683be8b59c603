// The list of what may stand in the log, and what is written into it, are the same.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from '@jest/globals'

import { AUDIT_ACTIONS } from '../../../src/cms/auditActions'

const ROOT = join(import.meta.dirname, '../../..')
const NOT_SOURCES = /\.next|payload-types|auditActions/
const sources = ['src', 'collections'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !NOT_SOURCES.test(name))
    .map((name) => readFileSync(join(ROOT, folder, name), 'utf8')),
)

test('nothing is listed that nobody writes', () => {
  const written = sources.join('\n')
  const unwritten = AUDIT_ACTIONS.filter(({ value }) => !written.includes(`'${value}'`))
  expect(unwritten).toEqual([])
})

test('no two have one label', () => {
  expect(new Set(AUDIT_ACTIONS.map(({ label }) => label)).size).toBe(AUDIT_ACTIONS.length)
})
