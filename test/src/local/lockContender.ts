// A process of the lock's tests: `hold` keeps a data folder, `hold-with-heir` with a program that
// inherits the lock and lives on; `die` ends with the lock in hand; `fight`
// takes and leaves it many times and ends with 1 if anybody else is in meanwhile.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

import { parseConfig } from '../../../src/config/config'
import { takeFileLock } from '../../../src/local/fileLock'
import { lockDataFolder } from '../../../src/local/folderLock'
import { isAlive } from '../../../src/local/liveProcess'
import { placesOf } from '../../../src/local/places'

const ROUNDS = 200
const [, , how = '', path = ''] = process.argv

if (how.startsWith('hold')) {
  const places = placesOf(parseConfig({}))
  const { file } = await lockDataFolder({ dataDir: path, places, now: () => new Date() })
  process.stdout.write(`${how === 'hold' ? 'held' : startHeir(file)}\n`)
  setInterval(() => undefined, 1000)
} else {
  process.stdout.write('fighting\n')
  for (let round = 0; round < ROUNDS; round += 1) {
    const release = await untilTaken()
    if (how === 'die') process.kill(process.pid, 'SIGKILL')
    enter(round)
    await sleep(0)
    if (how === 'fight-and-die' && round === ROUNDS / 2) process.kill(process.pid, 'SIGKILL')
    rmSync(`${path}.inside`)
    release()
  }
}

/** A program that has the lock's file, and its number. */
function startHeir(file: number): number | undefined {
  const script = 'setInterval(() => undefined, 1000)'
  return spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'ignore', 'ignore', file] })
    .pid
}

async function untilTaken(): Promise<() => void> {
  for (;;) {
    const lock = takeFileLock(path, 'alone')
    if (lock) return lock.release
    await sleep(0)
  }
}

/** Makes a file that nobody alive may have made: two inside at once fail. */
function enter(round: number): void {
  const inside = `${path}.inside`
  if (existsSync(inside)) {
    const pid = Number(readFileSync(inside, 'utf8'))
    if (isAlive(pid)) fail(round)
    rmSync(inside)
  }
  writeFileSync(inside, String(process.pid), { flag: 'wx' })
}

function fail(round: number): never {
  process.stderr.write(`round ${round}: two are inside\n`)
  process.exit(1)
}
