import { createLocalReq, type Payload, type PayloadRequest, type Where } from 'payload'

import { findLiveReleases } from '../release/findReleases'
import { grouped } from '../release/grouped'
import { slicesOf } from '../release/slices'
import { TEXT_STATES, type TextState } from '../review/queries/textState'
import { hourInJapan, localDayOf, type LocalDay } from '../stage/day'
import { addressesOf, hrefOf } from './addresses'
import { looked, type LinkCheck } from './finding'
import type { LookAt } from './lookAt'

/** Slug of what is kept of each address. */
export const LINK_CHECKS = 'kizuna-link-checks' as const

/** A row of them. */
export type StoredCheck = LinkCheck & { id: string }

/** What the check depends on. */
export interface CheckOptions {
  now: () => Date
  lookAt: LookAt
}

/** Before this hour in Japan a new day's check does not begin: servers do their own work at midnight. */
const FIRST_HOUR = 1

/** Hosts that are asked at the same time; of one host one page after the other. */
const HOSTS_AT_ONCE = 4

/** Releases read in one query. */
const AT_ONCE = 300

/**
 * Looks once a day at each address in what is out. What a kill broke off goes on at the next call, and
 * a second call on the same day finds nothing to do.
 *
 * @returns how many addresses were looked at.
 */
export async function checkLinks(payload: Payload, options: CheckOptions): Promise<number> {
  const at = options.now()
  if (hourInJapan(at) < FIRST_HOUR) return 0
  const day = localDayOf(at)
  const req = await createLocalReq({}, payload)
  if (!(await isChecked(req, day))) await gather(req, day)
  const open = await findChecks(req, { checkedOn: { not_equals: day } })
  const queues = byHost(open)
  const work = async () => {
    for (let queue = queues.pop(); queue; queue = queues.pop()) {
      for (const check of queue) await lookAgain(req, check, { ...options, day })
    }
  }
  await Promise.all(Array.from({ length: HOSTS_AT_ONCE }, work))
  return open.length
}

/** Looks at one address now and keeps what was found. */
export async function lookAgain(
  { payload }: PayloadRequest,
  check: StoredCheck,
  { lookAt, day }: { lookAt: LookAt; day: LocalDay },
): Promise<StoredCheck> {
  const data = looked(check, await lookAt(check.address), day)
  // It may have gone meanwhile, with the last text it stood in.
  const where = { address: { equals: check.address } }
  await payload.db.updateMany({ collection: LINK_CHECKS, where, data, returning: false })
  return { ...check, ...data }
}

/** What is kept of some addresses. */
export async function findChecks(req: PayloadRequest, where: Where): Promise<StoredCheck[]> {
  const { docs } = await req.payload.db.find<StoredCheck>({
    collection: LINK_CHECKS,
    where,
    sort: 'address',
    limit: 0,
    pagination: false,
    req,
  })
  return docs
}

/** Whether the day's check is through, or has begun: then the addresses are gathered. */
async function isChecked({ payload }: PayloadRequest, day: LocalDay): Promise<boolean> {
  const where = { checkedOn: { equals: day } }
  return (await payload.db.count({ collection: LINK_CHECKS, where })).totalDocs > 0
}

/** Brings the list of addresses to what is out now; what is known of those that stay is kept. */
async function gather(req: PayloadRequest, day: LocalDay): Promise<void> {
  const { db } = req.payload
  const found = await gatherAddresses(req, day)
  const known = new Map((await findChecks(req, {})).map((check) => [check.address, check]))
  for (const [address, keys] of found) {
    const check = known.get(address)
    if (check?.keys.join() === keys.join()) continue
    const data = check ? { keys } : { ...NEVER_LOOKED, address, keys }
    const where = { address: { equals: address } }
    await db.upsert({ collection: LINK_CHECKS, where, data, returning: false })
  }
  const gone = [...known.keys()].filter((address) => !found.has(address))
  if (gone.length === 0) return
  await db.deleteMany({ collection: LINK_CHECKS, where: { address: { in: gone } } })
}

const NEVER_LOOKED = {
  finding: 'there',
  status: null,
  checkedOn: null,
  failingSince: null,
  brokenOn: null,
} as const

/** Each address in what is out, and under every text of a municipality, with where it stands. */
async function gatherAddresses(req: PayloadRequest, day: LocalDay): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  const add = (addresses: readonly string[], key: string) => {
    for (const address of addresses) found.set(address, [...(found.get(address) ?? []), key])
  }
  for (const keys of slicesOf(await liveKeys(req, day), AT_ONCE, () => 1)) {
    const live = await findLiveReleases(req, {
      where: { key: { in: keys } },
      fields: ['content', 'variables'],
      overrideAccess: true,
    })
    for (const release of live) add(addressesOf(release), release.key)
  }
  for (const { id, url } of await ownPages(req)) add(hrefOf(url), `${OWN_PAGE}${id}`)
  return found
}

/** What the key of a municipality's own page begins with. */
export const OWN_PAGE = 'municipality:'

async function ownPages(req: PayloadRequest): Promise<{ id: string; url: string }[]> {
  const { docs } = await req.payload.db.find<{
    id: string | number
    contact?: { url?: string | null }
  }>({
    collection: 'kizuna-municipalities',
    where: { isActive: { equals: true } },
    select: { contact: { url: true } },
    sort: 'id',
    limit: 0,
    pagination: false,
    req,
  })
  return docs.map(({ id, contact }) => ({ id: String(id), url: contact?.url ?? '' }))
}

/** Keys of all that families can get now. */
async function liveKeys(req: PayloadRequest, day: LocalDay): Promise<string[]> {
  const { docs } = await req.payload.db.find<Pick<TextState, 'key' | 'standing'>>({
    collection: TEXT_STATES,
    where: { validTo: { greater_than_equal: day } },
    select: { key: true, standing: true },
    sort: 'key',
    limit: 0,
    pagination: false,
    req,
  })
  return docs.flatMap(({ key, standing }) => (standing.startsWith('live:') ? [key] : []))
}

/** A host's addresses together. *Pure.* */
function byHost(checks: readonly StoredCheck[]): StoredCheck[][] {
  return [...grouped(checks, ({ address }) => new URL(address).host).values()]
}
