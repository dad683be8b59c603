import type { DeliveryHalf } from '../app/deliveryHalf'
import { testMessage } from '../onCall/message'
import { answerWords, NOBODY, onCallLines, readOnCall } from '../onCall/onCallStatus'
import { readArguments } from './arguments'
import type { CliIo } from './commands'
import { withDelivery } from './openCommand'

/** `on-call`: who is told, of what just now, and where nothing arrives; `--test` tries each way. */
export async function run(args: string[], io: CliIo): Promise<number> {
  const { flags, isJson } = readArguments(args, { options: { test: 'flag' } })
  return withDelivery(io, async (delivery) => {
    if (flags.has('test')) return tryWays(delivery, io, isJson)
    const status = await readOnCall(delivery.db, delivery.onCallWays)
    if (isJson) await io.out(JSON.stringify(status))
    else for (const line of onCallLines(status)) await io.out(line)
    return status.failing.length > 0 ? 1 : 0
  })
}

async function tryWays(delivery: DeliveryHalf, io: CliIo, isJson: boolean): Promise<number> {
  const { onCallWays, now, syncedContent, publicUrl } = delivery
  if (onCallWays.length === 0) {
    await io.err(`kizuna on-call: ${NOBODY}。`)
    return 1
  }
  await syncedContent.refresh()
  const message = testMessage(publicUrl, now())
  const tried = await Promise.all(
    onCallWays.map(async ({ name, tell }) => ({ name, answer: await tell(message, message.id) })),
  )
  if (isJson) await io.out(JSON.stringify(tried))
  for (const { name, answer } of isJson ? [] : tried) {
    await io.out(
      answer.isTaken
        ? `○ ${name}: 受け取られました。届いたかを見てください。`
        : `× ${name}: ${answerWords(answer.code)}。`,
    )
  }
  return tried.every(({ answer }) => answer.isTaken) ? 0 : 1
}
