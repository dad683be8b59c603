import { readArguments, UsageError } from './arguments'
import type { CliIo } from './commands'

/** `end-second-factor`: for the only system admin, who has lost phone and recovery codes. */
export async function run(args: string[], io: CliIo): Promise<number> {
  const { words } = readArguments(args, { options: {}, maxWords: 1 })
  const [email] = words
  if (!email) throw new UsageError('その人のメールアドレスを指定してください。')
  const { endSecondFactor } = await import('../../src/cli/endSecondFactor')
  return endSecondFactor(email, io)
}
