import { checkMailAddress } from '../../src/release/mailAddress'
import { localDayOf, type LocalDay } from '../../src/stage/day'
import { stageAt } from '../../src/stage/stage'
import type { DeliveryHalf } from '../app/deliveryHalf'
import { isLineUserId } from '../readers/identity'
import type { ChannelName } from '../../src/plan/settings'
import { MAIL_ACCOUNT, type Address, type Reader } from '../readers/reader'
import { readArguments, UsageError } from './arguments'
import type { CliIo } from './commands'
import { withDelivery } from './openCommand'
import { renderJson } from './table'

/** A reader as staff may see them: neither address nor dates. */
interface FoundReader {
  reader: string
  municipality: string
  status: Reader['status']
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
      found: await findReaders(delivery, { channel, address, today: localDayOf(io.now()) }),
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
  { readers, contentStore }: Pick<DeliveryHalf, 'readers' | 'contentStore'>,
  { channel, address, today }: Wanted,
): Promise<FoundReader[]> {
  const providers = (await contentStore.allAccounts()).map(({ provider }) => provider)
  const accounts = channel === 'mail' ? [MAIL_ACCOUNT] : [...new Set(providers)]
  const addresses: Address[] = accounts.map((account) => ({ channel, account, address }))
  const found = await Promise.all(addresses.map((one) => readers.findByIdentity(one)))
  return Promise.all(
    found.flat().map(async ({ _id, municipality, status }) => ({
      reader: _id,
      municipality,
      status,
      children: (await readers.everyChildOf(_id)).map((child) => ({
        child: child._id,
        stage: stageAt(child, today).label,
        status: child.status,
      })),
    })),
  )
}

function linesOf(
  { reader, municipality, status, children }: FoundReader,
  nameOf: (code: string) => string,
): string[] {
  return [
    `読者 ${reader}(${nameOf(municipality)}): ${STATUS_WORDS[status]}`,
    ...children.map((one) => `  子 ${one.child}(${one.stage}): ${STATUS_WORDS[one.status]}`),
  ]
}

const STATUS_WORDS: Record<Reader['status'], string> = { active: '配信中', stopped: '停止' }
