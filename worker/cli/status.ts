import { resolve } from 'node:path'

import { parseConfig } from '../../src/config/config'
import { CmsError } from '../content/cms'
import type { DeliveryHalf } from '../app/deliveryHalf'
import { ledgerCollections } from '../ledger/collections'
import type { Loss } from '../ledger/incarnation'
import { createLedgerReader } from '../ledger/reading'
import { createRemovedDays, type RemovedDays } from '../ledger/removedDays'
import { createBehind, type MissingReport } from '../report/behind'
import { lossSentences, pausedSentence } from '../report/lossSentences'
import { standingWords, statusLines } from '../../src/operation/words'
import { dayLabel, japaneseMoment } from '../../src/stage/japaneseDate'
import { onCallLines, readOnCall } from '../onCall/onCallStatus'
import { createToday } from '../report/today'
import { readArguments } from './arguments'
import type { CliIo } from './commands'
import { chosenMunicipalities, withDelivery } from './openCommand'

/** `status`: whether deliveries go on, and how they stand today; 1 while a restore waits to be accepted. */
export async function run(args: string[], io: CliIo): Promise<number> {
  const given = readArguments(args, { options: { municipality: 'value' } })
  return withDelivery(io, async (delivery) => {
    await delivery.syncedContent.refresh()
    const { incarnations, db } = delivery
    const beat = await ledgerCollections(db).heartbeats.findOne({ _id: 'tick' })
    const loss = await incarnations.open()
    const missing = loss ? await missingReports(delivery, loss) : null
    const removed = await createRemovedDays(db).read()
    const { municipality } = given.values
    if (municipality !== undefined) chosenMunicipalities(delivery, municipality)
    const ledger = createLedgerReader(db)
    const today = await createToday({ ...delivery, ledger }).read(municipality)
    const onCall = await readOnCall(db, delivery.onCallWays)
    const lines = loss ? [pausedSentence(loss), ...lossSentences(loss, missing)] : []
    if (given.isJson) {
      const lastTick = beat?.at ?? null
      const told = { isPaused: loss !== null, lastTick, loss, missing, lines }
      const kept = { keptDays: delivery.keptDays, removedThrough: removed?.through ?? null }
      await io.out(JSON.stringify({ ...told, ...kept, today, onCall }))
      return loss ? 1 : 0
    }
    const lived = beat
      ? `最後に動いたのは ${japaneseMoment(beat.at)}`
      : `まだ動いたことがありません(${placeSentence(io.env)})`
    await io.out(`配信プログラム: ${lived}`)
    await io.out(keptText(delivery.keptDays, removed))
    for (const accepted of await incarnations.losses()) {
      if (accepted.acceptedAt)
        await io.out(`${dayLabel(accepted.from)} からの記録: 控えから戻し、再開済み`)
    }
    await io.out(standingWords(today, loss !== null))
    for (const line of lines) await io.out(`- ${line}`)
    for (const line of statusLines(today, delivery.now())) await io.out(line)
    for (const line of onCallLines(onCall)) await io.out(line)
    return loss ? 1 : 0
  })
}

/** Which data was looked at: the likeliest reason for nothing is that it is the wrong one. */
function placeSentence(env: CliIo['env']): string {
  const { DELIVERY_DATABASE_URL, KIZUNA_DATA_DIR } = parseConfig({ ...env })
  if (DELIVERY_DATABASE_URL) return 'DELIVERY_DATABASE_URL のデータベースには記録がありません'
  return `${resolve(KIZUNA_DATA_DIR)} には記録がありません。npm start に KIZUNA_DATA_DIR を付けたときは、同じものを付けてください`
}

function keptText(keptDays: number, removed: RemovedDays | null): string {
  const gone = removed
    ? `${dayLabel(removed.through)}までの分は削除しました`
    : 'まだ何も削除していません'
  return `配信の記録の保存期間: ${keptDays} 日(${gone})`
}

/** Reports that only the CMS has, or null when it does not answer. */
export async function missingReports(
  delivery: DeliveryHalf,
  loss: Loss,
): Promise<MissingReport[] | null> {
  try {
    return await createBehind(delivery).missingSince(loss.from)
  } catch (error) {
    if (error instanceof CmsError) return null
    throw error
  }
}
