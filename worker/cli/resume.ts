import { createBehind } from '../report/behind'
import { lossSentences } from '../report/lossSentences'
import { actNow, requireReason } from './act'
import { readArguments, type Arguments } from './arguments'
import type { CliIo } from './commands'
import { freshContent, withDelivery } from './openCommand'
import { namedScope } from './scope'
import { missingReports } from './status'

/**
 * `resume`: lets what a person has stopped go on; or a restored ledger, once a person has accepted what
 * it cannot know.
 */
export async function run(args: string[], io: CliIo): Promise<number> {
  const given = readArguments(args, {
    options: { 'accept-restore': 'flag', scope: 'value', reason: 'value' },
  })
  if (given.values.scope !== undefined) return resumeScope(given, io)
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

async function resumeScope(given: Arguments, io: CliIo): Promise<number> {
  const reason = requireReason(given)
  return withDelivery(io, async (delivery) => {
    await delivery.syncedContent.refresh()
    const scope = namedScope(delivery, given.values.scope)
    const isThere = (await delivery.halts.all()).some(({ _id }) => _id === scope)
    const act = { kind: 'halt' as const, scope, isOn: false }
    if (isThere) return actNow(delivery, io, { act, reason, isJson: given.isJson })
    await io.err('止まっていません。いま止めているものは status で見られます。')
    return 1
  })
}
