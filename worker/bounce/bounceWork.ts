import type { BounceSettings } from '../../src/config/bounces'
import { createBounces, type Bounces } from './bounces'
import { createBounceMailbox, type BounceMailbox } from './mailbox'
import type { ReturnPaths } from './returnPath'
import { createTelling, type Telling } from './telling'

type Given = Omit<Parameters<typeof createBounces>[0], 'returnPaths'> & {
  returnPaths: ReturnPaths | null
}

/** Mails that come back: taken in, read from the mailbox, and what follows from them. */
export interface BounceWork extends Bounces {
  /** What whoever hands one over by HTTP has to know; null where nobody may. */
  secret: string | null
  /** Reads some of the mailbox and settles what has waited; a mailbox that fails is told, no more. */
  work: () => Promise<void>
}

/** Null where nobody reads mails that come back. */
export function createBounceWork(
  { bounces: settings = null }: { bounces?: BounceSettings | null },
  { returnPaths, ...given }: Given,
): BounceWork | null {
  if (!settings || !returnPaths) return null
  const bounces = createBounces({ ...given, returnPaths })
  const { mailbox: url, secret } = settings
  const mailbox = url === null ? null : createBounceMailbox({ url, take: bounces.take })
  const tellOnce = createTelling(given)
  return { ...bounces, secret, work: () => work({ bounces, mailbox, tellOnce }) }
}

interface Work {
  bounces: Bounces
  mailbox: BounceMailbox | null
  tellOnce: Telling
}

async function work({ bounces, mailbox, tellOnce }: Work): Promise<void> {
  await bounces.settle()
  try {
    await mailbox?.readSome()
  } catch (error) {
    tellOnce('bounces-unread', '', { reason: reasonOf(error) })
  }
}

/** A word of the library or the system; what the server says may quote an address. */
function reasonOf(error: unknown): string {
  const { code, authenticationFailed } = error as { code?: unknown; authenticationFailed?: unknown }
  if (authenticationFailed === true) return 'login'
  return typeof code === 'string' && /^\w{1,40}$/.test(code) ? code : 'failed'
}
