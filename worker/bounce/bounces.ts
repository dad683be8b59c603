import { createHash } from 'node:crypto'

import type { Collection, Db } from 'mongodb'

import type { KeyRing } from '../../src/secret/seal'
import { localDayOf } from '../../src/stage/day'
import {
  forgottenAfter,
  readerCollections,
  type BounceKind,
  type TakenBounce,
} from '../readers/collections'
import { indexOf } from '../readers/identity'
import { MAIL_ACCOUNT, type Reader } from '../readers/reader'
import type { ReaderStore } from '../readers/store'
import { readReport, type BounceReport, type Returned } from './report'
import type { ReturnPaths, ReturnReference } from './returnPath'
import { createHardBounces, type HardBounces } from './hardBounces'
import { createTelling, type Telling } from './telling'

const DAY_MS = 24 * 3600_000

/** How long a message is known, so that it changes nothing a second time. */
const KEPT_MS = 30 * DAY_MS

interface BouncesOptions {
  db: Db
  ring: KeyRing
  now: () => Date
  readers: Pick<ReaderStore, 'suppress' | 'noteSoftRefusal'>
  returnPaths: ReturnPaths
  onAlert: (code: string, detail: Record<string, unknown>) => void
}

/** How many mails came back as what, in the days that are known. */
export interface BounceCount {
  kind: BounceKind
  code: string
  count: number
}

/**
 * Takes in mails that came back. A complaint stops the address at once; a soft refusal when there were
 * enough of them; a hard one a quarter of an hour later, unless many of its domain came: those are held.
 */
export function createBounces(options: BouncesOptions) {
  const { bounces, readers } = readerCollections(options.db)
  const tellOnce = createTelling(options)
  const hard = createHardBounces({ ...options, tellOnce })
  const deps: Deps = { ...options, bounces, stored: readers, tellOnce, hard }
  return {
    /** Takes one in; the same message again changes nothing. Throws when it cannot be written. */
    take: (returned: Returned): Promise<BounceKind | 'again'> => take(deps, returned),
    ...deps.hard,
    /** How many came back as what, the most first. */
    counts: (): Promise<BounceCount[]> => counts(bounces),
  }
}

/** What is done with mails that came back. */
export type Bounces = ReturnType<typeof createBounces>

interface Deps extends BouncesOptions {
  bounces: Collection<TakenBounce>
  stored: Collection<Reader>
  tellOnce: Telling
  hard: HardBounces
}

async function take(deps: Deps, returned: Returned): Promise<BounceKind | 'again'> {
  const _id = createHash('sha256').update(returned.raw).digest('hex')
  if (await deps.bounces.findOne({ _id }, { projection: { _id: 1 } })) return 'again'
  const report = await readReport(returned, {
    paths: deps.returnPaths,
    indexOf: (address) => indexOf(deps.ring, { ...MAIL, address }),
  }).catch((): BounceReport => ({ kind: 'ignored', code: 'unreadable' }))
  const effect = await apply(deps, report)
  const taken = { code: report.code, at: deps.now(), removeAt: forgottenAfter(KEPT_MS) }
  // last: a program that dies before does all of it again, to the same end
  await deps.bounces.updateOne({ _id }, { $setOnInsert: { ...taken, ...effect } }, { upsert: true })
  return effect.kind
}

type Effect = Pick<TakenBounce, 'kind' | 'hard'>

async function apply(deps: Deps, report: BounceReport): Promise<Effect> {
  if (!('reference' in report)) return { kind: report.kind }
  if (report.kind === 'ours') {
    deps.tellOnce('bounces-about-us', report.code, { code: report.code })
    return { kind: 'ours' }
  }
  const found = await findAddress(deps, report.reference)
  if (typeof found === 'string') return { kind: found }
  if (report.kind === 'hard') {
    return { kind: 'hard', hard: deps.hard.waiting(found.index, report.domain) }
  }
  const address = { ...MAIL, index: found.index }
  const { sentOn: date } = report.reference
  if (report.kind === 'soft') await deps.readers.noteSoftRefusal({ ...address, date })
  else await deps.readers.suppress({ ...address, reason: 'complained' })
  return { kind: report.kind }
}

/** The address of a reference as somebody has it now, and has not confirmed since. */
async function findAddress(
  { stored }: Deps,
  { index: beginning, sentOn }: ReturnReference,
): Promise<{ index: string } | 'gone' | 'old'> {
  const index = { $gte: beginning, $lt: `${beginning}g` }
  const found = await stored
    .find({ identities: { $elemMatch: { ...MAIL, index } } })
    .project<Pick<Reader, 'identities' | 'consentedAt' | 'contactSince'>>({
      identities: 1,
      consentedAt: 1,
      contactSince: 1,
    })
    .hint('by_blind_index')
    .toArray()
  const [reader] = found
  const identity = reader?.identities.find((one) => one.index.startsWith(beginning))
  if (!identity) return 'gone'
  const isOld = found.some(
    ({ consentedAt, contactSince = consentedAt }) =>
      localDayOf(contactSince > consentedAt ? contactSince : consentedAt) > sentOn,
  )
  return isOld ? 'old' : { index: identity.index }
}

function counts(bounces: Deps['bounces']): Promise<BounceCount[]> {
  return bounces
    .aggregate<BounceCount>([
      { $group: { _id: { kind: '$kind', code: '$code' }, count: { $sum: 1 } } },
      { $project: { _id: 0, kind: '$_id.kind', code: '$_id.code', count: 1 } },
      { $sort: { count: -1, kind: 1, code: 1 } },
    ])
    .toArray()
}

const MAIL = { channel: 'mail', account: MAIL_ACCOUNT } as const
