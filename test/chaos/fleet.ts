import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'

import { exitOf } from './childExit'
import { openProxy, type Gate, type Proxy } from './proxy'
import { lineReader, mongoReader, smtpReader, type Reader } from './wire'

/** A moment at which a worker is hit: at the nth time something of this kind is asked for. */
export interface Fault {
  event: string
  nth: number
  /**
   * `before`: killed, and what it asked for never arrives. `after`: killed when the answer is there,
   * which it never sees. `freeze`: stopped until another worker has taken over, then it goes on.
   * `cut`: only its connection ends, before what it asked for; `cutAnswer`: instead of the answer.
   */
  moment: 'before' | 'after' | 'freeze' | 'cut' | 'cutAnswer'
}

/** Decides which worker is hit, and when. */
export interface Strikes {
  /** The fault that falls when a worker asks for something. */
  at: (worker: number, event: string) => Fault | null
  /** After how long a worker is killed at whatever it does; null is never. */
  lifeMs: (worker: number) => { ms: number; from: 'spawn' | 'started' } | null
  /** How far a worker's clock is from the database's. */
  apartMs?: (worker: number) => number
  /** From now on nothing falls. */
  end: () => void
}

/** What a fleet tells. */
export type News =
  | { kind: 'killed'; fault: Fault }
  | { kind: 'cut'; fault: Fault }
  | { kind: 'frozen'; worker: number; thaw: () => void }
  | { kind: 'log'; worker: number; line: Record<string, unknown> }
  /** `isHit`: a fault had hit it, and it ended before it could be killed. */
  | { kind: 'ended'; code: number | null; isHit: boolean }

interface FleetOptions {
  /** What Node is started with for it. */
  program: readonly string[]
  /** The delivery database as everybody else reaches it. */
  databaseUrl: string
  linePort: number
  smtpPort: number
  cmsUrl: string
  keys: string
  clock: MovableClock
  strikes: Strikes
  tell: (news: News) => void
  /** How what goes to LINE is read. @default {@link lineReader} */
  readLine?: () => Reader
}

/** The clock of a day: that of this process, moved. */
export interface MovableClock {
  offsetMs: number
}

interface Worker {
  number: number
  child: ChildProcess
  proxies: Proxy[]
  /** Its program runs and knows what SIGTERM means. */
  isStarted: boolean
  isDoomed: boolean
  /** Its end is waited for already. */
  isEnding: boolean
}

