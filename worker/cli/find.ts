import { lineIdsOf } from '../../src/accounts/topology'
import { checkMailAddress } from '../../src/release/mailAddress'
import { localDayOf, type LocalDay } from '../../src/stage/day'
import { japaneseDayOf } from '../../src/stage/japaneseDate'
import { stageAt } from '../../src/stage/stage'
import type { DeliveryHalf } from '../app/deliveryHalf'
import { isLineUserId } from '../readers/identity'
import type { ChannelName, MunicipalitySettings } from '../../src/plan/settings'
import type { ContactState } from '../readers/contactState'
import { MAIL_ACCOUNT, type Address, type Reader, type SuppressionReason } from '../readers/reader'
import { readArguments, UsageError } from './arguments'
import type { CliIo } from './commands'
import { withDelivery } from './openCommand'
import { renderJson } from './table'

/** A reader as staff may see them: neither address nor dates. */
interface FoundReader {
  reader: string
  municipality: string
  status: Reader['status']
  /** Why nothing is sent although the reader has not stopped, or null. */
  nothingSent: string | null
  children: { child: string; stage: string; status: Reader['status'] }[]
}

/**
 * `find`: the ids of a reader and their children by the address they name, read from the standard
 * input, so that it stays out of the shell's history and of the list of processes.
 */
export async function run(args: string[], io: CliIo): Promise<number> {
  const given = readArguments(args, { options: { channel: 'value' } })
  const { channel } = given.values
  if (channel !== 'line' && channel !== 'mail') {
    throw new UsageError('--channel に line か mail を指定してください。')
  }
  const address = checkAddress(channel, (await io.readLine(PROMPTS[channel])).trim())
  const { found, nameOf } = await withDelivery(io, async (delivery) => {
    await delivery.syncedContent.refresh()
    return {
      found: await findReaders(delivery, { channel, address, today: localDayOf(delivery.now()) }),
      nameOf: (code: string) => delivery.syncedContent.settings(code)?.name ?? code,
    }
  })
  const lines = given.isJson ? renderJson(found) : found.flatMap((one) => linesOf(one, nameOf))
  for (const line of lines) await io.out(line)
  if (found.length > 0) return 0
  await io.err('kizuna find: この連絡先で登録した読者はいません。')
  return 1
}

const PROMPTS: Record<ChannelName, string> = {
  line: 'LINE のユーザー ID(U で始まる 33 文字)を入れて Enter を押してください。',
  mail: 'メールアドレスを入れて Enter を押してください。',
}

/** The address in the form it is looked up by; a mistake never repeats what was typed. *Pure.* */
function checkAddress(channel: ChannelName, typed: string): string {
  if (typed === '') {
    throw new UsageError('標準入力に連絡先がありません。1 行目に入れてください。')
  }
  if (channel === 'mail') {
    const checked = checkMailAddress(typed)
    if (checked.isValid) return checked.address
    throw new UsageError(checked.message)
  }
  if (isLineUserId(typed)) return typed
  throw new UsageError('LINE のユーザー ID は、U と 32 文字の 0-9・a-f です。確かめてください。')
}

interface Wanted {
  channel: ChannelName
  address: string
  today: LocalDay
}

async function findReaders(
  {
    readers,
    contentStore,
    syncedContent,
  }: Pick<DeliveryHalf, 'readers' | 'contentStore' | 'syncedContent'>,
  { channel, address, today }: Wanted,
): Promise<FoundReader[]> {
  const providers = (await contentStore.allAccounts()).map(({ provider }) => provider)
  const accounts = channel === 'mail' ? [MAIL_ACCOUNT] : [...new Set(providers)]
  const addresses: Address[] = accounts.map((account) => ({ channel, account, address }))
  const found = await Promise.all(addresses.map((one) => readers.findByIdentity(one)))
  return Promise.all(
    found.flat().map(async (reader) => ({
      reader: reader._id,
      municipality: reader.municipality,
      status: reader.status,
      nothingSent: await whyNothing(readers, reader, syncedContent.settings(reader.municipality)),
      children: (await readers.everyChildOf(reader._id)).map((child) => ({
        child: child._id,
        stage: stageAt(child, today).label,
        status: child.status,
      })),
    })),
  )
}

/** Why nothing reaches a reader: by the town, or by each of their contacts. */
async function whyNothing(
  readers: DeliveryHalf['readers'],
  reader: Reader,
  town: MunicipalitySettings | null,
): Promise<string | null> {
  if (reader.status === 'stopped') return null
  if (!town?.isActive) return '自治体の配信が行われていません'
  const states = await readers.contactStates(reader, lineIdsOf(town))
  const reasons = states.map(contactReason)
  if (states.some(({ state }) => state.kind === 'open')) return null
  return [...new Set(reasons)].join('、') || null
}

const SUPPRESSION_WORDS: Record<SuppressionReason, string> = {
  bounced: '届かずに戻った',
  complained: '迷惑メールとして通報された',
  notTaken: '受け取りを断られた',
  byStaff: '職員が止めた',
}

/** Nobody but the owner lifts it (`provenIdentity`): the counter can register them, too. */
const LIFTED_BY = '本人がもう一度登録し、確認のメールで登録を完了すると、また届きます'

function contactReason({ state }: ContactState): string | null {
  switch (state.kind) {
    case 'open':
      return null
    case 'unsubscribed':
      return 'メールの配信を本人が止めた'
    case 'blocked':
      return 'LINE をブロックしている'
    case 'notFriend':
      return 'LINE の友だちだという記録がない(友だちでなければ届きません)'
    case 'suppressed':
      return `配信停止リストの連絡先(${SUPPRESSION_WORDS[state.reason]}、${japaneseDayOf(state.since)}から。${LIFTED_BY})`
  }
}

function linesOf(
  { reader, municipality, status, nothingSent, children }: FoundReader,
  nameOf: (code: string) => string,
): string[] {
  return [
    `読者 ${reader}(${nameOf(municipality)}): ${STATUS_WORDS[status]}`,
    ...(nothingSent ? [`  届いていないことがあります: ${nothingSent}`] : []),
    ...children.map((one) => `  子 ${one.child}(${one.stage}): ${childWord(status, one.status)}`),
  ]
}

/** A child may go on for others of the family whom nobody has stopped. */
function childWord(reader: Reader['status'], child: Reader['status']): string {
  return reader === 'stopped' && child === 'active'
    ? '止めていない(この読者には届きません)'
    : STATUS_WORDS[child]
}

const STATUS_WORDS: Record<Reader['status'], string> = { active: '配信中', stopped: '停止' }
