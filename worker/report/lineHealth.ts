import type { Collection, Db } from 'mongodb'

import { lineIdsOf } from '../../src/accounts/topology'
import type { WebhookTest } from '../../src/operation/webhookTest'
import type { LineAccount } from '../../src/plan/settings'
import { addDays, localDayOf, type LocalDay } from '../../src/stage/day'
import type { LineHealthChannel } from '../channel/lineHealthChannel'
import type { SyncedContent } from '../content/syncedContent'
import { takeTurn } from '../database/takeTurn'
import { ledgerCollections } from '../ledger/collections'
import { healthOf, type CountedDay, type KeptHealth } from './keptHealth'
import { troublesOf } from './lineTroubles'
import { goalOf, testOwnWebhook } from './lineWebhook'
import { yieldedOf } from './yielding'

/** How often LINE is asked, and how soon again after a failure. */
const EVERY_MS = 3_600_000
const RETRY_MS = 600_000

/** Accounts that are asked about in one tick: each takes some requests. */
const ACCOUNTS_PER_TICK = 5

interface LineHealthOptions {
  db: Db
  lineHealthChannel: LineHealthChannel
  syncedContent: Pick<SyncedContent, 'municipalities' | 'line'>
  publicUrl: string
  now: () => Date
  onAlert: (code: string, detail: Record<string, unknown>) => void
}

/** Asks LINE how each account is, once an hour, and compares its count of a day with the ledger's. */
export function createLineHealth(options: LineHealthOptions) {
  const kept = healthOf(options.db)
  return {
    /** Asks about some accounts; cheap when nothing is due. */
    askSome: async (): Promise<void> => {
      // where LINE does not answer, nobody waits for the others
      for (const account of await takeDue(options, kept))
        if (!(await ask(options, kept, account))) return
    },
  }
}

/** Accounts of active municipalities that are due; whoever else looks meanwhile leaves them. */
async function takeDue(
  { syncedContent, now }: LineHealthOptions,
  kept: Collection<KeptHealth>,
): Promise<LineAccount[]> {
  const towns = syncedContent.municipalities().filter(({ isActive }) => isActive)
  const ids = [...new Set(towns.flatMap(lineIdsOf))]
  await kept.deleteMany({ _id: { $nin: ids } })
  const later = await kept.find({ nextAt: { $gt: now() } }, { projection: { _id: 1 } }).toArray()
  const asked = new Set(later.map(({ _id }) => _id))
  const due = ids.filter((id) => !asked.has(id)).slice(0, ACCOUNTS_PER_TICK)
  const taken: LineAccount[] = []
  for (const id of due) {
    const account = syncedContent.line(id)
    if (account && (await take(kept, id, now()))) taken.push(account)
  }
  return taken
}

function take(kept: Collection<KeptHealth>, _id: string, now: Date): Promise<boolean> {
  const fresh = { at: null, health: null, code: null, troubles: [], counted: null }
  const until = new Date(now.getTime() + RETRY_MS)
  return takeTurn(kept, { _id, notBefore: 'nextAt', fresh, now, until })
}

/** False where LINE did not answer at all. */
async function ask(
  options: LineHealthOptions,
  kept: Collection<KeptHealth>,
  account: LineAccount,
): Promise<boolean> {
  const { lineHealthChannel, now, onAlert } = options
  const before = await kept.findOne({ _id: account.id })
  const asked = await lineHealthChannel.read(account)
  if (asked.status === 'failed') {
    const troubles = asked.code === 'line-credentials' ? (['line-token-refused'] as const) : []
    tellNew(onAlert, { account: account.id, before: before?.troubles ?? [], troubles })
    await kept.updateOne(
      { _id: account.id },
      { $set: { code: asked.code, troubles: [...troubles] } },
    )
    return troubles.length > 0
  }
  const counted = (await countedDay(options, account)) ?? before?.counted ?? null
  const at = now()
  const today = localDayOf(at)
  const health = asked.value
  const sentToday = health.limit === null ? 0 : await acceptedOn(options.db, today, account.id)
  const yielded = await yieldedOf(options, { _id: account.id, at, health, sentToday })
  const seen = { account, health, publicUrl: options.publicUrl }
  const last = before?.webhookTest ?? null
  const webhookTest = await testOwnWebhook(lineHealthChannel, seen, last)
  const troubles = troublesOf({
    account,
    health,
    counted,
    today,
    isMoving: isMoving(options, account),
    yielded,
    isUnreached: hasFailed(webhookTest) && hasFailed(last),
  })
  tellNew(onAlert, { account: account.id, before: before?.troubles ?? [], troubles })
  const nextAt = new Date(at.getTime() + (hasFailed(webhookTest) ? RETRY_MS : EVERY_MS))
  const isSentElsewhere = goalOf(seen) === 'elsewhere'
  const ofWebhook = { isSentElsewhere, webhookTest }
  const set = {
    at,
    nextAt,
    health,
    code: null,
    troubles,
    counted,
    sentToday,
    yielded,
    ...ofWebhook,
  }
  await kept.updateOne({ _id: account.id }, { $set: set })
  return true
}

/** One failure may be a start of the web side: it is tested again soon, before a person is told. */
function hasFailed(test: WebhookTest | null): boolean {
  return test !== null && test.reason !== 'ok'
}

/** A person is told of a trouble once, when it begins. */
function tellNew(
  onAlert: LineHealthOptions['onAlert'],
  {
    account,
    before,
    troubles,
  }: { account: string; before: readonly string[]; troubles: readonly string[] },
): void {
  for (const code of troubles) if (!before.includes(code)) onAlert(code, { account })
}

/** Letters of a move are not in the ledger, and LINE counts them. */
function isMoving({ syncedContent }: LineHealthOptions, { id }: LineAccount): boolean {
  return syncedContent.municipalities().some((town) => town.move && lineIdsOf(town).includes(id))
}

/** Yesterday by both counts; null while LINE does not know. */
async function countedDay(
  { lineHealthChannel, db, now }: LineHealthOptions,
  account: LineAccount,
): Promise<CountedDay | null> {
  const day = addDays(localDayOf(now()), -1)
  const sent = await lineHealthChannel.sentOn(account, day)
  if (sent.status === 'failed' || sent.value === null) return null
  return { day, line: sent.value, ours: await acceptedOn(db, day, account.id) }
}

/** How many recipients LINE has taken of an account's batches of a day, by the ledger. */
async function acceptedOn(db: Db, date: LocalDay, account: string): Promise<number> {
  const { runs, batches } = ledgerCollections(db)
  const ofDay = await runs.find({ date }, { projection: { _id: 1 } }).toArray()
  const left = { $size: { $ifNull: ['$left', []] } }
  const [found] = await batches
    .aggregate<{ count: number }>([
      { $match: { run: { $in: ofDay.map(({ _id }) => _id) }, state: 'accepted', account } },
      { $group: { _id: null, count: { $sum: { $subtract: [{ $size: '$recipients' }, left] } } } },
    ])
    .toArray()
  return found?.count ?? 0
}