/** Real worker processes on one movable clock, with proxies on all they say to the outside. */
export function createFleet(options: FleetOptions) {
  const { tell, strikes, clock } = options
  const workers = new Map<number, Worker>()
  let started = 0

  const start = async (): Promise<void> => {
    const number = started++
    const gate: Gate = (event) => decide(number, event)
    const [database, line, smtp] = await Promise.all([
      openProxy({ target: portOf(options.databaseUrl), reader: mongoReader, gate }),
      openProxy({
        target: options.linePort,
        reader: options.readLine ?? lineReader,
        gate,
      }),
      openProxy({ target: options.smtpPort, reader: smtpReader, gate }),
    ])
    const child = spawn(process.execPath, [...options.program, 'worker'], {
      env: environment({ database, line, smtp }, strikes.apartMs?.(number) ?? 0),
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    })
    const worker = {
      number,
      child,
      proxies: [database, line, smtp],
      isStarted: false,
      isDoomed: false,
      isEnding: false,
    }
    workers.set(number, worker)
    child.once('exit', (code) => {
      if (worker.isEnding) return
      // Also one that was to be killed at an answer that never came: else nobody takes its place.
      const isHit = worker.isDoomed
      void leave(worker).then(() => tell({ kind: 'ended', code, isHit }))
    })
    limitLife(worker, 'spawn')
    createInterface({ input: child.stdout! }).on('line', (text) => {
      const line = JSON.parse(text) as Record<string, unknown>
      if (line.msg === 'started') {
        worker.isStarted = true
        limitLife(worker, 'started')
      }
      tell({ kind: 'log', worker: number, line })
    })
  }

  const environment = (
    proxies: { database: Proxy; line: Proxy; smtp: Proxy },
    apartMs: number,
  ) => ({
    ...process.env,
    NODE_OPTIONS: '',
    CHAOS_CLOCK_OFFSET_MS: String(clock.offsetMs),
    CHAOS_CLOCK_APART_MS: String(apartMs),
    DATABASE_URL: 'mongodb://127.0.0.1:9/nobody?replicaSet=none',
    DELIVERY_DATABASE_URL: hasMembers(options.databaseUrl)
      ? options.databaseUrl
      : through(options.databaseUrl, proxies.database),
    LINE_API_URL: `http://127.0.0.1:${proxies.line.port}`,
    SMTP_URL: `smtp://127.0.0.1:${proxies.smtp.port}`,
    MAIL_DOMAIN_PER_SECOND: '10000', // all are of one domain
    MAIL_DOMAIN_AT_ONCE: '10000',
    CMS_URL: options.cmsUrl,
    CMS_API_KEY: 'x'.repeat(32),
    PAYLOAD_SECRET: 'x'.repeat(32),
    PUBLIC_URL: 'https://web.example',
    KIZUNA_KEYS: options.keys,
  })

  const decide = (number: number, event: string): ReturnType<Gate> => {
    const worker = workers.get(number)
    if (!worker || worker.isDoomed) return { passage: 'pass' }
    const fault = strikes.at(number, event)
    if (!fault) return { passage: 'pass' }
    if (fault.moment === 'freeze') return { passage: freeze(worker) }
    if (fault.moment === 'cut' || fault.moment === 'cutAnswer') return cut(fault)
    worker.isDoomed = true
    if (fault.moment === 'after') {
      return { passage: 'withholdAnswer', onAnswer: () => void kill(worker, fault) }
    }
    void kill(worker, fault)
    return { passage: 'drop' }
  }

  const cut = (fault: Fault): ReturnType<Gate> => {
    tell({ kind: 'cut', fault })
    return fault.moment === 'cut'
      ? { passage: 'drop' }
      : { passage: 'withholdAnswer', onAnswer: () => undefined }
  }

  const limitLife = (worker: Worker, since: 'spawn' | 'started') => {
    const life = strikes.lifeMs(worker.number)
    if (life?.from !== since) return
    const fault: Fault = { event: 'instant', nth: 1, moment: 'before' }
    const timer = setTimeout(() => void kill(worker, fault), life.ms)
    worker.child.once('exit', () => clearTimeout(timer))
  }

  const kill = async (worker: Worker, fault: Fault) => {
    if (worker.isEnding) return // two faults at once are one death
    await end(worker, 'SIGKILL')
    tell({ kind: 'killed', fault })
  }

  const freeze = ({ number, child }: Worker): Promise<void> => {
    child.kill('SIGSTOP')
    return new Promise((resolve) => {
      const thaw = () => {
        child.kill('SIGCONT')
        resolve()
      }
      tell({ kind: 'frozen', worker: number, thaw })
    })
  }

  const end = async (worker: Worker, signal: NodeJS.Signals) => {
    const { child } = worker
    worker.isDoomed = true
    worker.isEnding = true
    child.kill(signal)
    const code = await exitOf(child)
    await leave(worker)
    return code
  }

  /** Nothing goes through to anybody for a worker that is gone. */
  const leave = async (worker: Worker): Promise<void> => {
    worker.isDoomed = true
    worker.isEnding = true
    workers.delete(worker.number)
    await Promise.all(worker.proxies.map((proxy) => proxy.close()))
  }

  return {
    start,
    size: () => workers.size,
    /** Moves the clock of all workers on, and of those that start later. */
    advance: (ms: number): void => {
      clock.offsetMs += ms
      for (const { child } of workers.values()) {
        if (child.connected) child.send({ offsetMs: clock.offsetMs }, () => undefined)
      }
    },
    /** Whether none of those who live will be killed after some time. */
    isCalm: (): boolean => [...workers.keys()].every((number) => !strikes.lifeMs(number)),
    /** From now on nobody is killed. */
    calm: (): void => strikes.end(),
    /** Kills all workers; nobody is told, and others may be started. */
    killAll: async (): Promise<void> => {
      await Promise.all([...workers.values()].map((worker) => end(worker, 'SIGKILL')))
    },
    /** Ends all workers; gives the exit codes of those that no fault had hit. */
    stop: async (signal: NodeJS.Signals = 'SIGTERM'): Promise<(number | null)[]> => {
      strikes.end()
      const all = [...workers.values()]
      const sound = all.filter(({ isStarted, isDoomed }) => isStarted && !isDoomed)
      const others = all.filter((worker) => !sound.includes(worker))
      const codes = Promise.all(sound.map((worker) => end(worker, signal)))
      await Promise.all(others.map((worker) => end(worker, 'SIGKILL')))
      return codes
    },
  }
}

/** Real worker processes. */
export type Fleet = ReturnType<typeof createFleet>

function portOf(databaseUrl: string): number {
  return Number(/:(\d+)\//.exec(databaseUrl)![1])
}

/** Whoever knows one of a set's members finds the others, past any proxy. */
function hasMembers(databaseUrl: string): boolean {
  return databaseUrl.includes(',')
}

/** The same database through a proxy; a direct connection does not look for the real port. */
function through(databaseUrl: string, { port }: Proxy): string {
  return `${databaseUrl.replace(/:\d+\//, `:${port}/`)}&directConnection=true`
}
