import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from '@jest/globals'

import { createChildren, runToEnd } from '../../../src/launch/children'

let logDir = ''
beforeEach(async () => {
  logDir = await mkdtemp(join(tmpdir(), 'kizuna-children-'))
})
afterEach(() => rm(logDir, { recursive: true }))

const program = (name: string, script: string) => ({
  name,
  args: ['-e', script],
  env: { ...process.env, NODE_OPTIONS: '' },
})

test('children are stopped in reverse order, and one that does not listen is killed', async () => {
  const children = createChildren({ logDir, onUnexpectedExit: () => undefined })
  const polite = `
    process.on('SIGTERM', () => { console.log('bye'); process.exit(0) })
    setInterval(() => {}, 1000); console.log('up')`
  await children.start(program('polite', polite))
  await children.start(
    program(
      'deaf',
      `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('up')`,
    ),
  )
  await logged('polite', 'up')
  await logged('deaf', 'up')
  await children.stopAll(200)
  expect(await readFile(join(logDir, 'polite.log'), 'utf8')).toContain('bye')
})

test('a child that ends by itself is reported once with the end of its log', async () => {
  const reported = await new Promise<[string, string]>((resolve) => {
    const children = createChildren({
      logDir,
      onUnexpectedExit: (name, lines) => resolve([name, lines]),
    })
    void children.start(program('broken', `console.error('no database'); process.exit(3)`))
  })
  expect(reported[0]).toBe('broken')
  expect(reported[1]).toContain('no database')
})

test('a program run to its end gives its output, or an error with the end of what it said', async () => {
  expect(await runToEnd(program('good', `console.log('42')`))).toBe('42\n')
  await expect(
    runToEnd(program('bad', `console.error('line 3 is wrong'); process.exit(1)`)),
  ).rejects.toThrow(/bad.*1[\s\S]*line 3 is wrong/)
})

async function logged(name: string, text: string): Promise<void> {
  while (!(await readFile(join(logDir, `${name}.log`), 'utf8')).includes(text)) {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
