import { readArguments } from './arguments'
import type { CliIo } from './commands'

/** `rebuild-states`: what lists, counts and search of the CMS ask, derived anew from the texts. */
export async function run(args: string[], io: CliIo): Promise<number> {
  const { isJson } = readArguments(args, {})
  const { rebuildAllStates } = await import('../../src/cli/rebuildStates')
  return rebuildAllStates({ isJson }, io)
}
