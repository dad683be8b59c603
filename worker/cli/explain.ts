import { createExplain } from '../report/explain'
import { createLedgerReader } from '../ledger/reading'
import { createRemovedDays, removedSentence } from '../ledger/removedDays'
import { readArguments, requireDay, UsageError } from './arguments'
import type { CliIo } from './commands'
import { freshContent, withDelivery } from './openCommand'
import { dayText, renderJson } from './table'

/** `explain`: why a reader gets this text, or none, for each child. */
export async function run(args: string[], io: CliIo): Promise<number> {
  const given = readArguments(args, { options: { reader: 'value', date: 'value' } })
  const date = requireDay(given, 'date')
  const { reader } = given.values
  if (!reader) throw new UsageError('--reader がありません。--reader 読者ID を指定してください。')
  const { rows, removed, keptDays } = await withDelivery(io, async (delivery) => {
    await freshContent(delivery, io)
    const { db, keptDays } = delivery
    const explain = createExplain({ delivery, ledger: createLedgerReader(db) })
    return {
      rows: await explain(reader, date),
      removed: await createRemovedDays(db).of(date),
      keptDays,
    }
  })
  if (!rows) {
    const gone = `止まってから ${keptDays} 日が過ぎた人の記録は、削除されています。`
    await io.err(`kizuna explain: 読者「${reader}」はいません。ID を確かめてください。${gone}`)
    return 1
  }
  if (given.isJson) for (const line of renderJson(rows)) await io.out(line)
  else {
    await io.out(`${dayText(date)} 読者 ${reader}`)
    for (const { child, stage, sentence } of rows) {
      await io.out(`  子 ${child}(${stage}) ${sentence}`)
    }
    if (rows.length === 0) {
      await io.out(`  ${removed ? removedSentence(removed) : '登録されている子はいません。'}`)
    }
  }
  return 0
}
