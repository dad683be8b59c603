import type { Collection, Db } from 'mongodb'

import { lineIdsOf } from '../../src/accounts/topology'
import type { LineAccount } from '../../src/plan/settings'
import type { SyncedContent } from '../content/syncedContent'
import { lineMenu, type LineMenu } from '../channel/lineMenu'
import type { LineMenuChannel, LineMenuOutcome } from '../channel/lineMenuChannel'
import { takeTurn } from '../database/takeTurn'
import type { Links } from '../web/link'

/** Which menu an account has by us, as stored in `lineMenus`. */
export interface KeptMenu {
  /** Id of the account in the CMS. */
  _id: string
  /** Name of the menu that is set; null while none is. */
  name: string | null
  /** A person has asked for it, whatever the account answers. */
  isAsked: boolean
  /** Nobody else tries before: somebody works on it, or it could not be done. */
  retryAt: Date
}

interface KeeperOptions {
  db: Db
  menus: LineMenuChannel
  syncedContent: Pick<SyncedContent, 'municipalities' | 'line'>
  links: Pick<Links, 'quietPlaces'>
  now: () => Date
  onAlert: (code: string, detail: Record<string, unknown>) => void
}

/** How long after a failure it is tried again, and how long one try may take. */
const RETRY_MS = 3600_000
const WORK_MS = 120_000

/** Accounts that are looked after in one tick: each takes some requests. */
const ACCOUNTS_PER_TICK = 10

/** After a failure nobody's is tried for a while: runs that are due do not wait for a slow LINE. */
const PAUSE_MS = 300_000

/**
 * Keeps the menus of LINE accounts: set once for a new or changed account whose talk is all ours, and
 * for one that a person has asked for; taken away where neither is so any more.
 */
export function createLineMenus(options: KeeperOptions) {
  const kept = options.db.collection<KeptMenu>('lineMenus')
  const keeper: Keeper = { ...options, kept }
  let pausedUntil = new Date(0)
  return {
    /** Looks after some accounts; cheap when nothing has changed. */
    keepSome: async (): Promise<void> => {
      if (options.now() < pausedUntil || (await keepSome(keeper))) return
      pausedUntil = new Date(options.now().getTime() + PAUSE_MS)
    },
    /** Sets the menu of an account because a person asks for it. */
    ask: async (account: LineAccount): Promise<LineMenuOutcome | { status: 'unsuited' }> => {
      const menu = menuFor(keeper, account)
      if (!menu) return { status: 'unsuited' }
      const outcome = await options.menus.set(account, menu)
      if (outcome.status === 'done') await note(keeper, account, { name: menu.name, isAsked: true })
      return outcome
    },
    /** Takes it away; an account whose talk is all ours gets it again. */
    remove: async (account: LineAccount): Promise<LineMenuOutcome> => {
      const outcome = await options.menus.remove(account)
      if (outcome.status === 'done') await note(keeper, account, { name: null, isAsked: false })
      return outcome
    },
    /** What is set where, by the account's id. */
    all: async (): Promise<ReadonlyMap<string, KeptMenu>> =>
      new Map((await kept.find().toArray()).map((one) => [one._id, one])),
  }
}

/** Keeps menus. */
export type LineMenus = ReturnType<typeof createLineMenus>

interface Keeper extends KeeperOptions {
  kept: Collection<KeptMenu>
}

/** False as soon as one could not be done. */
async function keepSome(keeper: Keeper): Promise<boolean> {
  const { kept, now } = keeper
  const known = new Map((await kept.find().toArray()).map((one) => [one._id, one]))
  const due = accountsOf(keeper).flatMap((account) => {
    const before = known.get(account.id)
    if (before && before.retryAt > now()) return []
    const isWanted = isOurs(account) || before?.isAsked === true
    const name = isWanted ? (menuFor(keeper, account)?.name ?? null) : null
    return name === (before?.name ?? null) ? [] : [{ account, isWanted }]
  })
  for (const { account, isWanted } of due.slice(0, ACCOUNTS_PER_TICK)) {
    if (!(await claim(keeper, account))) continue
    if (!(await change(keeper, account, isWanted))) return false
  }
  return true
}

/** Accounts that an active municipality sends through, each once. */
function accountsOf({ syncedContent }: Keeper): LineAccount[] {
  const ids = syncedContent
    .municipalities()
    .flatMap((town) => (town.isActive ? lineIdsOf(town) : []))
  return [...new Set(ids)].flatMap((id) => syncedContent.line(id) ?? [])
}

function isOurs({ answers = 'all' }: LineAccount): boolean {
  return answers === 'all'
}

/** Where another service answers in the talk, the pages of the only town; null with several. */
function menuFor({ syncedContent, links }: Keeper, account: LineAccount): LineMenu | null {
  if (account.answers !== 'none') return lineMenu(null)
  const [town, ...others] = syncedContent
    .municipalities()
    .filter((town) => town.isActive && lineIdsOf(town).includes(account.id))
  return town && others.length === 0 ? lineMenu(links.quietPlaces(town, account)) : null
}

/** True for the one who is to do it; whoever else looks at the same time leaves it. */
function claim({ kept, now }: Keeper, { id }: LineAccount): Promise<boolean> {
  const until = new Date(now().getTime() + WORK_MS)
  const fresh = { name: null, isAsked: false }
  return takeTurn(kept, { _id: id, notBefore: 'retryAt', fresh, now: now(), until })
}

async function change(keeper: Keeper, account: LineAccount, isWanted: boolean): Promise<boolean> {
  const { menus, kept, now, onAlert } = keeper
  const menu = isWanted ? menuFor(keeper, account) : null
  const outcome = menu ? await menus.set(account, menu) : await menus.remove(account)
  if (outcome.status === 'done') {
    await note(keeper, account, { name: menu?.name ?? null })
    return true
  }
  await kept.updateOne(
    { _id: account.id },
    { $set: { retryAt: new Date(now().getTime() + RETRY_MS) } },
  )
  onAlert('line-menu-failed', { account: account.id, code: outcome.code })
  return false
}

async function note(
  { kept, now }: Keeper,
  { id }: LineAccount,
  is: Partial<Pick<KeptMenu, 'name' | 'isAsked'>>,
): Promise<void> {
  const unasked = is.isAsked === undefined ? { isAsked: false } : {}
  await kept.updateOne(
    { _id: id },
    { $set: { ...is, retryAt: now() }, $setOnInsert: unasked },
    { upsert: true },
  )
}
