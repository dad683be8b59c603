import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'

import { isFree } from '../../src/local/port'
import { createLines, type Lines } from './lines'

const root = resolve(import.meta.dirname, '../..')

/** What jest and npm put into the environment; the launcher is started as from a shell. */
const OF_THE_TEST = /^(NODE_OPTIONS|NODE_ENV|JEST_WORKER_ID|TEST_|npm_)/

/** Settings that would lead the launcher away from its own data folder. */
const OF_THE_MACHINE =
  /^(DATABASE_URL|DELIVERY_DATABASE_URL|CMS_URL|CMS_API_KEY|LINE_API_URL|SMTP_URL|PUBLIC_URL|PAYLOAD_SECRET|KIZUNA_KEYS)$/

/** Where a kizuna of its own lives: a data folder and four ports. */
export interface Place {
  dataDir: string
  cmsPort: number
  webPort: number
  sandboxPort: number
}

/** Where a running kizuna is reached. */
export interface Addresses {
  admin: string
  web: string
  inbox: string
  /** Password of every demo log-in, as the launcher printed it. */
  password: string
}

/** A kizuna started by the real launcher. */
export interface RunningKizuna extends Addresses {
  /** What the launcher printed. */
  printed: () => string
  /** From the start to the last line of the banner. */
  seconds: number
  /** Ctrl-C in the launcher's terminal; resolves with its exit code. */
  interrupt: () => Promise<number | null>
}

/**
 * Four ports in a row nobody listens on, below those the system hands out: the build takes a minute,
 * and meanwhile another test's connection would be given one of them.
 */
export async function choosePlace(dataDir: string): Promise<Place> {
  for (;;) {
    const first = 20_000 + 4 * Math.floor(Math.random() * 2500)
    const ports = [first, first + 1, first + 2, first + 3]
    const free = await Promise.all(ports.map(isFree))
    if (!free.includes(false)) {
      return { dataDir, cmsPort: first, webPort: first + 1, sandboxPort: first + 2 }
    }
  }
}

/**
 * Starts everything as `npm start` does and waits for the last line of its banner.
 *
 * @throws Error with everything it printed when it ends before.
 */
export async function startKizuna(place: Place): Promise<RunningKizuna> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/launch/main.ts'], {
    cwd: root,
    env: environment(place) as NodeJS.ProcessEnv,
    // A process group of its own, so that an interrupt reaches it and its programs alone.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines = createLines(child.stdout, child.stderr)
  const exited = once(child, 'exit') as Promise<[number | null]>
  await Promise.race([lines.until('Ctrl-C を押してください'), failure(exited, lines)])
  return {
    ...addresses(lines.text()),
    printed: lines.text,
    seconds: (performance.now() - startedAt) / 1000,
    interrupt: async () => {
      if (child.pid) process.kill(-child.pid, 'SIGINT')
      const [code] = await exited
      return code
    },
  }
}

/** Where a program of a place writes its log. */
export function logOf({ dataDir }: Place, program: string): string {
  return join(dataDir, 'logs', `${program}.log`)
}

async function failure(exited: Promise<[number | null]>, lines: Lines): Promise<never> {
  const [code] = await exited
  throw new Error(`The launcher ended with ${code}:\n${lines.text()}`)
}

function environment(place: Place): Record<string, string | undefined> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !OF_THE_TEST.test(name) && !OF_THE_MACHINE.test(name),
  )
  const { TEST_MONGOD } = process.env
  return {
    ...Object.fromEntries(inherited),
    KIZUNA_DATA_DIR: place.dataDir,
    CMS_PORT: String(place.cmsPort),
    WEB_PORT: String(place.webPort),
    SANDBOX_PORT: String(place.sandboxPort),
    ...(TEST_MONGOD && { MONGOMS_SYSTEM_BINARY: TEST_MONGOD }),
  }
}

function addresses(printed: string): Addresses {
  return {
    admin: found(printed, /管理画面\s+(http\S+)/),
    web: found(printed, /読者の登録\s+(http:\/\/[^/\s]+)/),
    inbox: found(printed, /練習用の受信箱\s+(http\S+)/),
    password: found(printed, /パスワードはどれも (\S+)/),
  }
}

function found(printed: string, pattern: RegExp): string {
  const value = pattern.exec(printed)?.[1]
  if (!value) throw new Error(`The launcher did not print ${String(pattern)}:\n${printed}`)
  return value
}
