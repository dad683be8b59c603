import type { CliIo } from '../../../worker/cli/commands'
import { runCommand } from '../../../worker/cli/runCommand'

/** Runs `kizuna …` in this process, in the world of a test. */
export async function runIn(
  { now, ...world }: Pick<CliIo, 'env'> & { now: CliIo['ownNow'] } & Partial<CliIo>,
  args: string[],
) {
  const out: string[] = []
  const err: string[] = []
  const code = await runCommand(args, {
    out: async (line) => void out.push(line),
    err: async (line) => void err.push(line),
    readLine: async () => '',
    onStop: () => undefined,
    ownNow: now,
    ...world,
  })
  return { code, out, err, json: () => JSON.parse(out.join('\n')) }
}

/** What a command printed and its exit code. */
export interface Answer {
  code: number
  out: string
  err: string
}

/** Runs `kizuna …` in this process, with a world of its own. */
export async function kizuna(...args: string[]): Promise<Answer> {
  const world = { env: {}, now: () => new Date('2026-10-01T00:00:00Z') }
  const { code, out, err } = await runIn(world, args)
  const printed = (lines: string[]) => lines.map((line) => `${line}\n`).join('')
  return { code, out: printed(out), err: printed(err) }
}

/** The JSON a command printed; fails when it did not exit with 0. */
export async function kizunaJson(...args: string[]): Promise<unknown> {
  const answer = await kizuna(...args, '--json')
  if (answer.code !== 0) throw new Error(answer.err)
  return JSON.parse(answer.out)
}
