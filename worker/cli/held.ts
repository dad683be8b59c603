import { japaneseMoment } from '../../src/stage/japaneseDate'
import { ledgerCollections } from '../ledger/collections'
import { holdText } from '../report/explain'
import { actNow, requireReason } from './act'
import { readArguments, UsageError } from './arguments'
import type { CliIo } from './commands'
import { withDelivery } from './openCommand'

/** `held`: which runs are held, and why; lets one go on, or ends it without a send. */
export async function run(args: string[], io: CliIo): Promise<number> {
  const given = readArguments(args, {
    options: { run: 'value', continue: 'flag', drop: 'flag', reason: 'value' },
  })
  const { run: id } = given.values
  const { flags, isJson } = given
  if (id === undefined && (flags.has('continue') || flags.has('drop'))) {
    throw new UsageError('--run がありません。--run 配信回 を指定してください(held で見られます)。')
  }
  if (id !== undefined && flags.has('continue') === flags.has('drop')) {
    throw new UsageError(
      '--continue(続ける)か --drop(送らずに終える)の、どちらかを指定してください。',
    )
  }
  const reason = id === undefined ? '' : requireReason(given)
  return withDelivery(io, async (delivery) => {
    const { runs } = ledgerCollections(delivery.db)
    const held = await runs.find({ state: 'held' }).sort({ _id: 1 }).toArray()
    if (id === undefined) {
      if (isJson) await io.out(JSON.stringify(held.map(({ _id, hold }) => ({ run: _id, hold }))))
      else if (held.length === 0) await io.out('保留の配信回はありません。')
      else
        for (const { _id, hold } of held)
          await io.out(
            `${_id}  ${hold ? `${japaneseMoment(hold.at)} から。${holdText(hold)}` : ''}`,
          )
      return 0
    }
    const hold = held.find(({ _id }) => _id === id)?.hold
    if (!hold) {
      await io.err(
        `kizuna held: 「${id}」は保留ではありません。held で、保留の配信回を見られます。`,
      )
      return 1
    }
    const act = flags.has('continue') ? ('continue' as const) : ('drop' as const)
    const heldAt = hold.at.toISOString()
    return actNow(delivery, io, { act: { kind: 'run', run: id, heldAt, act }, reason, isJson })
  })
}
