import { createHmac } from 'node:crypto'

import { readSampleJson, type SampleLineAccount } from './sampleData'

interface PracticeOptions {
  /** Origin of the practice LINE. */
  sandboxUrl: string
  /** Origin of the readers' pages, where its webhooks go. */
  publicUrl: string
  payloadSecret: string
}

/**
 * Makes the sample's LINE accounts known to the practice LINE. Every start does so: a port that was
 * changed, or a folder that was copied, must not leave the webhooks with another installation.
 *
 * @throws Error when the practice LINE does not take one.
 */
export async function registerPracticeChannels(options: PracticeOptions): Promise<void> {
  const { sandboxUrl, publicUrl, payloadSecret } = options
  for (const account of await readSampleJson<SampleLineAccount[]>('lineAccounts')) {
    const channelSecret = practiceChannelSecret(payloadSecret, account.channelId)
    const webhookUrl = `${publicUrl}/line/${account.channelId}`
    const { loginChannelId } = account
    const loginChannel = loginChannelId && {
      channelId: loginChannelId,
      channelSecret: practiceChannelSecret(payloadSecret, loginChannelId),
      callbackUrls: [`${publicUrl}/login/line`],
    }
    await post(`${sandboxUrl}/sandbox/channels`, {
      ...account,
      channelSecret,
      webhookUrl,
      ...(loginChannel && { loginChannel }),
    })
  }
}

/** The secret of a sample LINE account; it follows from the installation's own. *Pure.* */
export function practiceChannelSecret(payloadSecret: string, channelId: string): string {
  return createHmac('sha256', payloadSecret)
    .update(`line-channel:${channelId}`)
    .digest('hex')
    .slice(0, 32)
}

async function post(url: string, body: unknown) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  })
  if (!response.ok) throw new Error(`${url} が ${response.status} を返しました。`)
}
