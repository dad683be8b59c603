import { readArguments, UsageError } from './arguments'
import type { CliIo } from './commands'
import type { ReaderStore } from '../readers/store'
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
  const { status, wasStopped } = await withDelivery(io, async ({ readers }) => {
    const before = await isStopped(readers, { reader, child })
    // Also what was stopped already: a second stop says so, and never fails.
    const outcome = await (child === undefined
      ? readers.stopReader(reader, { isByStaff: true })
      : readers.stopChild({ readerId: reader, childId: child, isByStaff: true }))
    return { ...outcome, wasStopped: before }
  })
  if (status === 'unknown') {
    const whom = child === undefined ? `読者「${reader}」` : `読者「${reader}」の子「${child}」`
    await io.err(`kizuna stop: ${whom}はいません。ID を確かめてください。`)
    return 1
  }
  const stopped = { reader, child: child ?? null, status: 'stopped', wasStopped }
  await io.out(given.isJson ? JSON.stringify(stopped) : wasStopped ? ALREADY : '止めました。')
  return 0
}

const ALREADY = 'すでに止まっています。いま新しく止めたものはありません。'

async function isStopped(
  readers: ReaderStore,
  { reader, child }: { reader: string; child: string | undefined },
): Promise<boolean> {
  if (child === undefined) return (await readers.findReader(reader))?.status === 'stopped'
  const children = await readers.everyChildOf(reader)
  return children.some(({ _id, status }) => _id === child && status === 'stopped')
}
