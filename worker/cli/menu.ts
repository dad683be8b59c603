import type { LineMenus } from '../app/lineMenus'
import type { DeliveryHalf } from '../app/deliveryHalf'
import { readArguments, UsageError } from './arguments'
import type { CliIo } from './commands'
import { freshContent, withDelivery } from './openCommand'

/** `menu`: which LINE accounts have our menu; sets or takes away that of one. */
export async function run(args: string[], io: CliIo): Promise<number> {
  const given = readArguments(args, { options: { channel: 'value', remove: 'flag' } })
  const { channel } = given.values
  const isRemoved = given.flags.has('remove')
  if (isRemoved && channel === undefined) {
    throw new UsageError('--remove には --channel チャネルID も指定してください。')
  }
  return withDelivery(io, async (delivery) => {
    await freshContent(delivery, io)
    const { isJson } = given
    if (channel === undefined) return list(delivery, io, isJson)
    const outcome = await change(delivery, channel, isRemoved)
    const sentence = sentenceOf(outcome, isRemoved)
    if (isJson) await io.out(JSON.stringify({ channel, ...outcome }))
    else await (outcome.status === 'done' ? io.out : io.err)(sentence)
    return outcome.status === 'done' ? 0 : 1
  })
}

type Outcome = Awaited<ReturnType<LineMenus['ask']>>

async function change(
  { syncedContent, lineMenus }: DeliveryHalf,
  channel: string,
  isRemoved: boolean,
): Promise<Outcome> {
  const account = syncedContent.lineByChannel(channel)
  if (!account) {
    throw new UsageError(
      `チャネル ID「${channel}」の LINE アカウントはありません。ID を確かめてください。`,
    )
  }
  return isRemoved ? lineMenus.remove(account) : lineMenus.ask(account)
}

function sentenceOf(outcome: Outcome, isRemoved: boolean): string {
  switch (outcome.status) {
    case 'done':
      return isRemoved ? 'メニューを外しました。' : 'メニューを付けました。'
    case 'failed':
      return `kizuna menu: LINE が受け付けませんでした(${outcome.code})。`
    case 'unsuited':
      return 'kizuna menu: トークに答えないアカウントを、いくつもの自治体が使っています。メニューを付けられるのは、自治体が 1 つのときだけです。'
  }
}

async function list(
  { syncedContent, lineMenus }: DeliveryHalf,
  io: CliIo,
  isJson: boolean,
): Promise<number> {
  const kept = await lineMenus.all()
  const ids = new Set(
    syncedContent.municipalities().flatMap(({ lineAccount }) => lineAccount ?? []),
  )
  for (const id of ids) {
    const account = syncedContent.line(id)
    if (!account) continue
    const { name = null, isAsked = false } = kept.get(id) ?? {}
    const { channelId: channel, basicId } = account
    const said = name === null ? 'なし' : isAsked ? 'あり(コマンドで付けた)' : 'あり'
    await io.out(
      isJson
        ? JSON.stringify({ channel, basicId, menu: name, isAsked })
        : `${channel}  ${basicId}  ${said}`,
    )
  }
  return 0
}
