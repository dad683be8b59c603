// `npm run kizuna -- …`: gives the commands the real world and the process their exit code.
import { once } from 'node:events'
import { createInterface } from 'node:readline'

import { systemNow } from '../../src/config/clock'
import { runCommand } from './runCommand'

process.stdout.on('error', leaveQuietly)
process.exitCode = await runCommand(process.argv.slice(2), {
  out: (line) => write(process.stdout, line),
  err: (line) => write(process.stderr, line),
  readLine,
  env: process.env,
  ownNow: systemNow,
  onStop: (listener) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, listener)
  },
})

async function write(stream: NodeJS.WriteStream, line: string): Promise<void> {
  if (!stream.write(`${line}\n`)) await once(stream, 'drain')
}

async function readLine(prompt: string): Promise<string> {
  if (process.stdin.isTTY) await write(process.stderr, prompt)
  try {
    for await (const line of createInterface({ input: process.stdin })) return line
    return ''
  } finally {
    process.stdin.destroy() // a pipe that stays open must not keep the program alive
  }
}

/** A reader of our output that closes the pipe early (such as `head`) is no failure. */
function leaveQuietly(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
}
