import { typedScope } from '../../src/operation/halt'
import { actNow, requireReason } from './act'
import { readArguments } from './arguments'
import type { CliIo } from './commands'
import { withDelivery } from './openCommand'
import { namedScope, scopeName } from './scope'

/** `halt`: nothing goes out of a scope until it is resumed; what is being handed over ends. */
export async function run(args: string[], io: CliIo): Promise<number> {
  const given = readArguments(args, { options: { scope: 'value', reason: 'value' } })
  const reason = requireReason(given)
  return withDelivery(io, async (delivery) => {
    await delivery.syncedContent.refresh()
    const scope = namedScope(delivery, given.values.scope)
    const isThere = (await delivery.halts.all()).some(({ _id }) => _id === scope)
    if (isThere) {
      await io.err('もう止まっています。わけは status で見られます。')
      return 1
    }
    const { isJson } = given
    const code = await actNow(delivery, io, {
      act: { kind: 'halt', scope, isOn: true },
      reason,
      isJson,
    })
    if (!isJson) {
      await io.out(
        `${scopeName(delivery, scope)}を止めました。動いている worker は 1 秒ほどで止まります。`,
      )
      await io.out(`再開するには: kizuna resume --scope ${typedScope(scope)} --reason わけ`)
    }
    return code
  })
}
