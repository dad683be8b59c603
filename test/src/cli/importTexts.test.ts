import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'

import { endSecondFactor } from '../../../src/cli/endSecondFactor'
import { openCms } from '../../../src/cli/openCms'
import { rebuildAllStates } from '../../../src/cli/rebuildStates'
import { importTexts } from '../../../src/cli/importTexts'
import { generateKeyRing } from '../../../src/secret/seal'
import { testDatabaseUrl } from '../../database'

let folder: string
let lines: { out: string[]; err: string[] }

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kizuna-import-'))
  Object.assign(process.env, {
    DATABASE_URL: testDatabaseUrl(),
    KIZUNA_DATA_DIR: folder,
    PAYLOAD_SECRET: 'a secret of the tests, long enough for the rule',
    KIZUNA_KEYS: generateKeyRing(),
    CMS_API_KEY: 'an API key of the tests, long enough',
  })
  const cms = await openCms(process.env)
  await cms.payload.create({
    collection: 'kizuna-series',
    data: {
      name: '見本',
      code: 'child',
      anchor: 'birthDate',
      from: 'day0',
      to: 'month72',
    },
  })
  await cms.close()
}, 60_000)

beforeEach(() => {
  lines = { out: [], err: [] }
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const run = async (text: string | null, more: { isDryRun?: boolean; isJson?: boolean } = {}) => {
  const path = join(folder, 'file.csv')
  await rm(path, { force: true })
  if (text !== null) await writeFile(path, text)
  const args = { kind: 'manuscripts', path, isDryRun: false, isJson: false, ...more } as const
  return importTexts(args, {
    out: async (line) => void lines.out.push(line),
    err: async (line) => void lines.err.push(line),
    env: process.env,
    ownNow: () => new Date(),
  })
}

const file = 'series,slot,title,subject,body\nchild,生後3日,見本,件名,本文'

test('a dry run, the import and the same import again', async () => {
  expect(await run(file, { isDryRun: true })).toBe(0)
  expect(lines.out.at(-1)).toContain('何も書き込んでいません')
  expect(await run(file)).toBe(0)
  expect(lines.out.at(-1)).toBe('新規 1 件、変更 0 件、変更なし 0 件を下書きとして取り込みました。')
  expect(await run(file, { isJson: true })).toBe(0)
  expect(JSON.parse(lines.out.at(-1)!)).toMatchObject({ unchanged: 1, created: 0, problems: [] })
})

test('states of texts that were lost are derived anew', async () => {
  const lost = await openCms(process.env)
  await lost.payload.db.updateOne({
    collection: 'kizuna-text-states',
    where: {},
    data: { title: '違う題名' },
  })
  await lost.close()
  const io = {
    out: async (line: string) => void lines.out.push(line),
    err: async (line: string) => void lines.err.push(line),
    env: process.env,
    ownNow: () => new Date(),
  }
  expect(await rebuildAllStates({ isJson: false }, io)).toBe(0)
  expect(lines.out).toEqual(['原稿 1 件の状態を、はじめから作り直しました。'])
  const { payload, close } = await openCms(process.env)
  const { docs } = await payload.db.find<{ title: string }>({ collection: 'kizuna-text-states' })
  expect(docs.map(({ title }) => title)).toEqual(['見本'])
  await close()
})

test('a wrong row is shown with its line, exit code 1', async () => {
  expect(await run(file.replace('生後3日', '生後-3日'))).toBe(1)
  expect(lines.out[0]).toMatch(/^2行目「slot」: /)
})

test('rows with one mistake are one line with their rows, their heading and their values', async () => {
  const rows = ['x', 'y', 'z'].map((slot) => `child,${slot},見本,件名,本文`)
  const text = ['原稿一覧', 'シリーズ,配信日,題名,件名,本文', ...rows, 'child,day7,,,'].join('\n')
  expect(await run(text)).toBe(1)
  expect(lines.out[0]).toMatch(/^3〜5行目「配信日」: .*「x」「y」「z」\(3 行\)$/)
  expect(lines.out.at(-1)).toMatch(/^file\.csvに \d+ 件の誤り/)
})

test('a file that cannot be read is named', async () => {
  expect(await run('')).toBe(1)
  expect(lines.err).toEqual(['file.csv: ファイルが空です。'])
})

test('a file that is not there is one sentence, exit code 1', async () => {
  expect(await run(null)).toBe(1)
  expect(lines.err).toEqual([expect.stringContaining('読めません')])
})

test('a second factor is ended at the shell, where there is one', async () => {
  const io = {
    out: async (line: string) => void lines.out.push(line),
    err: async (line: string) => void lines.err.push(line),
    env: process.env,
    ownNow: () => new Date(),
  }
  expect(await endSecondFactor('nobody@example.jp', io)).toBe(1)
  expect(lines.err).toEqual([expect.stringContaining('アカウントは見つかりません')])
})
