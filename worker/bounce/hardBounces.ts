import type { Collection, Db } from 'mongodb'

import { grouped } from '../../src/release/grouped'
import { blindIndex, open, seal, type KeyRing } from '../../src/secret/seal'
import { readerCollections, type HardBounce, type TakenBounce } from '../readers/collections'
import { MAIL_ACCOUNT, type Reader } from '../readers/reader'
import type { ReaderStore } from '../readers/store'
import type { Telling } from './telling'

/** Context of the domain of addresses that are said not to exist. */
export const DOMAIN_CONTEXT = 'bounce-domain'

const DAY_MS = 24 * 3600_000

/** How long a hard refusal waits for others of its domain before it is believed. */
const WAIT_MS = 15 * 60_000

/** So many addresses of one domain, within a day, are the domain's trouble or ours; in a small installation. */
const MANY_OF_A_DOMAIN = 10

/** In a large one, one in so many of all readers. */
const READERS_A_REFUSAL = 10_000

/** Hard refusals that are looked at in one go. */
const MOST_SETTLED = 500

/** From so many addresses on a domain may be named. */
const MIN_TOLD_ADDRESSES = 5

interface HardBouncesOptions {
  db: Db
  ring: KeyRing
  now: () => Date
  readers: Pick<ReaderStore, 'suppress'>
  tellOnce: Telling
}

/** Hard refusals of one domain that wait for a person. */
export interface HeldDomain {
  /** Keyed hash of the domain, by which it is decided on. */
  id: string
  /** The domain, where so many of its addresses are held that it names nobody; else null. */
  name: string | null
  addresses: number
  since: Date
}

/** Hard refusals: they wait for others of their domain, and many at once for a person. */
export function createHardBounces(options: HardBouncesOptions) {
  const { bounces, readers: stored } = readerCollections(options.db)
  const deps: Deps = { ...options, bounces, stored }
  return {
    /** A hard refusal that has just come, of the address with this blind index. */
    waiting: (index: string, domain: string): HardBounce => waiting(deps, index, domain),
    /** Believes the hard refusals that have waited, or holds those of a domain with many. */
    settle: (): Promise<void> => settle(deps),
    /** Domains whose hard refusals wait for a person. */
    held: (): Promise<HeldDomain[]> => heldDomains(deps),
    /** What a person says of a held domain; gives how many addresses that was about. */
    decide: (domain: string, as: 'believed' | 'dropped'): Promise<number> =>
      decide(deps, domain, as),
  }
}

/** What is done with hard refusals. */
export type HardBounces = ReturnType<typeof createHardBounces>

interface Deps extends HardBouncesOptions {
  bounces: Collection<TakenBounce>
  stored: Collection<Reader>
}

/**
 * Whether so many addresses of one domain, refused for good within a day, are more than go by
 * themselves: then nobody is suppressed until a person has looked. *Pure.*
 */
export function isBurst(addresses: number, { readers }: { readers: number }): boolean {
  return addresses > Math.max(MANY_OF_A_DOMAIN, readers / READERS_A_REFUSAL)
}

function waiting({ ring, now }: Deps, index: string, domain: string): HardBounce {
  return {
    index,
    domain: blindIndex(ring, domain, DOMAIN_CONTEXT),
    sealedDomain: seal(ring, domain, DOMAIN_CONTEXT),
    state: 'waiting',
    dueAt: new Date(now().getTime() + WAIT_MS),
  }
}

async function settle(deps: Deps): Promise<void> {
  const due = { 'hard.state': 'waiting', 'hard.dueAt': { $lte: deps.now() } } as const
  const found = await deps.bounces.find(due).limit(MOST_SETTLED).toArray()
  const domains = new Set(found.flatMap(({ hard }) => hard?.domain ?? []))
  for (const domain of domains) await settleDomain(deps, domain)
}

async function settleDomain(deps: Deps, domain: string): Promise<void> {
  const since = new Date(deps.now().getTime() - DAY_MS)
  const lately = await deps.bounces.distinct('hard.index', {
    'hard.domain': domain,
    'hard.state': { $in: ['waiting', 'held', 'believed'] },
    at: { $gt: since },
  })
  const readers = await deps.stored.estimatedDocumentCount()
  if (!isBurst(lately.length, { readers })) return believe(deps, domain, 'waiting')
  const ofDomain = { 'hard.domain': domain, 'hard.state': 'waiting' } as const
  await deps.bounces.updateMany(ofDomain, { $set: { 'hard.state': 'held' } })
  deps.tellOnce('bounces-held', domain, { addresses: lately.length })
}

/** Stops every address of a domain whose refusals are in this state. */
async function believe(deps: Deps, domain: string, state: 'waiting' | 'held'): Promise<void> {
  const open = deps.bounces.find({ 'hard.domain': domain, 'hard.state': state })
  for await (const { _id, hard } of open) {
    if (!hard) continue
    const address = { channel: 'mail' as const, account: MAIL_ACCOUNT, index: hard.index }
    await deps.readers.suppress({ ...address, reason: 'bounced' })
    await deps.bounces.updateOne({ _id }, { $set: { 'hard.state': 'believed' } })
  }
}

async function decide(deps: Deps, domain: string, as: 'believed' | 'dropped'): Promise<number> {
  const held = { 'hard.domain': domain, 'hard.state': 'held' } as const
  const addresses = await deps.bounces.distinct('hard.index', held)
  if (as === 'believed') await believe(deps, domain, 'held')
  else await deps.bounces.updateMany(held, { $set: { 'hard.state': 'dropped' } })
  return addresses.length
}

async function heldDomains({ bounces, ring }: Deps): Promise<HeldDomain[]> {
  const held = await bounces.find({ 'hard.state': 'held' }).sort({ at: 1 }).toArray()
  const byDomain = grouped(held, ({ hard }) => hard?.domain ?? '')
  return [...byDomain].map(([id, ofDomain]) => {
    const addresses = new Set(ofDomain.map(({ hard }) => hard?.index)).size
    const [first] = ofDomain
    const sealed = first?.hard?.sealedDomain ?? ''
    const name = addresses >= MIN_TOLD_ADDRESSES ? open(ring, sealed, DOMAIN_CONTEXT) : null
    return { id, name, addresses, since: first?.at ?? new Date(0) }
  })
}
