import type { CollectionConfig, Field } from 'payload'

import { OptionsError } from './options'

/**
 * The plugin's collections beside those of the host. The host's collection of the admin's users
 * (`users`, or what `admin.user` says) is joined with ours: its fields, hooks and sign-in stay, our
 * fields, access and labels are put over them.
 * *Pure.*
 *
 * @throws OptionsError when another slug is taken.
 */
export function joinCollections(
  own: readonly CollectionConfig[],
  host: readonly CollectionConfig[],
  users: string,
): CollectionConfig[] {
  const slugs = own.map(({ slug }) => slug)
  const taken = host.filter(({ slug }) => slugs.includes(slug) && slug !== users)
  if (taken.length > 0) {
    const names = taken.map(({ slug }) => `「${slug}」`).join('')
    throw new OptionsError(
      `コレクション${names}は kizuna が使う名前です。payload.config.ts の collections で別の slug にしてください。`,
    )
  }
  const hostUsers = host.find(({ slug }) => slug === users)
  return [
    ...host.filter(({ slug }) => slug !== users),
    ...own.map((collection) =>
      collection.slug === users && hostUsers ? joinUsers(collection, hostUsers) : collection,
    ),
  ]
}

function joinUsers(own: CollectionConfig, host: CollectionConfig): CollectionConfig {
  return {
    ...host,
    ...own,
    auth: { ...asObject(own.auth), ...asObject(host.auth) },
    hooks: joinHooks(own.hooks, host.hooks),
    endpoints: [...(own.endpoints || []), ...(host.endpoints || [])],
    fields: [...own.fields, ...host.fields.filter((field) => !isNamedIn(field, own.fields))],
  }
}

function asObject<T extends object>(value: T | boolean | undefined): T | undefined {
  return typeof value === 'object' ? value : undefined
}

type Hooks = CollectionConfig['hooks']

function joinHooks(own: Hooks, host: Hooks): Hooks {
  const names = new Set([...Object.keys(own ?? {}), ...Object.keys(host ?? {})]) as Set<
    keyof NonNullable<Hooks>
  >
  const joined = [...names].map((name) => [name, [...(own?.[name] ?? []), ...(host?.[name] ?? [])]])
  return Object.fromEntries(joined) as Hooks
}

function isNamedIn(field: Field, fields: readonly Field[]): boolean {
  return 'name' in field && fields.some((other) => 'name' in other && other.name === field.name)
}
