import { UsageError } from './arguments'
import { COMMANDS, type CliIo, type Command } from './commands'

const PROGRAM = 'npm run --silent kizuna --'
const HELP_WORDS = ['help', '--help', '-h']
const SEE_HELP = `${PROGRAM} help で一覧を見られます。`

/**
 * Runs `kizuna COMMAND …`.
 *
 * @returns the exit code: 0 done, 1 failed, 2 the arguments are wrong (one line on stderr).
 */
export async function runCommand(args: string[], io: CliIo): Promise<number> {
  const [name, ...rest] = args
  try {
    if (name === undefined) throw new UsageError(`コマンドがありません。${SEE_HELP}`)
    if (HELP_WORDS.includes(name)) return await showHelp(rest, io)
    const command = findCommand(name)
    if (asksForHelp(rest)) return await showCommand(command, io)
    const { run } = await command.load()
    return await run(rest, io)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const isUsage = error instanceof UsageError
    await io.err(`kizuna${commandPrefix(name)}: ${isUsage ? onOneLine(message) : message}`)
    return isUsage ? 2 : 1
  }
}

async function showHelp([name, ...rest]: string[], io: CliIo): Promise<number> {
  if (rest.length > 0) throw new UsageError(`help に指定できるコマンドは 1 つです。${SEE_HELP}`)
  if (name !== undefined) return showCommand(findCommand(name), io)
  await io.out(`使い方: ${PROGRAM} コマンド …`)
  for (const command of COMMANDS) {
    await io.out('')
    await io.out(`  ${command.name}  ${command.summary}`)
    for (const usage of command.usage) await io.out(`    ${command.name} ${usage}`)
  }
  await io.out('')
  await io.out('日付は 2026-10-01 の形で書きます。--json を付けると JSON で出力します。')
  return 0
}

async function showCommand(command: Command, io: CliIo): Promise<number> {
  await io.out(command.summary)
  for (const usage of command.usage) await io.out(`  ${PROGRAM} ${command.name} ${usage}`)
  return 0
}

function findCommand(name: string): Command {
  const command = COMMANDS.find((candidate) => candidate.name === name)
  if (!command) throw new UsageError(`「${name}」というコマンドはありません。${SEE_HELP}`)
  return command
}

function asksForHelp(args: string[]): boolean {
  return args.includes('--help') || args.includes('-h')
}

function commandPrefix(name: string | undefined): string {
  return COMMANDS.some((command) => command.name === name) ? ` ${name ?? ''}` : ''
}

function onOneLine(message: string): string {
  return message.replace(/\s+/g, (blanks) => (/[\r\n]/.test(blanks) ? ' ' : blanks))
}
