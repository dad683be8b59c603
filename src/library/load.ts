import type { PayloadRequest } from 'payload'

import { asStored } from '../cms/stored'
import { municipalityIdOf } from '../people/roles'
import type { KizunaMunicipality } from '../payload-types'
import type { AddOnBlock, AddOnContent, Release } from '../release/content'
import { findLiveReleases, releaseKey } from '../release/findReleases'
import { isWhatWasApproved } from '../release/live'
import { outOfPeriod, periodOf } from '../release/period'
import { localDayOf } from '../stage/day'
import { relatedId, type Related } from '../cms/relation'
import { exampleOf, type Example } from './example'
import { marksIn } from './marks'

/** An example another municipality offers, with where it comes from. */
export interface SharedExample extends Example {
  /** Id of the offer. */
  id: string
  addOn: string
  municipality: { id: string; name: string }
  revision: number
  /** ISO instant. */
  publishedAt: string
  /** Topic codes: they say whose approval the text needs, so a copy needs the same. */
  topics: string[]
}

/** An offer as it is stored. */
interface Offer {
  id: string
  addOn: Related
  municipality: Related
}

/**
 * Everything municipalities offer and that is out now, newest first: read from the frozen releases,
 * never from drafts. Offers of texts that are withdrawn, or whose period is over, are left out until
 * they go out again.
 */
export async function loadExamples(
  req: PayloadRequest,
  { now, id }: { now: Date; id?: string },
): Promise<SharedExample[]> {
  const offers = await findOffers(req, id)
  if (offers.length === 0) return []
  const keys = offers.map((offer) => releaseKey('kizuna-add-ons', relatedId(offer.addOn) ?? ''))
  const [releases, names, topics] = await Promise.all([
    findOffered(req, keys),
    findNames(req, offers),
    findTopics(req, offers),
  ])
  const pictures = await findPublicPictures(req)
  return offers
    .flatMap((offer) => {
      const addOn = relatedId(offer.addOn) ?? ''
      const release = releases.get(releaseKey('kizuna-add-ons', addOn))
      const municipality = names.get(relatedId(offer.municipality) ?? '')
      if (!release || !municipality || !isShown(release, now)) return []
      const { revision, publishedAt } = release
      const example = exampleOf(release.content as AddOnContent, {
        isPublicPicture: isPublicIn(pictures),
      })
      const facts = { municipality, revision, publishedAt, topics: topics.get(addOn) ?? [] }
      return [{ ...example, id: offer.id, addOn, ...facts }]
    })
    .sort((a, b) => (a.publishedAt < b.publishedAt ? 1 : -1))
}

/** What others would see of an add-on of the own municipality, and what in it points to the owner. */
export interface OwnExample {
  title: string
  blocks: AddOnBlock[]
  /** Words and numbers for the clerk to look at. */
  marks: string[]
}

/** The add-on of the own municipality that is out now, as it would be offered; null if there is none. */
export async function loadOwnExample(
  req: PayloadRequest,
  { addOn, now }: { addOn: string; now: Date },
): Promise<OwnExample | null> {
  const owner = await req.payload.findByID({
    collection: 'kizuna-municipalities',
    id: municipalityIdOf(req.user) ?? '',
    req,
    depth: 0,
    disableErrors: true,
    overrideAccess: false,
  })
  const key = releaseKey('kizuna-add-ons', addOn)
  const release = (await findOffered(req, [key])).get(key)
  if (!owner || !release || !isShown(release, now)) return null
  const content = release.content as AddOnContent
  if (content.municipality !== owner.code) return null
  const { title, blocks } = exampleOf(content, {
    isPublicPicture: isPublicIn(await findPublicPictures(req)),
  })
  return { title, blocks, marks: marksIn({ title, blocks }, owner) }
}

/** Whether what is out is what was approved, and goes on: one of last year is nobody's example. */
function isShown(release: Release, now: Date): boolean {
  const period = periodOf(release.content)
  const isOver = period !== null && outOfPeriod(period, localDayOf(now)) === 'over'
  return !isOver && isWhatWasApproved(release)
}

/** The offers, as the person may read them. */
async function findOffers(req: PayloadRequest, id?: string): Promise<Offer[]> {
  const { docs } = await req.payload.find({
    collection: 'kizuna-shared-add-ons',
    depth: 0,
    pagination: false,
    overrideAccess: false,
    req,
    ...(id === undefined ? {} : { where: { id: { equals: id } } }),
  })
  return asStored<Offer[]>(docs)
}

/** With all rights: others' releases are closed to a clerk, what is offered of them is not. */
async function findOffered(req: PayloadRequest, keys: string[]): Promise<Map<string, Release>> {
  const live = await findLiveReleases(req, { where: { key: { in: keys } }, overrideAccess: true })
  return new Map(live.map((release) => [release.key, release]))
}

async function findNames(req: PayloadRequest, offers: readonly Offer[]) {
  const ids = offers.map(({ municipality }) => relatedId(municipality)).filter((id) => id !== null)
  const { docs } = await req.payload.find({
    collection: 'kizuna-municipalities',
    where: { id: { in: ids } },
    req,
    depth: 0,
    pagination: false,
    overrideAccess: true,
    select: { name: true },
  })
  const named = docs as Pick<KizunaMunicipality, 'id' | 'name'>[]
  return new Map(named.map(({ id, name }) => [id, { id, name }]))
}

async function findTopics(req: PayloadRequest, offers: readonly Offer[]) {
  const ids = offers.map(({ addOn }) => relatedId(addOn)).filter((id) => id !== null)
  const { docs } = await req.payload.find({
    collection: 'kizuna-add-ons',
    where: { id: { in: ids } },
    select: { topics: true },
    req,
    depth: 0,
    pagination: false,
    overrideAccess: true,
  })
  return new Map(docs.map(({ id, topics }) => [id, topics ?? []]))
}

/** File names of pictures that anybody may see. */
async function findPublicPictures(req: PayloadRequest): Promise<Set<string>> {
  const { docs } = await req.payload.find({
    collection: 'kizuna-media',
    where: { isPublic: { equals: true } },
    req,
    depth: 0,
    pagination: false,
    overrideAccess: true,
    select: { filename: true },
  })
  return new Set(docs.map(({ filename }) => String(filename)))
}

function isPublicIn(pictures: ReadonlySet<string>): (url: string) => boolean {
  return (url) => {
    if (!URL.canParse(url)) return false
    const [, name] = /media\/file\/([^/]+)$/.exec(new URL(url).pathname) ?? []
    return name !== undefined && pictures.has(decodeURIComponent(name))
  }
}
