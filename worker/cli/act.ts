import { randomUUID } from 'node:crypto'

import { actWords, type Act } from '../../src/operation/act'
import { hasVisibleText } from '../../src/release/plainText'
import type { DeliveryHalf } from '../app/deliveryHalf'
import { UsageError, type Arguments } from './arguments'
import type { CliIo } from './commands'

/** Longest reason, as in the admin. */
const MAX_REASON = 300

/**
 * The `--reason` that every act asks for. *Pure.*
 *
 * @throws UsageError when there is none, or it is too long.
 */
export function requireReason({ values: { reason } }: Arguments): string {
  if (reason === undefined || !hasVisibleText(reason)) {
    throw new UsageError(
      '--reason がありません。--reason わけ を付けてください(操作の記録に残ります)。',
    )
  }
  if (reason.length > MAX_REASON) {
    throw new UsageError(
      `--reason: ${reason.length} 文字あります。${MAX_REASON} 文字までにしてください。`,
    )
  }
  return reason
}

/**
 * Does an act at once; the CMS's log hears of it as soon as it answers.
 *
 * @returns the exit code: 1 where it did not apply.
 */
export async function actNow(
  delivery: Pick<DeliveryHalf, 'acts' | 'now'>,
  io: CliIo,
  { act, reason, isJson }: { act: Act; reason: string; isJson: boolean },
): Promise<number> {
  const at = delivery.now().toISOString()
  const count = await delivery.acts.doHere({ id: randomUUID(), at, reason, act })
  if (isJson) await io.out(JSON.stringify({ act, count }))
  else if (count > 0)
    await io.out(`行いました: ${actWords(act)}${act.kind === 'mail' ? `(${count} 通)` : ''}`)
  else await io.err('行いませんでした。いまはもう当てはまりません。status で確かめてください。')
  return count > 0 ? 0 : 1
}
