import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { afterEach, beforeEach, expect, test } from '@jest/globals'

import {
  createChildren,
  exitLines,
  runToEnd,
  type UnexpectedExit,
} from '../../../src/launch/children'
import { isAlive } from '../../../src/local/liveProcess'

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
  const ended = await exitOf(`console.error('no database'); process.exit(3)`)
  expect(ended).toMatchObject({ name: 'worker', lastLines: expect.stringContaining('no database') })
  expect(exitLines(ended, '/logs')).toBe(
    '配信係(worker)が失敗して終わりました(終了コード 3)。\n' +
      'ほかのプログラムも止めます。もう一度 npm start で起動してください。途中だった配信は、起動すると続きから進みます。\n' +
      '止まる前の記録(/logs/worker.log の終わり):\nno database',
  )
})

test.each([
  ['SIGKILL', '外から強制的に終了させられました(SIGKILL'],
  ['SIGTERM', '外から終了させられました(SIGTERM)'],
])('a child that is ended by %s is reported with the signal', async (signal, says) => {
  const ended = await exitOf(`process.kill(process.pid, '${signal}'); setInterval(() => {}, 1000)`)
  expect(ended.ending).toContain(says)
})

function exitOf(script: string): Promise<UnexpectedExit> {
  return new Promise((resolve) => {
    const children = createChildren({ logDir, onUnexpectedExit: resolve })
    void children.start(program('worker', script))
  })
}

test('a program run to its end gives its output, or an error with the end of what it said', async () => {
  expect(await runToEnd(program('good', `console.log('42')`))).toBe('42\n')
  await expect(
    runToEnd(program('bad', `console.error('line 3 is wrong'); process.exit(1)`)),
  ).rejects.toThrow(/bad.*1[\s\S]*line 3 is wrong/)
  await expect(runToEnd(program('killed', `process.kill(process.pid, 'SIGKILL')`))).rejects.toThrow(
    /「killed」が外から強制的に.*SIGKILL/,
  )
})

test('what is run to its end is stopped with the others', async () => {
  const children = createChildren({ logDir, onUnexpectedExit: () => undefined })
  const path = join(logDir, 'begun')
  const run = expect(children.run(program('long', endless(path)))).rejects.toThrow('long')
  await numbersIn(path, 1)
  await children.stopAll(5000)
  await run
})

test('when the launcher is killed, what it keeps and what it runs both end', async () => {
  const script = join(import.meta.dirname, 'shortLauncher.ts')
  const launcher = spawn(process.execPath, ['--import', 'tsx', script, logDir], {
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  const pids = await numbersIn(join(logDir, 'begun'), 2)
  expect(pids.map(isAlive)).toEqual([true, true])
  launcher.kill('SIGKILL')
  while (pids.some(isAlive)) await sleep(20)
})

test('what a program forks answers it, as without a launcher', async () => {
  const script = `
    const { fork } = require('child_process')
    if (process.send && process.env.FORKED) process.on('message', (m) => process.send(m + 1) && process.exit())
    else {
      const forked = fork(process.argv[1], { env: { ...process.env, FORKED: '1' } })
      forked.on('message', (m) => console.log(m))
      forked.send(1)
    }`
  const path = join(logDir, 'forks.cjs')
  await writeFile(path, script)
  expect(await runToEnd({ ...program('forks', ''), args: [path] })).toBe('2\n')
})

/** A script that writes its number and then waits for ever. */
function endless(path: string): string {
  return `setInterval(() => {}, 1000); require('fs').writeFileSync(${JSON.stringify(path)}, process.pid + ' ')`
}

async function numbersIn(path: string, count: number): Promise<number[]> {
  for (;;) {
    const numbers = (await readFile(path, 'utf8').catch(() => '')).split(' ').slice(0, -1)
    if (numbers.length === count) return numbers.map(Number)
    await sleep(20)
  }
}

async function logged(name: string, text: string): Promise<void> {
  while (!(await readFile(join(logDir, `${name}.log`), 'utf8')).includes(text)) {
    await sleep(20)
  }
}
