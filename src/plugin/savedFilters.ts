import type { Access, CollectionConfig, Config, Field, SanitizedConfig, Where } from 'payload'

import { CONTENT_COLLECTIONS } from '../release/contentKind'
import { isPerson } from '../people/roles'
import { hostPartsIn } from './hostParts'

/** Payload's own collection of query presets: filters and columns of a list that somebody keeps. */
const PRESETS = 'payload-query-presets'

/** Lists long enough to be worth a filter of one's own. */
const LISTS: readonly string[] = [...CONTENT_COLLECTIONS, 'kizuna-releases']

/** What the form asks for; the columns are kept as the list shows them, and nothing is shared. */
const LABELS: Readonly<Record<string, string>> = { title: '名前', where: '絞り込みの条件' }

/**
 * Lets people keep filters of a long list; each sees, changes and deletes their own only. A host
 * that has rules for its presets keeps them.
 */
export function withSavedFilters(config: Config): Config {
  return {
    ...config,
    collections: (config.collections ?? []).map(keepsFilters),
    queryPresets: config.queryPresets ?? {
      labels: { singular: '保存条件', plural: '保存条件' },
      constraints: {},
      access: { create: ownData, read: own, update: ownAndStaying, delete: own },
    },
  }
}

/**
 * Leaves the name and the conditions in the form of a saved filter and only the name in the list of
 * them: the rest is English in Payload and has no option. Changes the built config, see
 * `withBuiltIns`.
 */
export function withShortFilterForm(config: SanitizedConfig): SanitizedConfig {
  const presets = config.collections.find(({ slug }) => (slug as string) === PRESETS)
  if (!presets || hostPartsIn(config).hasPresets) return config
  presets.admin = { ...presets.admin, defaultColumns: ['title'] }
  for (const field of presets.fields) shorten(field)
  return config
}

function keepsFilters(collection: CollectionConfig): CollectionConfig {
  return LISTS.includes(collection.slug) ? { ...collection, enableQueryPresets: true } : collection
}

function shorten(field: Field): void {
  if (!('name' in field)) return
  const label = LABELS[field.name]
  if (label) Object.assign(field, { label })
  else Object.assign(field, { admin: { ...field.admin, ...UNSEEN } })
  if (field.name !== 'title') Object.assign(field.admin ?? {}, { disableListColumn: true })
}

const UNSEEN = { components: { Field: 'kizuna/client#HiddenField' } }

const own: Access = ({ req }) =>
  isPerson(req.user) && ({ 'access.read.users': { equals: req.user.id } } satisfies Where)

const ownData: Access = ({ req, data }) => isPerson(req.user) && isPrivate(data)

const ownAndStaying: Access = (args) => isPrivate(args.data) && own(args)

/** Whether a filter is nobody's but its owner's; what is not said is filled in so by Payload. */
function isPrivate(data: unknown): boolean {
  const { access } = (data ?? {}) as { access?: Record<string, { constraint?: unknown } | null> }
  return Object.values(access ?? {}).every((one) => (one?.constraint ?? 'onlyMe') === 'onlyMe')
}
