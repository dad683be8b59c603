import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { afterEach, beforeEach, expect, test } from '@jest/globals'

import { parseConfig } from '../../../src/config/config'
import { takeFileLock } from '../../../src/local/fileLock'
import { FolderInUseError, holderOf, lockDataFolder } from '../../../src/local/folderLock'
import { placesOf } from '../../../src/local/places'

const SINCE = Date.UTC(2026, 10, 27, 8, 5)
const places = placesOf(parseConfig({ CMS_PORT: '3100', WEB_PORT: '3101', SANDBOX_PORT: '3102' }))
const now = () => new Date(SINCE)
const onWait = () => {
  throw new Error('There is nobody to wait for')
}
const root = resolve(import.meta.dirname, '../../..')
let dataDir = ''

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'kizuna-lock-'))
})
afterEach(() => rm(dataDir, { recursive: true }))

test('a second start on a folder is told who holds it, since when, where, and what to do', async () => {
  const first = await lockDataFolder({ dataDir, places, now })
  const refused = lockDataFolder({ dataDir, places, now })
  await expect(refused).rejects.toThrow(FolderInUseError)
  await expect(refused).rejects.toThrow(
    `データのフォルダー ${dataDir} では、もう kizuna が動いています(プロセス番号 ${process.pid}、2026年11月27日(金) 17:05 から)。管理画面は http://localhost:3100/admin です。`,
  )
  await expect(refused).rejects.toThrow(`kill ${process.pid}`)
  expect(await holderOf(dataDir)).toEqual({
    pid: process.pid,
    since: SINCE,
    clock: null,
    ...places,
  })
  await first.release()
  expect(await holderOf(dataDir)).toBeNull()
  const second = await lockDataFolder({ dataDir, places, now, onWait })
  await second.release()
})

test('a copy of a folder in use is free, and names nobody', async () => {
  const first = await lockDataFolder({ dataDir, places, now })
  const copy = join(dataDir, 'copy')
  for (const name of await readdir(dataDir)) await cp(join(dataDir, name), join(copy, name))
  expect(await holderOf(copy)).toBeNull()
  const ofCopy = await lockDataFolder({ dataDir: copy, places, now, onWait })
  await expect(lockDataFolder({ dataDir, places, now })).rejects.toThrow(FolderInUseError)
  await ofCopy.release()
  await first.release()
})

test('a folder whose start was killed is free at once, and the next one knows', async () => {
  const { holder, ended, line } = await child('hold', dataDir)
  expect(line).toBe('held')
  await expect(lockDataFolder({ dataDir, places, now })).rejects.toThrow(
    `プロセス番号 ${holder.pid}`,
  )
  holder.kill('SIGKILL')
  await ended
  const next = await lockDataFolder({ dataDir, places, now, onWait })
  await next.release()
})

test('after a kill the folder is held until the last program that inherited its lock is gone', async () => {
  const { holder, ended, line: heir } = await child('hold-with-heir', dataDir)
  holder.kill('SIGKILL')
  await ended
  expect(await holderOf(dataDir)).toBeNull()
  await expect(lockDataFolder({ dataDir, places, now, endingMs: 0 })).rejects.toThrow(
    `前回の kizuna のプログラム(プロセス番号 ${heir})が、まだ使っています`,
  )
  const onWait = () => process.kill(Number(heir), 'SIGKILL')
  const next = await lockDataFolder({ dataDir, places, now, onWait })
  await next.release()
})

test('a folder that cannot be is refused with what to set', async () => {
  const file = join(dataDir, 'file')
  await writeFile(file, '')
  for (const impossible of [file, join(file, 'data')]) {
    const lock = lockDataFolder({ dataDir: impossible, places, now })
    await expect(lock).rejects.toThrow(
      `データのフォルダー ${impossible} に書き込めないか、その置き場所ではファイルの鍵が使えません`,
    )
  }
})

test.each(['', '{"pid":', '[]', '{"pid":-1}'])(
  'a note that names nobody (%j) keeps nobody out',
  async (text) => {
    await writeFile(join(dataDir, 'start.json'), text)
    const start = await lockDataFolder({ dataDir, places, now, onWait })
    await start.release()
  },
)

test('one who shares a lock keeps out who wants it alone, and not who shares it', () => {
  const path = join(dataDir, 'users.lock')
  const one = takeFileLock(path, 'shared')
  const two = takeFileLock(path, 'shared')
  expect([one, two]).not.toContain(null)
  one?.release()
  expect(takeFileLock(path, 'alone')).toBeNull()
  two?.release()
  const alone = takeFileLock(path, 'alone')
  expect(takeFileLock(path, 'shared')).toBeNull()
  alone?.release()
})

test('of many processes that fight for a lock and are killed in it, never two have it', async () => {
  const path = join(dataDir, 'fought.lock')
  const killed = await Promise.all(['die', 'die'].map((how) => child(how, path)))
  for (const { ended } of killed) await ended
  const hows = ['fight-and-die', 'fight-and-die', 'fight', 'fight']
  const contenders = await Promise.all(hows.map((how) => child(how, path)))
  for (const { ended } of contenders) await ended
  const ends = contenders.map(({ holder }) => holder.signalCode ?? holder.exitCode)
  expect(ends.toSorted()).toEqual([0, 0, 'SIGKILL', 'SIGKILL'])
}, 60_000)

/** Starts a process that locks; resolves with its first line. */
async function child(how: string, path: string) {
  const script = join(import.meta.dirname, 'lockContender.ts')
  const holder = spawn(process.execPath, ['--import', 'tsx', script, how, path], {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(holder, 'exit')
  const [line] = (await once(holder.stdout, 'data')) as [Buffer]
  return { holder, ended, line: String(line).trim() }
}
