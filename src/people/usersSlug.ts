import type { CollectionConfig, Config, Payload } from 'payload'

import { USERS } from './roles'

/** Slug of the collection whose people use the host's admin; they are the plugin's people. *Pure.* */
export function usersSlugOf({ admin }: Pick<Config, 'admin'>): string {
  return admin?.user ?? USERS
}

/** Slug under which the plugin's people are looked up in a running CMS; typed as our own. *Pure.* */
export function peopleIn({ config }: Pick<Payload, 'config'>): typeof USERS {
  return config.admin.user as typeof USERS
}

/**
 * The plugin's collections with the host's slug for people: as the collection's own, and in every
 * relation to it. *Pure.*
 */
export function withUsersSlug(
  collections: readonly CollectionConfig[],
  slug: string,
): CollectionConfig[] {
  if (slug === USERS) return [...collections]
  return collections.map((collection) => {
    const fields = related(collection.fields, slug) as CollectionConfig['fields']
    return { ...collection, fields, slug: collection.slug === USERS ? slug : collection.slug }
  })
}

/** A config value with each `relationTo` pointing to the host's people; functions stay. */
function related(value: unknown, slug: string): unknown {
  if (Array.isArray(value)) return value.map((entry) => related(entry, slug))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inside]) => [
      key,
      key === 'relationTo' ? renamed(inside, slug) : related(inside, slug),
    ]),
  )
}

function renamed(target: unknown, slug: string): unknown {
  if (Array.isArray(target)) return target.map((one) => renamed(one, slug))
  return target === USERS ? slug : target
}
