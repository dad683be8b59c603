import { setImmediate as turn } from 'node:timers/promises'

import type { ChannelName } from '../../src/plan/settings'
import type { Batch, StoredPayload } from '../ledger/documents'
import type { Claim } from '../ledger/runs'
import type { LastSecondDrop } from '../ledger/lastSecondDrops'
import type { BatchOutcome, DeliveryOutcome } from '../ledger/outcomes'
import type { SendingStore } from '../ledger/sending'
import { isTerminal } from '../ledger/states'
import type { ExclusionReason } from '../../src/plan/reason'
import type { Program } from '../../src/plan/program'
import type { LineAccount } from '../../src/plan/settings'
import { contentReason, type SyncedContents } from './content'
import { decideBatch } from './decide'
import { createPermits } from './permits'
import type { Recipient, Recipients } from './recipients'

/** A batch that passed the last-second check. */
export interface ReadyBatch {
  batch: Batch
  payload: StoredPayload
  to: Recipient[]
  /** Recipients it leaves out from now on. */
  left: string[]
}

/** A page of batches, checked and ready to be marked and sent. */
export interface Page {
  batches: Batch[]
  /** Those that are sent, with or without all of their recipients. */
  ready: ReadyBatch[]
  /** Those that end here, and those of the ready ones that somebody is left out of now. */
  leaving: LastSecondDrop[]
  /** Instant before the first read of the check. */
  checkedAt: Date
}

interface PageOptions {
  store: SendingStore
  recipients: Recipients
  now: () => Date
}

/** What a run's pages are checked against. */
export interface PageContext {
  claim: Claim
  line: Pick<LineAccount, 'id' | 'provider'> | null
  syncedContent: () => SyncedContents
  program: () => Program
}

/** Reads and checks pages of batches. */
export function createPages({ store, recipients, now }: PageOptions) {
  /** Pages of all runs are checked one after the other: the loop is never theirs for long. */
  const oneByOne = createPermits(1)

  const prepare = async (context: PageContext, channels: ChannelName[]): Promise<Page> =>
    check(context, await store.nextPage(context.claim, channels))

  const check = (context: PageContext, batches: Batch[]): Promise<Page> =>
    oneByOne(1, () => checkNow(context, batches))

  const checkNow = async (context: PageContext, batches: Batch[]): Promise<Page> => {
    const page: Page = { batches, ready: [], leaving: [], checkedAt: now() }
    if (batches.length === 0) return page
    const { claim, line, program } = context
    const [recipientsOf, settledBefore, payloads] = await Promise.all([
      recipients.check({ run: claim.run, batches, line, program }),
      settledMails(batches),
      store.payloads(batches.map(({ payload }) => payload)),
    ])
    const judge = (batch: Batch) => {
      const payload = payloads.get(batch.payload) ?? null
      const left = new Set(batch.left)
      const open = recipientsOf(batch).filter(({ id }) => !left.has(id) && !settledBefore.has(id))
      addDecision(page, {
        batch,
        payload,
        open,
        reason: reasonOf(payload, context.syncedContent()),
      })
    }
    for (const slice of slicesOf(batches)) {
      slice.forEach(judge)
      await turn() // what is on the wire goes on meanwhile
    }
    return page
  }

  /** Mails of a batch are settled one by one; after a pause or crash some of them are. */
  const settledMails = async (batches: Batch[]): Promise<Set<string>> => {
    const begun = batches.filter(({ channel, tries }) => channel === 'mail' && tries > 0)
    if (begun.length === 0) return new Set()
    const statuses = await store.statuses(begun.flatMap(({ recipients: ids }) => ids))
    const settled = [...statuses].filter(([, { status }]) => status && isTerminal(status))
    return new Set(settled.map(([id]) => id))
  }

  /** The page, checked again if any of its people changed since it was checked. */
  const refresh = async (context: PageContext, page: Page): Promise<Page> => {
    const since = new Date(page.checkedAt.getTime() - CLOCK_SKEW_MS)
    const ids = page.ready.flatMap(({ to }) => to.map(({ id }) => id))
    return (await recipients.hasChanged(ids, since)) ? check(context, page.batches) : page
  }
  return { prepare, refresh }
}

/** Reads and checks pages. */
export type Pages = ReturnType<typeof createPages>

/** Recipients checked in one go: a few milliseconds, less than the pace can catch up. */
const CHECKED_AT_ONCE = 100

function slicesOf(batches: Batch[]): Batch[][] {
  const slices: Batch[][] = []
  let room = 0
  for (const batch of batches) {
    if (room <= 0) {
      slices.push([])
      room = CHECKED_AT_ONCE
    }
    slices.at(-1)?.push(batch)
    room -= batch.recipients.length
  }
  return slices
}

/** Clocks of the web side and the worker may differ by this much. */
const CLOCK_SKEW_MS = 2000

function reasonOf(
  payload: StoredPayload | null,
  syncedContent: SyncedContents,
): ExclusionReason | null {
  return payload ? contentReason(payload, syncedContent) : 'hashMismatch'
}

interface Judged {
  batch: Batch
  payload: StoredPayload | null
  open: Recipient[]
  reason: ExclusionReason | null
}

function addDecision(page: Page, { batch, payload, open, reason }: Judged) {
  const decision = decideBatch({ batch, recipients: open, contentReason: reason })
  const { dropped } = decision
  if (decision.action === 'settle') {
    const { outcome } = decision
    const left = batch.left ?? []
    const all = [...dropped, ...withdrawnMails(batch, open, outcome)]
    page.leaving.push({ batch, left, dropped: all, end: outcome.set })
    return
  }
  if (!payload) return
  const { to, left } = decision
  if (dropped.length > 0) page.leaving.push({ batch, left, dropped })
  page.ready.push({ batch, payload, to, left })
}

/** Mails of a begun batch have statuses of their own, so the rest of it gets them too. */
function withdrawnMails(batch: Batch, open: Recipient[], { set }: BatchOutcome): DeliveryOutcome[] {
  if (batch.channel !== 'mail' || set.state !== 'excluded') return []
  const reason = set.reason ? { reason: set.reason } : {}
  return open.map(({ id }) => ({ id, status: 'excluded' as const, ...reason }))
}
