import type { PayloadRequest, Where } from 'payload'

import { hasRole, TEAM } from '../people/roles'
import { readRelease } from '../plan/readCmsDocuments'
import { CONTENT_KINDS } from '../release/contentKind'
import { findLiveReleases, OF_PLANNED } from '../release/findReleases'
import { liveContent, type LiveContent } from '../release/live'
import { findTextStates } from '../review/queries/textStates'
import { stateAt, whereNotOut } from '../review/rules/standing'
import { stateLabel } from '../review/rules/state'
import { localDayOf } from '../stage/day'
import type { AddOnFacts, PublicationFacts } from './entries'
import { daysOf, instantsOf, type Month } from '../stage/month'

/** Which month of which municipality is asked for, and when. */
export interface MonthQuestion {
  /** Id. */
  municipality: string
  month: Month
  now: Date
}

/** A series as far as it is asked for. */
interface Series {
  id: string | number
  anchor?: string | null
}

/**
 * What is in force of the texts that count from the entry into school: of these series, and of the
 * municipality's own. A text that was moved is found by an older release and read by its newest.
 */
export async function findSchoolContent(
  req: PayloadRequest,
  { municipality, series }: { municipality: string; series: readonly Series[] },
): Promise<LiveContent> {
  const school = series.filter(({ anchor }) => anchor === 'schoolEntry').map(({ id }) => id)
  const own: Where = { and: [{ municipality: { equals: municipality } }, ...FROM_SCHOOL] }
  const found = await findLiveReleases(req, {
    where: { or: [{ series: { in: school } }, own] },
    fields: [],
    overrideAccess: false,
  })
  if (found.length === 0) return { texts: [], addOns: [] }
  const releases = await findLiveReleases(req, {
    where: { key: { in: found.map(({ key }) => key) } },
    fields: OF_PLANNED,
    overrideAccess: false,
  })
  return liveContent(releases.map(readRelease))
}

/** Codes of slots that count from the entry into school: `entry-84`, `entry+1y-1`. */
const FROM_SCHOOL: Where[] = [
  { slot: { greater_than_equal: 'entry' } },
  { slot: { less_than: 'entrz' } },
]

const OF_DATES = ['document', 'title', 'standing', 'validFrom', 'validTo', 'reviewDueAt'] as const

/**
 * The municipality's add-ons that have a day in the month: what is out by its release, and what is not
 * by its draft, proposals apart.
 */
export async function findAddOnFacts(
  req: PayloadRequest,
  { municipality, month, now }: MonthQuestion,
): Promise<AddOnFacts[]> {
  const rows = await findTextStates(req, {
    collection: CONTENT_KINDS.addOn.collection,
    where: [
      { municipality: { equals: municipality } },
      { or: [...whereInPeriod(month), whereInstant('reviewDueAt', month), whereNotOut()] },
    ],
    fields: OF_DATES,
    limit: 0,
  })
  const moment = { now, day: localDayOf(now) }
  const states = rows.map((row) => ({ ...row, id: row.document, ...stateAt(row, moment) }))
  const words = new Map(
    states.flatMap((one) => (one.isLive ? [] : [[one.id, stateLabel(one)] as const])),
  )
  const drafts = await findDrafts(req, [...words.keys()], month)
  const live = states.filter(({ isLive }) => isLive)
  const ofOneDay = live.filter(({ validFrom, validTo }) => validFrom && validFrom === validTo)
  const notices = await findNotices(req, ofOneDay)
  return [
    ...live.map((one) => ({ ...one, isNotice: notices.has(one.id), state: '' })),
    ...drafts.map(({ id, title, validFrom, validTo, timing }) => ({
      isNotice: timing === 'notice',
      id: String(id),
      title: title ?? '',
      validFrom,
      validTo,
      reviewDueAt: '',
      state: words.get(String(id)) ?? '',
    })),
  ]
}

/** Which of the add-ons that are out for one day are notices. */
async function findNotices(
  req: PayloadRequest,
  ofOneDay: readonly { id: string }[],
): Promise<ReadonlySet<string>> {
  if (ofOneDay.length === 0) return new Set()
  const { docs } = await req.payload.find({
    collection: CONTENT_KINDS.addOn.collection,
    where: {
      and: [{ id: { in: ofOneDay.map(({ id }) => id) } }, { timing: { equals: 'notice' } }],
    },
    select: {},
    depth: 0,
    pagination: false,
    overrideAccess: false,
    req,
  })
  return new Set(docs.map(({ id }) => String(id)))
}

async function findDrafts(req: PayloadRequest, ids: readonly string[], month: Month) {
  if (ids.length === 0) return []
  const { docs } = await req.payload.find({
    collection: CONTENT_KINDS.addOn.collection,
    where: {
      and: [
        { id: { in: [...ids] } },
        { isProposal: { not_equals: true } },
        { or: whereInPeriod(month) },
      ],
    },
    select: { title: true, validFrom: true, validTo: true, timing: true },
    draft: true,
    depth: 0,
    pagination: false,
    overrideAccess: false,
    req,
  })
  return docs
}

/** The texts that are to be published in the month; the common ones are the team's to know. */
export async function findPublications(
  req: PayloadRequest,
  {
    municipality,
    month,
    series,
    editions,
  }: MonthQuestion & { series: readonly Series[]; editions: readonly string[] },
): Promise<PublicationFacts[]> {
  const own = { municipality: { equals: municipality } }
  const common = {
    series: { in: series.map(({ id }) => String(id)) },
    edition: { in: [...editions] },
  }
  const asked = [
    { collection: CONTENT_KINDS.addOn.collection, where: own },
    ...(hasRole(req.user, ...TEAM)
      ? [{ collection: CONTENT_KINDS.manuscript.collection, where: common }]
      : []),
  ]
  const found = await Promise.all(
    asked.map(async ({ collection, where }) => {
      const rows = await findTextStates(req, {
        collection,
        where: [where, whereInstant('publishAt', month)],
        fields: ['document', 'title', 'publishAt'],
        limit: 0,
      })
      return rows.map((row) => ({ ...row, collection, id: row.document }))
    }),
  )
  return found.flat()
}

function whereInPeriod(month: Month): Where[] {
  const days = daysOf(month)
  const within = { greater_than_equal: days[0], less_than_equal: days.at(-1) }
  return [{ validFrom: within }, { validTo: within }]
}

function whereInstant(field: 'publishAt' | 'reviewDueAt', month: Month): Where {
  const { begins, ends } = instantsOf(month)
  return { [field]: { greater_than_equal: begins, less_than: ends } }
}
