import { SHEET_WORDS } from '../../src/release/contentKind'
import { createLedgerReader } from '../ledger/reading'
import { createRemovedDays, removedSentence } from '../ledger/removedDays'
import { readArguments, requireDay, UsageError } from './arguments'
import type { CliIo } from './commands'
import { withDelivery } from './openCommand'
import { dayText } from './table'

/**
 * `export`: releases or a day's ledger, one JSON object a line, texts as a spreadsheet, or all that is
 * a municipality's.
 */
export async function run(args: string[], io: CliIo): Promise<number> {
  const given = readArguments(args, { options: { date: 'value' }, maxWords: 3 })
  const [what, path, file] = given.words
  if (what === 'municipality') {
    const { exportTown } = await import('./exportTown')
    return exportTown({ code: path, file, isJson: given.isJson }, io)
  }
  if (file) throw new UsageError(`「${file}」は余分です。消してください。`)
  const kind = SHEET_WORDS.find((word) => word === what)
  if (kind) {
    if (!path || !/\.(xlsx|csv)$/i.test(path)) {
      throw new UsageError('書き出すファイルの名前を .xlsx か .csv で指定してください。')
    }
    const { exportTexts } = await import('../../src/cli/exportTexts')
    return exportTexts({ kind, path, isJson: given.isJson }, io)
  }
  if (path) throw new UsageError(`「${path}」は余分です。消してください。`)
  if (what === 'releases') return exportReleases(io)
  if (what === 'ledger') return exportLedger(requireDay(given, 'date'), io)
  throw new UsageError(
    `書き出すものを releases、ledger、municipality、${SHEET_WORDS.join('、')} から 1 つ指定してください。`,
  )
}

async function exportReleases(io: CliIo): Promise<number> {
  await withDelivery(io, async ({ cms }) => {
    for await (const documents of cms.releasesAfter(null)) {
      for (const document of documents) await io.out(JSON.stringify(document))
    }
  })
  return 0
}

/** 1 when the day's details are gone: an empty output would read as a day without deliveries. */
async function exportLedger(date: string, io: CliIo): Promise<number> {
  return withDelivery(io, async ({ db }) => {
    const removed = await createRemovedDays(db).of(date)
    if (removed) {
      await io.err(`kizuna export ledger: ${dayText(date)}: ${removedSentence(removed)}`)
      return 1
    }
    const ledger = createLedgerReader(db)
    for (const run of await ledger.runsOf(date)) {
      for await (const line of ledger.linesOf(run)) await io.out(JSON.stringify(line))
    }
    return 0
  })
}
