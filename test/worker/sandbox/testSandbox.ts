import { createHash } from 'node:crypto'

import type { SandboxChannel } from '../../../worker/sandbox/lineState'
import { createSandbox, type Sandbox, type SandboxOptions } from '../../../worker/sandbox/sandbox'

/** The account of the invented みなと町. */
export const MINATO: SandboxChannel = {
  channelId: '1650000001',
  channelSecret: 'minato-secret',
  provider: 'minato',
  basicId: '@minato',
  name: 'みなと町 子育て便り',
  webhookUrl: null,
}

/** A sandbox on free ports without a rate limit and without files, unless asked for. */
export function testSandbox(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  return createSandbox({
    port: 0,
    smtpPort: 0,
    now: () => new Date(),
    channels: [MINATO],
    perSecond: null,
    ...options,
  })
}

/** A well-formed LINE user id that is the same for the same name. */
export function userId(name: string): string {
  return `U${createHash('md5').update(name).digest('hex')}`
}
