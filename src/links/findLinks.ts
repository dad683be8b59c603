import type { PayloadRequest, Where } from 'payload'

import { hasRole, TEAM } from '../people/roles'
import {
  CONTENT_COLLECTIONS,
  MUNICIPAL_COLLECTIONS,
  type ContentCollection,
} from '../release/contentKind'
import { findLiveReleases } from '../release/findReleases'
import { addressesOf, hrefOf } from './addresses'
import { findChecks, LINK_CHECKS, OWN_PAGE, type StoredCheck } from './checkLinks'
import type { LocalDay } from '../stage/day'
import { partOf, UNASKED, type LinkPart } from './finding'

/** Where an address stands: a text that is out, or a municipality's own page under each text. */
export interface LinkUse {
  collection: ContentCollection | 'kizuna-municipalities'
  /** Id of the document that is mended. */
  document: string
  title: string
  /** Id of its municipality; null: common to all. */
  municipality: string | null
}

/** What is kept of an address, with where the person of the request may mend it. */
export interface UsedLink extends StoredCheck {
  uses: LinkUse[]
}

/** An address that somebody has to look at. */
export interface ListedLink extends UsedLink {
  part: LinkPart
}

/** The list of links. */
export interface Links {
  links: ListedLink[]
  /** Nothing at all answered at the last look: the machine has no way out. */
  isCutOff: boolean
  /** Day of the last look; null before the first. */
  checkedOn: LocalDay | null
}

const BROKEN: Where = { brokenOn: { exists: true } }
const TO_BE_SEEN: Where = { finding: { in: ['example', 'closed'] } }

/**
 * The links that are broken, or that a person has to look at, in what families get now; to staff of a
 * municipality those of their own. What was mended and published is gone from it at once.
 */
export async function findLinks(req: PayloadRequest): Promise<Links> {
  const checkedOn = await lastDay(req)
  if (checkedOn === null || (await isCutOff(req, checkedOn))) {
    return { links: [], isCutOff: checkedOn !== null, checkedOn }
  }
  const listed = await findChecks(req, { or: [BROKEN, TO_BE_SEEN] })
  const parts = listed.flatMap((check) => {
    const part = partOf(check)
    return part === null ? [] : [{ ...check, part }]
  })
  return { links: await withUses(req, parts), isCutOff: false, checkedOn }
}

/** Those of them that are broken, which somebody has to mend. */
export async function findBrokenLinks(req: PayloadRequest): Promise<UsedLink[]> {
  const broken = await findChecks(req, BROKEN)
  const checkedOn = broken.length > 0 ? await lastDay(req) : null
  if (checkedOn === null || (await isCutOff(req, checkedOn))) return []
  return withUses(req, broken)
}

async function lastDay({ payload }: PayloadRequest): Promise<LocalDay | null> {
  const { docs } = await payload.db.find<StoredCheck>({
    collection: LINK_CHECKS,
    where: { checkedOn: { exists: true } },
    sort: '-checkedOn',
    limit: 1,
    pagination: false,
  })
  return docs[0]?.checkedOn ?? null
}

/** Where nothing at all answered on the last day no link is called broken for it. */
async function isCutOff({ payload }: PayloadRequest, day: LocalDay): Promise<boolean> {
  const count = async (finding: Where) => {
    const where = { and: [{ checkedOn: { equals: day } }, finding] }
    return (await payload.db.count({ collection: LINK_CHECKS, where })).totalDocs
  }
  const asked = await count({ finding: { not_in: [...UNASKED] } })
  return asked > 0 && asked === (await count({ finding: { equals: 'silent' } }))
}

/** Where the person of the request finds these addresses in what is out; those of nowhere are left out. */
export async function withUses<Check extends StoredCheck>(
  req: PayloadRequest,
  checks: readonly Check[],
): Promise<(Check & { uses: LinkUse[] })[]> {
  const keys = [...new Set(checks.flatMap((check) => check.keys))]
  if (keys.length === 0) return []
  const places = [...(await textsWith(req, keys)), ...(await ownPages(req, keys))]
  return checks
    .map((check) => ({
      ...check,
      uses: places.filter(({ addresses }) => addresses.includes(check.address)).map(useOf),
    }))
    .filter(({ uses }) => uses.length > 0)
}

interface Place extends LinkUse {
  addresses: readonly string[]
}

const useOf = ({ collection, document, title, municipality }: Place): LinkUse => ({
  collection,
  document,
  title,
  municipality,
})

/** The common texts are the team's to mend, a municipality's its own. */
async function textsWith(req: PayloadRequest, keys: readonly string[]): Promise<Place[]> {
  const mine: readonly string[] = hasRole(req.user, ...TEAM)
    ? CONTENT_COLLECTIONS
    : MUNICIPAL_COLLECTIONS
  const live = await findLiveReleases(req, {
    where: { key: { in: keys.filter((key) => !key.startsWith(OWN_PAGE)) } },
    fields: ['content', 'variables', 'title', 'document', 'municipality'],
    overrideAccess: false,
  })
  return live.flatMap(({ document, title, municipality, key, ...release }) =>
    document && mine.includes(document.relationTo)
      ? [
          {
            collection: document.relationTo,
            document: String(document.value),
            title: title || key,
            municipality: municipality ? String(municipality) : null,
            addresses: addressesOf(release),
          },
        ]
      : [],
  )
}

async function ownPages(req: PayloadRequest, keys: readonly string[]): Promise<Place[]> {
  const ids = keys.flatMap((key) => (key.startsWith(OWN_PAGE) ? [key.slice(OWN_PAGE.length)] : []))
  if (ids.length === 0) return []
  const { docs } = await req.payload.find({
    collection: 'kizuna-municipalities',
    where: { id: { in: ids } },
    select: { name: true, contact: { url: true } },
    depth: 0,
    pagination: false,
    overrideAccess: false,
    req,
  })
  return docs.map(({ id, name, contact }) => ({
    collection: 'kizuna-municipalities' as const,
    document: String(id),
    title: `${name}の案内ページ(どの文の下にも付きます)`,
    municipality: String(id),
    addresses: hrefOf(contact?.url ?? ''),
  }))
}
