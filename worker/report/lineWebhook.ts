import type { WebhookTest } from '../../src/operation/webhookTest'
import type { LineAccount } from '../../src/plan/settings'
import type { LineHealth, LineHealthChannel } from '../channel/lineHealthChannel'

/** Where an account's events are to go: the web side of this installation. *Pure.* */
export function webhookOf(publicUrl: string, { channelId }: Pick<LineAccount, 'channelId'>) {
  return `${publicUrl.replace(/(?<!\/)\/+$/, '')}/line/${channelId}`
}

/** An account, and what LINE says of it. */
export interface SeenWebhook {
  account: LineAccount
  health: LineHealth
  publicUrl: string
}

/** Where an account's events go: here, to another place, or nowhere; `unasked`: nobody needs them here. *Pure.* */
export function goalOf({
  account,
  health: { webhook },
  publicUrl,
}: SeenWebhook): 'here' | 'elsewhere' | 'nowhere' | 'unasked' {
  if (account.answers === 'none') return 'unasked'
  if (webhook?.isOn !== true) return 'nowhere'
  return webhook.url === webhookOf(publicUrl, account) ? 'here' : 'elsewhere'
}

/** LINE's test of a webhook that is ours; the one before where LINE does not test now. */
export async function testOwnWebhook(
  channel: Pick<LineHealthChannel, 'testWebhook'>,
  seen: SeenWebhook,
  before: WebhookTest | null,
): Promise<WebhookTest | null> {
  if (goalOf(seen) !== 'here') return null
  const tested = await channel.testWebhook(seen.account)
  return tested.status === 'done' ? tested.value : before
}
