import { readArguments, UsageError } from './arguments'
import type { CliIo } from './commands'
import { checkedLine, isAnyWrong, SIGN_WORDS, type Checked } from './checked'
import { checkLine } from './lineChecks'
import { withDelivery } from './openCommand'

/** `line check`: how LINE accounts are by LINE's own word, and whether its webhooks arrive; 1 where they do not. */
export async function run(args: string[], io: CliIo): Promise<number> {
  const { words, isJson } = readArguments(args, { maxWords: 2 })
  const [word, asked] = words
  if (word !== 'check') throw new UsageError('line check [@ベーシックID] と書いてください。')
  return withDelivery(io, async (delivery) => {
    await delivery.syncedContent.refresh()
    const all = delivery.syncedContent.lines()
    const accounts = all.filter(({ basicId }) => asked === undefined || basicId === asked)
    if (accounts.length === 0) throw new UsageError(noneSentence(asked, all))
    let isWrong = false
    for (const account of accounts) {
      const found = await checkLine(delivery, account)
      isWrong ||= isAnyWrong(found)
      if (isJson) await io.out(JSON.stringify({ account: account.basicId, found }))
      else for (const line of linesOf(account.basicId, found)) await io.out(line)
    }
    return isWrong ? 1 : 0
  })
}

function noneSentence(asked: string | undefined, all: readonly { basicId: string }[]): string {
  if (all.length === 0) return 'LINE アカウントがまだありません。管理画面で登録してください。'
  return `LINE アカウント「${asked}」はありません。あるのは ${all.map(({ basicId }) => basicId).join('、')} です。`
}

function linesOf(basicId: string, found: readonly Checked[]): string[] {
  return [`LINE ${basicId}(${SIGN_WORDS})`, ...found.map(checkedLine), '']
}
