// The lines that runs leave, and the figure that is computed from them.
import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Where the lines are kept: appended to, never rewritten. */
export const RUNS_FILE = join(import.meta.dirname, 'runs.ndjson')

/** What one run came to; nothing in it is of a machine. */
export interface RunLine {
  /** Of the form of these lines. */
  version: 1
  seed: number
  faults: string[]
  workers: number
  deliveries: number
  /** Of them those the ledger lists as accepted, and copies a provider took; absent in early lines. */
  accepted?: number
  taken?: number
  /** Worker processes that were ended by kill -9. */
  kills: number
  /** Texts that a provider took once more than once. */
  copies: number
  /** Texts that should have gone out, and are neither taken nor listed as something else. */
  lost: number
  /** Deliveries listed as unknown at the end. */
  unknown: number
  /** The most mails that became unknown by one death. */
  unknownByDeath: number
  /** Connections to relays that may be open at once. */
  connections: number
  /** Everything else that broke a promise, as sentences. */
  problems: string[]
  /** What they came from, once it was shown; absent: nobody knows yet. */
  explained?: string
}

/** Several runs together. */
export interface Total {
  runs: number
  deliveries: number
  kills: number
  copies: number
  lost: number
  unknown: number
  problems: number
  /** Of them those whose cause was shown. */
  explained: number
  /** Faults that there were, by name. */
  faults: number
  /** Whether no death left more mails unknown than connections were open. */
  isUnknownBounded: boolean
}

/** All runs together. *Pure.* */
export function totalOf(lines: readonly RunLine[]): Total {
  const sum = (of: (line: RunLine) => number) => lines.reduce((all, line) => all + of(line), 0)
  return {
    runs: lines.length,
    deliveries: sum(({ deliveries }) => deliveries),
    kills: sum(({ kills }) => kills),
    copies: sum(({ copies }) => copies),
    lost: sum(({ lost }) => lost),
    unknown: sum(({ unknown }) => unknown),
    problems: sum(({ problems }) => problems.length),
    explained: sum(({ problems, explained }) => (explained ? problems.length : 0)),
    faults: new Set(lines.flatMap(({ faults }) => faults)).size,
    isUnknownBounded: lines.every((line) => line.unknownByDeath <= line.connections),
  }
}

/** The upper end of the 95 % interval of a rate, when it was seen 0 times in n: 3/n. *Pure.* */
export function boundOf(kills: number): string {
  return kills === 0 ? '1' : (3 / kills).toPrecision(2)
}

/** The README's sentence. *Pure.* */
export function sentenceOf(total: Total): string {
  const bound = `1 回の停止あたりの割合の 95 % 上限は 3/N = ${boundOf(total.kills)}`
  const unknown = total.isUnknownBounded
    ? `どの停止でも開いている接続の数まで`
    : `開いている接続の数を超えた停止があります`
  return (
    `これまでに ${total.runs} 回、名前のある障害 ${total.faults} 種類を組み合わせ、worker を kill -9 で ${count(total.kills)} 回止め、` +
    `配信 ${count(total.deliveries)} 件のうち、二重 ${total.copies} 件、なくなった文 ${total.lost} 件` +
    `(${bound})、台帳に 1 件ずつ残った不明 ${count(total.unknown)} 件(停止で不明になるメールは、${unknown})、ほかの食い違い ${count(total.problems)} 件(うち原因の分かったもの ${count(total.explained)} 件)。`
  )
}

function count(number: number): string {
  return number.toLocaleString('en-US')
}

/** The lines that are kept. */
export async function readRuns(path = RUNS_FILE): Promise<RunLine[]> {
  const text = await readFile(path, 'utf8')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RunLine)
}

/** Keeps one more line. */
export function keepRun(line: RunLine, path = RUNS_FILE): Promise<void> {
  return appendFile(path, `${JSON.stringify(line)}\n`)
}
