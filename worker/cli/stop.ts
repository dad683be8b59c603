import { readArguments, UsageError } from './arguments'
import type { CliIo } from './commands'
import { withDelivery } from './openCommand'

/**
 * `stop`: a child for everybody who shares it, or everything for one reader, on the reader's
 * behalf. Says no more than the reader's own page does, asks nothing, and may be repeated.
 */
export async function run(args: string[], io: CliIo): Promise<number> {
  const given = readArguments(args, {
    options: { reader: 'value', child: 'value', all: 'flag' },
  })
  const { reader, child } = given.values
  if (!reader) throw new UsageError('--reader がありません。--reader 読者ID を指定してください。')
  if ((child !== undefined) === given.flags.has('all')) {
    throw new UsageError('--child 子ID か --all の、どちらか 1 つを指定してください。')
  }
  const { status } = await withDelivery(io, ({ readers }) =>
    child === undefined
      ? readers.stopReader(reader)
      : readers.stopChild({ readerId: reader, childId: child }),
  )
  if (status === 'unknown') {
    const whom = child === undefined ? `読者「${reader}」` : `読者「${reader}」の子「${child}」`
    await io.err(`kizuna stop: ${whom}はいません。ID を確かめてください。`)
    return 1
  }
  const stopped = { reader, child: child ?? null, status: 'stopped' }
  await io.out(given.isJson ? JSON.stringify(stopped) : '止めました。')
  return 0
}
