// A process of the lock's tests: `hold` keeps a data folder; `die` ends with the lock in hand; `fight`
// takes and leaves it many times and ends with 1 if anybody else is in meanwhile.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

import { takeFileLock } from '../../../src/local/fileLock'
import { lockDataFolder } from '../../../src/local/folderLock'
import { isAlive } from '../../../src/local/liveProcess'

const ROUNDS = 200
const [, , how = '', path = ''] = process.argv

if (how === 'hold') {
  const ports = { cms: 1, web: 2, sandbox: 3 }
  await lockDataFolder({ dataDir: path, ports, now: () => new Date() })
  process.stdout.write('held\n')
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

async function untilTaken(): Promise<() => void> {
  for (;;) {
    const release = takeFileLock(path, 'alone')
    if (release) return release
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
