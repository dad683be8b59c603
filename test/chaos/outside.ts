// The providers: a sandbox in its own process, its faults, and its logs as the oracle.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { parseDeliveryId } from '../../src/plan/candidate'
import { LINE_MONTHLY_LIMIT_MESSAGE } from '../../worker/channel/lineApiLimits'
import type { LineTrouble, MailTrouble, Fault } from '../../worker/sandbox/fault'
import type { LineEntry } from '../../worker/sandbox/lineState'
import type { MailEntry } from '../../worker/sandbox/mailbox'
import { exitOf } from './childExit'
import type { Taken } from './copies'
import { ACCOUNTS, slotOf, type Expected, type Families } from './families'
import type { Random } from './random'

/** Providers that run on their own and keep what they took on disk. */
export interface Outside {
  linePort: number
  smtpPort: number
  /** All that was taken, from the logs on disk. */
  taken: () => Promise<Taken[]>
  /** From now on nothing goes wrong there. */
  calm: () => Promise<unknown>
  /** Resolves when what came in before is taken. */
  settled: () => Promise<void>
  stop: () => Promise<void>
}

interface OutsideOptions {
  /** What Node is started with for it. */
  program: readonly string[]
  folder: string
  families: Families
  random: Random
  /** Troubles LINE makes; default all of them. */
  lineTroubles?: readonly LineTroubleName[]
  /** Troubles the relay makes with whatever mail comes; default none. */
  relayTroubles?: readonly RelayTroubleName[]
}

