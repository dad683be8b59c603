import type { CollectionConfig } from 'payload'
import { flattenTopLevelFields } from 'payload/shared'

import { PERSON } from '../people/roles'
import { joinUsers, NAMESPACE, signedIn } from './joinUsers'
import { OptionsError } from './options'

/**
 * The plugin's collections beside those of the host. The host's collection of the admin's users
 * (`users`, or what `admin.user` says) is joined with ours (see `joinUsers`); the others stay, and
 * where the host left a rule to Payload's default, people who only propose are no part of it.
 * *Pure.*
 *
 * @throws OptionsError when a slug or the name of a field is taken.
 */
export function joinCollections(
  own: readonly CollectionConfig[],
  host: readonly CollectionConfig[],
  users: string,
): CollectionConfig[] {
  refuseTakenSlugs(own, host, users)
  for (const collection of host) refuseTakenFields(collection, collection.slug === users)
  const hostUsers = host.find(({ slug }) => slug === users)
  return [
    ...host.filter(({ slug }) => slug !== users).map(withoutProposers),
    ...own.map((collection) =>
      collection.slug === users && hostUsers ? joinUsers(collection, hostUsers) : collection,
    ),
  ]
}

function refuseTakenSlugs(
  own: readonly CollectionConfig[],
  host: readonly CollectionConfig[],
  users: string,
): void {
  const slugs = own.map(({ slug }) => slug)
  const taken = host.filter(({ slug }) => slugs.includes(slug) && slug !== users)
  if (taken.length === 0) return
  const names = taken.map(({ slug }) => `"${slug}"`).join(', ')
  throw new OptionsError(
    `kizuna has collections of these names: ${names}. Give yours another slug in payload.config.ts.`,
  )
}

/** In the people's collection our fields would be mixed up; elsewhere only the mark matters. */
function refuseTakenFields({ slug, auth, fields }: CollectionConfig, isPeople: boolean): void {
  if (!isPeople && !auth) return
  const names = flattenTopLevelFields(fields).flatMap((field) =>
    'name' in field && field.name ? [field.name] : [],
  )
  const taken = names.filter((name) => (isPeople ? name.startsWith(NAMESPACE) : name === PERSON))
  if (taken.length === 0) return
  const said = taken.map((name) => `"${name}"`).join(', ')
  throw new OptionsError(
    `kizuna uses these names of fields: ${said}. Give yours another one in the collection "${slug}".`,
  )
}

/** The host's collection; what it left to Payload's default is not for who only proposes. */
function withoutProposers(collection: CollectionConfig): CollectionConfig {
  const { access = {} } = collection
  const left = OPERATIONS.filter((name) => !access[name]).map((name) => [name, signedIn])
  return { ...collection, access: { ...access, ...Object.fromEntries(left) } }
}

const OPERATIONS = ['create', 'read', 'update', 'delete', 'readVersions'] as const
