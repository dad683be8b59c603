// `npm run mutants` tries them; here only that each can still be tried.
import { readdirSync, readFileSync } from 'node:fs'

import { expect, test } from '@jest/globals'

import { mutated } from './apply'
import { testsOf } from './mutant'
import { MUTANTS } from './mutants'

test('there are enough of them, and no two are the same', () => {
  const edits = new Set(MUTANTS.map(({ file, find, put }) => `${file} ${find} ${put}`))
  expect(edits.size).toBe(MUTANTS.length)
  expect(MUTANTS.length).toBeGreaterThanOrEqual(40)
})

test.each(MUTANTS)('$file: $breaks', (mutant) => {
  const source = readFileSync(mutant.file, 'utf8')
  expect(mutated(source, mutant)).not.toBe(source)
})

test('each is tried with tests there are', () => {
  const files = readdirSync('test', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `test/${name}`)
  const asked = new Set(MUTANTS.flatMap(({ tests }) => tests.map(testsOf)))
  expect([...asked].filter((one) => !files.some((file) => file.includes(one)))).toEqual([])
})

test('the README’s figure is that of the list', () => {
  const readme = readFileSync('README.md', 'utf8')
  expect(readme).toContain(`変異体 ${MUTANTS.length} 個`)
})

test('a text that is not there once is no mutant', () => {
  const mutant = { ...MUTANTS[0]!, find: 'a', put: 'b' }
  expect(() => mutated('aa', mutant)).toThrow('2 回')
  expect(() => mutated('', mutant)).toThrow('0 回')
})