/** Starts the sandbox with its faults on. */
export async function openOutside(options: OutsideOptions): Promise<Outside> {
  const { program, folder, families, random } = options
  const { lineTroubles = LINE_TROUBLE_NAMES, relayTroubles = [] } = options
  const data = join(folder, 'sandbox')
  await mkdir(data, { recursive: true })
  await writeFile(join(data, 'line.ndjson'), foreigners(families))
  const sandbox = spawn(process.execPath, program, {
    env: { ...process.env, SANDBOX_PORT: '0', KIZUNA_DATA_DIR: folder, NODE_OPTIONS: '' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const [{ url, smtpUrl }] = (await once(sandbox, 'message')) as [{ url: string; smtpUrl: string }]
  for (const account of ACCOUNTS) await post(`${url}/sandbox/channels`, account)
  await post(`${url}/sandbox/faults`, {
    line: lineFaults(random, lineTroubles),
    mail: [...families.expected.flatMap(mailFaults), ...relayFaults(random, relayTroubles)],
  })
  return {
    linePort: Number(new URL(url).port),
    smtpPort: Number(new URL(smtpUrl).port),
    taken: () => readTaken(data),
    calm: () => fetch(`${url}/sandbox/faults`, { method: 'DELETE' }),
    settled: async () => void (await fetch(`${url}/sandbox/counts`)),
    stop: () => stop(sandbox),
  }
}

async function post(url: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`The sandbox refused: ${await answer.text()}`)
}

async function stop(sandbox: ChildProcess): Promise<void> {
  sandbox.kill('SIGTERM')
  await exitOf(sandbox)
}

/** People of another provider: the API refuses a request with any of them, naming nobody. */
function foreigners({ expected }: Families): string {
  const ids = new Set(expected.filter(({ isForeign }) => isForeign).map(({ address }) => address))
  const entries = [...ids].map((id) => ({
    type: 'friend' as const,
    friend: { userId: id, provider: 'よその会社', name: 'よその人', at: 0 },
  }))
  return entries.map((entry: LineEntry) => `${JSON.stringify(entry)}\n`).join('')
}

const LINE_TROUBLES = {
  'line-500': { kind: 'answer', status: 500 },
  'line-500-taken': { kind: 'acceptThenAnswer', status: 500 },
  'line-cut-taken': { kind: 'acceptThenCut' },
  'line-cut': { kind: 'cut' },
  'line-429': { kind: 'answer', status: 429, body: { message: 'Rate limit' } },
  'line-429-month': { kind: 'answer', status: 429, body: { message: LINE_MONTHLY_LIMIT_MESSAGE } },
  'line-401': { kind: 'answer', status: 401, body: { message: 'Authentication failed' } },
  'line-hang': { kind: 'hang', isTaken: false },
  'line-hang-taken': { kind: 'hang', isTaken: true },
  'line-200-lost': { kind: 'acceptThenLose' },
} as const satisfies Record<string, LineTrouble>

/** A trouble LINE can make. */
export type LineTroubleName = keyof typeof LINE_TROUBLES

/** All troubles LINE can make here. */
export const LINE_TROUBLE_NAMES = Object.keys(LINE_TROUBLES) as LineTroubleName[]

/** The troubles that are named, each a few times, at intervals the seed chooses. */
function lineFaults(random: Random, names: readonly LineTroubleName[]): Fault<LineTrouble>[] {
  return names.map((name) => {
    const fault = { trouble: LINE_TROUBLES[name], at: 'multicast' }
    // early and once, so that a kill ends it: nothing else would for twenty seconds
    if (name.startsWith('line-hang')) return { ...fault, after: random.upTo(8) }
    // it stops the account for ten minutes
    if (name === 'line-429-month') return { ...fault, after: random.upTo(20) }
    return { ...fault, after: random.upTo(20), every: 5 + random.upTo(20), times: 6 }
  })
}

const RELAY_TROUBLES = {
  'smtp-no-greeting': { at: 'connect', trouble: { kind: 'mute' } },
  'smtp-cut-at-greeting': { at: 'connect', trouble: { kind: 'cutAtConnect' } },
  'smtp-cut-at-mail': { at: 'mail', trouble: { kind: 'cutAtMail' } },
  'smtp-cut-in-body': { trouble: { kind: 'cutInBody' } },
} as const satisfies Record<string, Fault<MailTrouble>>

/** A trouble the relay can make with whatever mail comes. */
export type RelayTroubleName = keyof typeof RELAY_TROUBLES

/** All troubles the relay can make with whatever mail comes. */
export const RELAY_TROUBLE_NAMES = Object.keys(RELAY_TROUBLES) as RelayTroubleName[]

/** How often the relay makes each of them on a day at most. */
export const RELAY_TROUBLES_EACH = 4

function relayFaults(random: Random, names: readonly RelayTroubleName[]): Fault<MailTrouble>[] {
  return names.map((name) => {
    const often = { every: 5 + random.upTo(20), times: RELAY_TROUBLES_EACH }
    return { ...RELAY_TROUBLES[name], after: random.upTo(30), ...often }
  })
}

function mailFaults({ channel, kind, address }: Expected): Fault<MailTrouble>[] {
  const trouble = channel === 'mail' ? MAIL_TROUBLES[kind] : undefined
  if (!trouble) return []
  const isForEver = kind === 'hard' || kind === 'refused'
  return [{ trouble, match: `^${address}$`, times: isForEver ? null : 1 }]
}

const MAIL_TROUBLES: Partial<Record<Expected['kind'], MailTrouble>> = {
  soft: { kind: 'answer', stage: 'rcpt', code: 451, message: '4.2.0 Greylisted' },
  full: { kind: 'answer', stage: 'data', code: 452, message: '4.2.2 Mailbox full' },
  busy: { kind: 'answer', stage: 'rcpt', code: 421, message: '4.3.2 Service not available' },
  rate: {
    kind: 'answer',
    stage: 'data',
    code: 454,
    message: 'Throttling failure: Maximum sending rate exceeded.',
  },
  slow: { kind: 'slow', ms: 400 },
  hard: { kind: 'answer', stage: 'rcpt', code: 550, message: '5.1.1 User unknown' },
  refused: { kind: 'answer', stage: 'data', code: 554, message: '5.6.0 Refused' },
  lost: { kind: 'cutAfterBody' },
  taken: { kind: 'acceptThenCut' },
  cut: { kind: 'cutBeforeBody' },
}

async function readTaken(data: string): Promise<Taken[]> {
  const [line, mail] = await Promise.all([
    entriesOf<LineEntry>(join(data, 'line.ndjson')),
    entriesOf<MailEntry>(join(data, 'mail.ndjson')),
  ])
  return [...takenByLine(line), ...mail.map(takenByRelay)]
}

function takenByLine(entries: LineEntry[]): Taken[] {
  const words = new Map<string, string>()
  const taken: Taken[] = []
  for (const entry of entries) {
    if (entry.type === 'content') words.set(entry.hash, JSON.stringify(entry.messages))
    if (entry.type !== 'accepted') continue
    const { to, at, messagesHash } = entry.call
    const slot = slotOf(words.get(messagesHash) ?? '')
    taken.push(
      ...to.map((address) => ({ channel: 'line' as const, address, slot, pair: null, at })),
    )
  }
  return taken
}

/** A mail's own id names its delivery. */
function takenByRelay({ messageId, to, at }: MailEntry): Taken {
  const named = Buffer.from(messageId.slice(1).split('@')[0]!, 'base64url').toString()
  const { pair, slot } = parseDeliveryId(named)
  return { channel: 'mail', address: to.join(), slot, pair, at }
}

async function entriesOf<T>(path: string): Promise<T[]> {
  const text = await readFile(path, 'utf8').catch(() => '')
  const lines = text.split('\n').filter((line) => line !== '')
  return lines.map((line) => JSON.parse(line) as T)
}
