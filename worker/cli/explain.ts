import type { CliIo } from './commands'

/** Not built yet: fails with a sentence. */
export async function run(_args: string[], io: CliIo): Promise<number> {
  await io.err('このコマンドはまだ使えません。')
  return 1
}
