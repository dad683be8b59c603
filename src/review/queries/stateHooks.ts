import type { CollectionConfig, Config, PayloadRequest } from 'payload'

import { relatedId, type Related } from '../../cms/relation'
import { putOff } from '../../cms/transaction'
import { CONTENT_COLLECTIONS, isContentCollection } from '../../release/contentKind'
import { slicesOf } from '../../release/slices'
import type { ReviewPolicy } from '../rules/policy'
import { TEXTS_AT_ONCE } from './idsIn'
import { tellReleased } from './inForce'
import { indexLists } from './listIndexes'
import type { ReviewedCollection } from './load'
import { areStatesWhole, rebuildStates, refreshStates } from './refreshStates'
import { REVIEW_REQUESTS } from './reviewRequests'
import { SCHEDULES } from './schedules'
import { TEXT_STATES } from './textState'

/** Collections whose documents are about a text and move its state. */
const ABOUT_TEXTS: readonly string[] = [
  'kizuna-approvals',
  'kizuna-comments',
  'kizuna-releases',
  REVIEW_REQUESTS,
  SCHEDULES,
]

/**
 * A collection that, where its documents decide the state of a text, derives that anew with each of
 * them; it stays when the rest of the plugin is disabled, as the gate does. *Pure.*
 */
export function withStates(collection: CollectionConfig, policy: ReviewPolicy): CollectionConfig {
  const { slug, hooks } = collection
  const tell = toldBy(slug)
  if (!tell) return collection
  const isRelease = slug === 'kizuna-releases'
  const refresh = async (req: PayloadRequest, doc: Stored): Promise<void> => {
    if (isRelease) tellReleased(req.payload)
    const about = tell(doc)
    if (!about) return
    const item = { ...about, isRelease }
    const run = (items: readonly Written[]) => refreshAll(req, items, policy)
    if (!putOff(req, { name: TEXT_STATES, item, run })) await run([item])
  }
  return {
    ...collection,
    hooks: {
      ...hooks,
      afterChange: [
        ...(hooks?.afterChange ?? []),
        ({ req, doc }) => refresh(req, doc as Stored).then(() => doc as Stored),
      ],
      afterDelete: [
        ...(hooks?.afterDelete ?? []),
        ({ req, doc }) => refresh(req, doc as Stored).then(() => doc as Stored),
      ],
    },
  }
}

interface Stored {
  id: string | number
  document?: { relationTo: string; value: Related } | null
}

interface About {
  collection: ReviewedCollection
  ids: string[]
}

/** A text that was written, or spoken of; a release of it is what copies need approvals by. */
interface Written extends About {
  isRelease: boolean
}

/** Each text once, however often one transaction wrote it. */
async function refreshAll(
  req: PayloadRequest,
  written: readonly Written[],
  policy: ReviewPolicy,
): Promise<void> {
  for (const collection of CONTENT_COLLECTIONS) {
    const own = written.filter((one) => one.collection === collection)
    const ids = [...new Set(own.flatMap((one) => one.ids))]
    for (const some of slicesOf(ids, TEXTS_AT_ONCE, () => 1)) {
      await refreshStates(req, { collection, ids: some }, policy)
    }
    const released = [...new Set(own.filter((one) => one.isRelease).flatMap((one) => one.ids))]
    if (released.length > 0) await refreshCopies(req, { collection, ids: released }, policy)
  }
}

/** The text that a document of a collection is about; null: of none. */
function toldBy(slug: string): ((doc: Stored) => About | null) | null {
  if (isContentCollection(slug)) return ({ id }) => ({ collection: slug, ids: [String(id)] })
  if (!ABOUT_TEXTS.includes(slug)) return null
  return ({ document }) => {
    const id = relatedId(document?.value)
    return id !== null && isContentCollection(document?.relationTo)
      ? { collection: document.relationTo, ids: [id] }
      : null
  }
}

/** So many copies of copies are followed, as `findOriginReleases` does. */
const MAX_GENERATIONS = 20

/** Copies that never went out need the approvals of what they were copied from. */
async function refreshCopies(
  req: PayloadRequest,
  { collection, ids }: About,
  policy: ReviewPolicy,
): Promise<void> {
  const field = collection === 'kizuna-manuscripts' ? 'origin' : 'origin.addOn'
  let parents = ids
  for (let generation = 0; generation < MAX_GENERATIONS; generation += 1) {
    const { docs } = await req.payload.db.find<{ id: string | number }>({
      collection,
      where: { [field]: { in: parents } },
      select: { title: true },
      limit: 0,
      pagination: false,
      req,
    })
    parents = docs.map(({ id }) => String(id))
    if (parents.length === 0) return
    await refreshStates(req, { collection, ids: parents }, policy)
  }
}

/**
 * Derives the states before anybody asks for them, where a text has none or one by other rules: at
 * the first start with these, or where the policy is another now.
 */
export function statesOnInit(
  onInit: Config['onInit'],
  policy: ReviewPolicy,
): NonNullable<Config['onInit']> {
  return async (payload) => {
    await onInit?.(payload)
    await indexLists(payload)
    if (!payload.collections[TEXT_STATES] || (await areStatesWhole(payload, policy))) return
    const texts = await rebuildStates(payload, policy)
    payload.logger.info({ texts }, 'states of the texts were derived anew')
  }
}
