import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

import { expect, test } from '@jest/globals'

import type { Answer } from './io'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

/** Runs a command the way a person would, in a shell at the root. */
async function shell(command: string): Promise<Answer> {
  const child = spawn('sh', ['-c', command], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number]>,
  ])
  return { code, out, err }
}

const kizuna = (args: string) => shell(`npm run --silent kizuna -- ${args}`)

test('stages prints JSON without a database', async () => {
  const { code, out, err } = await kizuna(
    'stages --due 2026-10-01 --from 2026-10-01 --to 2026-10-01 --json',
  )
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(JSON.parse(out)).toEqual([
    { date: '2026-10-01', week: 40, day: 0, daysToDue: 0, label: '妊娠40週0日' },
  ])
})

test('when takes codes that begin with entry- and Japanese labels', async () => {
  const { code, out, err } = await kizuna('when --birth 2019-04-02 --json entry-84 1歳6か月')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(JSON.parse(out)).toEqual([
    { slot: 'entry-84', date: '2026-01-07' },
    { slot: 'month18', date: '2020-10-02' },
  ])
})

test('help is printed to the standard output', async () => {
  const { code, out, err } = await kizuna('help')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toContain('使い方')
})

test('a mistake exits 2 with one line on the standard error', async () => {
  const { code, out, err } = await kizuna('when --birth 2019-04-31 day1')
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toMatch(/^kizuna when: --birth: 「2019-04-31」.+\n$/)
})

test('find reads the address from the standard input and never says it again', async () => {
  const { code, out, err } = await shell(
    'echo hanako.example | npm run --silent kizuna -- find --channel mail',
  )
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toBe('kizuna find: メールアドレスに @ が 1 つ必要です。例: hanako@example.jp\n')
})

test('a century of days reaches a reader that is slow, and one that stops early', async () => {
  const range = 'stages --birth 2000-01-01 --from 2000-01-01 --to 2099-12-31 --json'
  const slow = await shell(`npm run --silent kizuna -- ${range} | (sleep 1; wc -l)`)
  expect(slow).toEqual({ code: 0, out: expect.stringMatching(/^\s*36527\s*$/), err: '' })
  const early = await shell(`npm run --silent kizuna -- ${range} | head -1`)
  expect(early).toEqual({ code: 0, out: '[\n', err: '' })
})

test('a program with a practice clock is in its day', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kizuna-clock-'))
  const clock = 'KIZUNA_CLOCK=2026-12-01T23:59+09:00'
  const answer = await shell(
    `${clock} KIZUNA_DATA_DIR=${folder} npm run --silent kizuna -- deliver --date 2026-11-30`,
  )
  expect(answer).toEqual({
    code: 2,
    out: '',
    err: 'kizuna deliver: --date: 送れるのは今日(2026-12-01)の文だけで、2026-11-30 の文は送れません。--date を消すか、--date 2026-12-01 にしてください。ほかの日の計画は plan --date 2026-11-30 で見られます。\n',
  })
  expect(await readdir(folder)).toEqual([]) // nothing was opened for it
  await rm(folder, { recursive: true })
})

test('a practice clock is refused where real people would be reached', async () => {
  const { code, out, err } = await shell(
    'KIZUNA_CLOCK=2026-12-01T10:00+09:00 LINE_API_URL=https://api.line.me npm run --silent kizuna -- deliver',
  )
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(err).toContain('LINE_API_URL の送り先は「api.line.me」です')
})
