import { setImmediate as turn } from 'node:timers/promises'

import type { Program } from '../../src/plan/program'
import type { ExclusionReason } from '../../src/plan/reason'
import type { ChannelName, LineAccount } from '../../src/plan/settings'
import { createLimiter, type Limiter } from '../concurrency/limiter'
import type { SyncedReleases } from '../content/syncedContent'
import type { Batch, StoredPayload } from '../ledger/documents'
import type { LastSecondDrop } from '../ledger/lastSecondDrops'
import type { BatchOutcome, DeliveryOutcome } from '../ledger/outcomes'
import type { Claim } from '../ledger/runs'
import type { SendingStore } from '../ledger/sending'
import { batchSlices } from '../ledger/slices'
import { isTerminal } from '../ledger/states'
import { contentReason } from './content'
import { decideBatch } from './decide'
import type { Changes } from '../readers/changeNumber'
import type { LastLook } from './lastLook'
import type { Recipient, Recipients } from './recipients'

/** Recipients checked in one go: a few milliseconds, less than the pace can catch up. */
const CHECKED_AT_ONCE = 100

/** A batch that passed the last-second check. */
export interface ReadyBatch {
  batch: Batch
  payload: StoredPayload
  to: Recipient[]
  /** Recipients it leaves out from now on. */
  left: string[]
  /** Number of the last change of people that it was checked with. */
  checkedWith: number
}

/** A page of batches, checked and ready to be marked and sent. */
export interface Page {
  batches: Batch[]
  /** Those that are sent, with or without all of their recipients. */
  ready: ReadyBatch[]
  /** Those that end here, and those of the ready ones that somebody is left out of now. */
  drops: LastSecondDrop[]
  /** Number of the last change of people before the first read of the check. */
  checkedWith: number
}

/** What a run's pages are checked against. */
export interface PageContext {
  claim: Claim
  lastLook: Pick<LastLook, 'look' | 'hasChanged'>
  accountOf: (id: string) => Pick<LineAccount, 'provider'> | null
  releases: () => SyncedReleases
  program: () => Program
}

interface PageOptions {
  store: Pick<SendingStore, 'nextPage' | 'payloads' | 'statuses'>
  recipients: Recipients
  changes: Pick<Changes, 'last'>
  now: () => Date
}

interface Deps extends PageOptions {
  /** Pages of all runs are checked one after the other: the loop is never theirs for long. */
  oneByOne: Limiter
}

/** Reads and checks pages of batches. */
export function createPages(options: PageOptions) {
  const deps: Deps = { ...options, oneByOne: createLimiter(1) }
  return {
    /** The next page of a run for the given channels, checked. */
    prepare: async (context: PageContext, channels: ChannelName[]): Promise<Page> =>
      check(deps, context, await deps.store.nextPage(context.claim, channels)),

    /** The page, checked again if any of its people changed since it was checked. */
    refresh: async (context: PageContext, page: Page): Promise<Page> =>
      (await haveChanged(context, page)) ? check(deps, context, page.batches) : page,
  }
}

/** Reads and checks pages. */
export type Pages = ReturnType<typeof createPages>

async function haveChanged(
  { lastLook }: PageContext,
  { checkedWith, ready }: Page,
): Promise<boolean> {
  if (!(await lastLook.look())) return true
  return ready.some(({ batch }) => lastLook.hasChanged(batch.recipients, checkedWith))
}

function check(deps: Deps, context: PageContext, batches: Batch[]): Promise<Page> {
  return deps.oneByOne(() => checkNow(deps, context, batches))
}

async function checkNow(deps: Deps, context: PageContext, batches: Batch[]): Promise<Page> {
  const checkedWith = await deps.changes.last(context.claim.run.municipality)
  const page: Page = { batches, ready: [], drops: [], checkedWith }
  if (batches.length === 0) return page
  const known = await readKnown(deps, context, batches)
  for (const slice of batchSlices(batches, CHECKED_AT_ONCE)) {
    for (const batch of slice) addDecision(page, judge(known, context, batch), deps.now())
    await turn() // what is on the wire goes on meanwhile
  }
  return page
}

/** All that is read for the check of a page. */
interface Known {
  recipientsOf: (batch: Batch) => Recipient[]
  settledBefore: ReadonlySet<string>
  payloads: ReadonlyMap<string, StoredPayload>
}

async function readKnown(deps: Deps, context: PageContext, batches: Batch[]): Promise<Known> {
  const { claim, accountOf, program } = context
  const [recipientsOf, settledBefore, payloads] = await Promise.all([
    deps.recipients.check({ run: claim.run, batches, accountOf, program }),
    settledMails(deps, batches),
    deps.store.payloads(batches.map(({ payload }) => payload)),
  ])
  return { recipientsOf, settledBefore, payloads }
}

/** Mails of a batch are settled one by one; after a pause or crash some of them are. */
async function settledMails({ store }: Deps, batches: Batch[]): Promise<Set<string>> {
  const begun = batches.filter(({ channel, tries }) => channel === 'mail' && tries > 0)
  if (begun.length === 0) return new Set()
  const statuses = await store.statuses(begun.flatMap(({ recipients }) => recipients))
  const settled = [...statuses].filter(([, { status }]) => status && isTerminal(status))
  return new Set(settled.map(([id]) => id))
}

/** A batch with what the check found. */
interface Judged {
  batch: Batch
  payload: StoredPayload | null
  /** Recipients that are not settled yet. */
  open: Recipient[]
  /** Why the text may not go out, or null. */
  reason: ExclusionReason | null
}

function judge(known: Known, { releases }: PageContext, batch: Batch): Judged {
  const payload = known.payloads.get(batch.payload) ?? null
  const left = new Set(batch.left)
  const open = known
    .recipientsOf(batch)
    .filter(({ id }) => !left.has(id) && !known.settledBefore.has(id))
  const reason = payload ? contentReason(payload, releases()) : 'hashMismatch'
  return { batch, payload, open, reason }
}

function addDecision(page: Page, { batch, payload, open, reason }: Judged, now: Date) {
  const { checkedWith } = page
  const decision = decideBatch({ batch, recipients: open, contentReason: reason, now })
  const { dropped } = decision
  if (decision.action === 'settle') {
    const { outcome } = decision
    const left = batch.left ?? []
    const all = [...dropped, ...withdrawnMails(batch, open, outcome)]
    page.drops.push({ batch, left, checkedWith, dropped: all, end: outcome.set })
    return
  }
  if (!payload) return
  const { to, left } = decision
  if (dropped.length > 0) page.drops.push({ batch, left, checkedWith, dropped })
  page.ready.push({ batch, payload, to, left, checkedWith })
}

/** Mails of a begun batch have statuses of their own, so the rest of it gets them too. */
function withdrawnMails(batch: Batch, open: Recipient[], { set }: BatchOutcome): DeliveryOutcome[] {
  if (batch.channel !== 'mail' || set.state !== 'excluded') return []
  const reason = set.reason ? { reason: set.reason } : {}
  return open.map(({ id }) => ({ id, status: 'excluded' as const, ...reason }))
}
