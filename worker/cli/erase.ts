import { readArguments, UsageError } from './arguments'
import type { CliIo } from './commands'
import { withDelivery } from './openCommand'

/**
 * `erase`: everything of one reader, for somebody who asks for it by telephone or letter; what their own
 * page does. Without `--confirm` it says what would go, and does nothing.
 */
export async function run(args: string[], io: CliIo): Promise<number> {
  const given = readArguments(args, { options: { reader: 'value', confirm: 'flag' } })
  const { reader: readerId } = given.values
  if (!readerId)
    throw new UsageError(
      '--reader がありません。--reader 読者ID を指定してください(find で出ます)。',
    )
  const isConfirmed = given.flags.has('confirm')
  const found = await withDelivery(io, async ({ readers }) => {
    const reader = await readers.findReader(readerId)
    if (!reader) return null
    const children = await readers.everyChildOf(readerId)
    const alone = children.filter((child) => [...child.readers, ...(child.left ?? [])].length === 1)
    if (isConfirmed) await readers.eraseReader({ readerId })
    return {
      reader: readerId,
      contacts: reader.identities.length,
      children: alone.length,
      shared: children.length - alone.length,
      isErased: isConfirmed,
    }
  })
  if (!found) {
    await io.err(
      `kizuna erase: 読者「${readerId}」はいないか、もう消してあります。ID を確かめてください。`,
    )
    return 1
  }
  const { contacts, children, shared } = found
  const shares = shared > 0 ? `。ほかの家族もいる子 ${shared} 人からは、この人だけが抜けます` : ''
  const what = `連絡先 ${contacts} 件、続柄・地区・希望、この人だけの子 ${children} 人${shares}`
  if (given.isJson) await io.out(JSON.stringify(found))
  else if (isConfirmed) await io.out(`消しました: ${what}。配信はもう届きません。`)
  else
    await io.out(
      `消すもの: ${what}。配信もすべて止まり、元には戻せません。よければ --confirm を付けてください。`,
    )
  return 0
}
