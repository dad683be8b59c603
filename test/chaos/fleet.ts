import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

import { openProxy, type Gate, type Proxy } from './proxy'
import { forgetfulLineReader, lineReader, mongoReader, smtpReader } from './wire'

/** A moment at which a worker is hit: at the nth time something of this kind is asked for. */
export interface Fault {
  event: string
  nth: number
  /**
   * `before`: killed, and what it asked for never arrives. `after`: killed when the answer is there,
   * which it never sees. `freeze`: stopped until another worker has taken over, then it goes on.
   */
  moment: 'before' | 'after' | 'freeze'
}

/** What a fleet tells. */
export type News =
  | { kind: 'killed'; fault: Fault }
  | { kind: 'frozen'; worker: number; thaw: () => void }
  | { kind: 'log'; worker: number; line: Record<string, unknown> }
  | { kind: 'ended'; code: number | null }

interface FleetOptions {
  /** The bundled program. */
  program: string
  /** The delivery database as everybody else reaches it. */
  databaseUrl: string
  linePort: number
  smtpPort: number
  keys: string
  /** What the workers' clocks show at the start. */
  startAt: Date
  faults: Fault[]
  tell: (news: News) => void
  /** The control: LINE sees another retry key each time. */
  isForgetful?: boolean
}

interface Worker {
  number: number
  child: ChildProcess
  proxies: Proxy[]
  /** Its program runs and knows what SIGTERM means. */
  isStarted: boolean
  isDoomed: boolean
}

/** Real worker processes on one movable clock, with proxies on all they say to the outside. */
export function createFleet(options: FleetOptions) {
  const { tell, faults } = options
  const workers = new Map<number, Worker>()
  let offsetMs = options.startAt.getTime() - Date.now()
  let started = 0
  const struck = new Map<Fault, number>()

  const start = async (): Promise<void> => {
    const number = started++
    const gate: Gate = (event) => decide(number, event)
    const isForgetful = options.isForgetful === true
    const [database, line, smtp] = await Promise.all([
      openProxy({ target: portOf(options.databaseUrl), reader: mongoReader, gate }),
      openProxy({
        target: options.linePort,
        reader: isForgetful ? forgetfulLineReader : lineReader,
        gate,
      }),
      openProxy({ target: options.smtpPort, reader: smtpReader, gate }),
    ])
    const child = spawn(process.execPath, ['--enable-source-maps', options.program, 'worker'], {
      env: environment({ database, line, smtp }),
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    })
    const worker = {
      number,
      child,
      proxies: [database, line, smtp],
      isStarted: false,
      isDoomed: false,
    }
    workers.set(number, worker)
    child.once('exit', (code) => {
      if (!worker.isDoomed) tell({ kind: 'ended', code })
    })
    createInterface({ input: child.stdout! }).on('line', (text) => {
      const line = JSON.parse(text) as Record<string, unknown>
      worker.isStarted ||= line.msg === 'started'
      tell({ kind: 'log', worker: number, line })
    })
  }

  const environment = (proxies: { database: Proxy; line: Proxy; smtp: Proxy }) => ({
    ...process.env,
    NODE_OPTIONS: '',
    CHAOS_CLOCK_OFFSET_MS: String(offsetMs),
    DATABASE_URL: 'mongodb://127.0.0.1:9/nobody?replicaSet=none',
    DELIVERY_DATABASE_URL: through(options.databaseUrl, proxies.database),
    LINE_API_URL: `http://127.0.0.1:${proxies.line.port}`,
    SMTP_URL: `smtp://127.0.0.1:${proxies.smtp.port}`,
    CMS_URL: 'http://127.0.0.1:9',
    CMS_API_KEY: 'x'.repeat(32),
    PAYLOAD_SECRET: 'x'.repeat(32),
    PUBLIC_URL: 'https://web.example',
    KIZUNA_KEYS: options.keys,
  })

  /** Faults fall in their order, but one whose moment does not come any more holds up no other. */
  const decide = (number: number, event: string): ReturnType<Gate> => {
    const worker = workers.get(number)
    const at = faults.findIndex((one) => one.event === event)
    const fault = faults[at]
    if (!worker || worker.isDoomed || !fault) return { passage: 'pass' }
    const count = (struck.get(fault) ?? 0) + 1
    struck.set(fault, count)
    if (count < fault.nth * (at + 1)) return { passage: 'pass' }
    faults.splice(at, 1)
    if (fault.moment === 'freeze') return { passage: freeze(worker) }
    worker.isDoomed = true
    if (fault.moment === 'after') {
      return { passage: 'withholdAnswer', onAnswer: () => void kill(worker, fault) }
    }
    void kill(worker, fault)
    return { passage: 'drop' }
  }

  const kill = async (worker: Worker, fault: Fault) => {
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
    const { number, child, proxies } = worker
    worker.isDoomed = true
    const exited = child.exitCode === null ? once(child, 'exit') : Promise.resolve([child.exitCode])
    child.kill(signal)
    const [code] = (await exited) as [number | null]
    workers.delete(number)
    await Promise.all(proxies.map((proxy) => proxy.close()))
    return code
  }

  return {
    start,
    size: () => workers.size,
    /** Moves the clock of all workers on, and of those that start later. */
    advance: (ms: number): void => {
      offsetMs += ms
      for (const { child } of workers.values()) child.send({ offsetMs })
    },
    /** Ends all workers; gives the exit codes of those that no fault had hit. */
    stop: async (signal: NodeJS.Signals = 'SIGTERM'): Promise<(number | null)[]> => {
      faults.length = 0
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

/** The same database through a proxy; a direct connection does not look for the real port. */
function through(databaseUrl: string, { port }: Proxy): string {
  return `${databaseUrl.replace(/:\d+\//, `:${port}/`)}&directConnection=true`
}
