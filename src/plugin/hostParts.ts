import type { Config, PayloadHandler, SanitizedConfig } from 'payload'

/** What was in the host's config before kizuna came: it is left as it was. */
export interface HostParts {
  /** Slugs of its collections; without that of the admin's users, which is joined with ours. */
  collections: ReadonlySet<string>
  /** Slug of the collection of the admin's users when the host has one itself; else null. */
  users: string | null
  globals: ReadonlySet<string>
  /** Handlers of the endpoints that it brings, at the root and beside its users. */
  handlers: ReadonlySet<PayloadHandler>
  /** Whether it keeps saved filters by rules and with a form of its own. */
  hasPresets: boolean
}

/** Where a built config keeps them. */
export const HOST_KEY = 'kizunaHost'

/** Notes what the host brings. *Pure.* */
export function hostPartsOf(host: Config, users: string): HostParts {
  const collections = host.collections ?? []
  const own = collections.find(({ slug }) => slug === users)
  const endpoints = [...(host.endpoints ?? []), ...(own?.endpoints || [])]
  return {
    collections: new Set(collections.map(({ slug }) => slug).filter((slug) => slug !== users)),
    users: own ? users : null,
    globals: new Set((host.globals ?? []).map(({ slug }) => slug)),
    handlers: new Set(endpoints.map(({ handler }) => handler)),
    hasPresets: host.queryPresets !== undefined,
  }
}

/** What the host of a built config brought. *Pure.* */
export function hostPartsIn({ custom }: Pick<SanitizedConfig, 'custom'>): HostParts {
  return (custom?.[HOST_KEY] as HostParts | undefined) ?? NOTHING
}

/** The collections and globals of a built config that are ours or Payload's own, not the host's. *Pure.* */
export function partsBesideHost(config: SanitizedConfig) {
  const { collections, globals } = hostPartsIn(config)
  return [
    ...config.collections.filter(({ slug }) => !collections.has(slug)),
    ...config.globals.filter(({ slug }) => !globals.has(slug)),
  ]
}

const NOTHING: HostParts = {
  collections: new Set(),
  users: null,
  globals: new Set(),
  handlers: new Set(),
  hasPresets: false,
}
