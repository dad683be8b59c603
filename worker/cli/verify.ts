import { createLedgerReader, type Difference } from '../ledger/reading'
import { removedSentence } from '../ledger/removedDays'
import { verifyDay } from '../report/verify'
import { localDayOf } from '../../src/stage/day'
import { readArguments, requireDay, UsageError } from './arguments'
import type { CliIo } from './commands'
import { freshContent, withDelivery } from './openCommand'
import { dayText } from './table'

/** What each difference means, for people. */
const LABELS: Record<Difference['code'], string> = {
  unfinished: '終わっていない配信回',
  open: '結果の出ていない配信',
  missingDelivery: 'バッチにあって台帳にない配信',
  accounting: '候補と、配信・除外の合計の差',
  noRun: '配信回がない自治体',
  notPlanned: '届くはずなのに台帳にない配信',
}

function changedText(count: number): string {
  return `この日の計画のあとに登録されたか変わった読者の分(数えません): ${count}`
}

/** `verify`: expected against the ledger; 1 on any difference, or when nothing is left to compare. */
export async function run(args: string[], io: CliIo): Promise<number> {
  const given = readArguments(args, { options: { date: 'value', municipality: 'value' } })
  const date = requireDay(given, 'date')
  const result = await withDelivery(io, async (delivery) => {
    if (date > localDayOf(delivery.now())) {
      throw new UsageError(
        `${dayText(date)}は、まだ来ていません。verify は今日までの日を確かめます。これからの日は kizuna plan --date ${date} で見られます。`,
      )
    }
    await freshContent(delivery, io)
    const ledger = createLedgerReader(delivery.db)
    return verifyDay({ delivery, ledger }, date, given.values.municipality)
  })
  const { removed } = result
  const isAgreed = !removed && result.differences.length === 0
  if (given.isJson) await io.out(JSON.stringify({ ...result, isAgreed }, null, 2))
  else if (removed) await io.out(`${dayText(date)}: ${removedSentence(removed)}`)
  else {
    await io.out(`${dayText(date)}: 配信回 ${result.runs}、配信 ${result.deliveries}`)
    if (isAgreed) await io.out('台帳と合っています。')
    if (result.changedSince > 0) await io.out(changedText(result.changedSince))
    for (const { run: id, code, count } of result.differences) {
      await io.out(`違い ${id}: ${LABELS[code]} ${count}`)
    }
  }
  return isAgreed ? 0 : 1
}
