import type { CollectionConfig } from 'payload'

/**
 * The log-in's cookie goes out over TLS alone where the CMS's own address is https; a host's own
 * `auth.cookies` stay. Behind a proxy that ends TLS the address is still what the browser sees.
 * *Pure.*
 */
export function withSecureCookies(
  collections: readonly CollectionConfig[],
  serverURL: string | undefined,
): CollectionConfig[] {
  const cookies = { sameSite: 'Lax', secure: serverURL?.startsWith('https:') ?? false } as const
  return collections.map((collection) => {
    if (typeof collection.auth !== 'object') return collection
    return {
      ...collection,
      auth: { ...collection.auth, cookies: collection.auth.cookies ?? cookies },
    }
  })
}
