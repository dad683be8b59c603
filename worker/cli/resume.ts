import { createBehind } from '../report/behind'
import { lossSentences } from '../report/lossSentences'
import { readArguments } from './arguments'
import type { CliIo } from './commands'
import { freshContent, withDelivery } from './openCommand'
import { missingReports } from './status'

/** `resume`: lets a restored ledger go on once a person has accepted what it cannot know. */
export async function run(args: string[], io: CliIo): Promise<number> {
  const given = readArguments(args, { options: { 'accept-restore': 'flag' } })
  return withDelivery(io, async (delivery) => {
    await freshContent(delivery, io)
    const loss = await delivery.incarnations.open()
    if (!loss) {
      await io.out(given.isJson ? JSON.stringify({ isPaused: false }) : '配信は止まっていません。')
      return 0
    }
    const missing = await missingReports(delivery, loss)
    const lines = lossSentences(loss, missing)
    if (!given.isJson) for (const line of lines) await io.out(`- ${line}`)
    if (missing === null) {
      await io.err('再開しませんでした。CMS を起動してから、もう一度実行してください。')
      return 1
    }
    if (!given.flags.has('accept-restore')) {
      await io.err(
        '再開しませんでした。上のことを確かめたら、--accept-restore を付けてもう一度実行してください。',
      )
      return 1
    }
    const reports = await createBehind(delivery).accept()
    await io.out(
      given.isJson
        ? JSON.stringify({ isPaused: false, reports, lines })
        : '再開しました。送ったかもしれない文は「不明」と記録され、送られません。',
    )
    return 0
  })
}
