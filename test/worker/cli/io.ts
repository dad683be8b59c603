import type { CliIo } from '../../../worker/cli/commands'
import { runKizuna } from '../../../worker/cli/frame'

/** What a command printed and its exit code. */
export interface Answer {
  code: number
  out: string
  err: string
}

/** Runs `kizuna …` in this process, with a world of its own. */
export async function kizuna(...args: string[]): Promise<Answer> {
  const out: string[] = []
  const err: string[] = []
  const io: CliIo = {
    out: async (line) => void out.push(`${line}\n`),
    err: async (line) => void err.push(`${line}\n`),
    readLine: async () => '',
    env: {},
    now: () => new Date('2026-10-01T00:00:00Z'),
    onStop: () => undefined,
  }
  const code = await runKizuna(args, io)
  return { code, out: out.join(''), err: err.join('') }
}

/** The JSON a command printed; fails when it did not exit with 0. */
export async function kizunaJson(...args: string[]): Promise<unknown> {
  const answer = await kizuna(...args, '--json')
  if (answer.code !== 0) throw new Error(answer.err)
  return JSON.parse(answer.out)
}
