import type { Endpoint, PayloadHandler, PayloadRequest, SanitizedConfig } from 'payload'

import { routeParam } from '../cms/endpoint'
import { findExcess } from '../cms/maximums'
import { ReviewRefusal } from '../cms/refusal'
import { hostPartsIn, partsBesideHost } from './hostParts'
import { refuseForOther } from '../people/askedBy'
import { askedIn, checkJson, checkParameters } from '../cms/askedRequest'

/** Handlers that are guarded already: a host may call `withBuiltIns`, and Payload's start does. */
const guarded = new WeakSet<PayloadHandler>()

/**
 * Puts the check of who asks, of parameters and bodies in front of every endpoint, Payload's own and ours, so that
 * what cannot be read is answered 400 with a sentence; those of a host stay as they are. Changes the built config, see `withBuiltIns`.
 */
export function withGuardedEndpoints(config: SanitizedConfig): SanitizedConfig {
  const { handlers } = hostPartsIn(config)
  const guardOwn = (endpoint: Endpoint) =>
    handlers.has(endpoint.handler) ? endpoint : guard(endpoint)
  config.endpoints = config.endpoints.map(guardOwn) as SanitizedConfig['endpoints']
  for (const part of partsBesideHost(config)) {
    if (part.endpoints) part.endpoints = part.endpoints.map(guardOwn)
  }
  return config
}

function guard(endpoint: Endpoint): Endpoint {
  const { handler, method, path } = endpoint
  const isAboutVersions = path.startsWith('/versions')
  if (guarded.has(handler)) return endpoint
  const checked: PayloadHandler = async (req) => {
    refuseForOther(req)
    const slug = routeParam(req, 'collection')
    const collection = req.payload.config.collections.find((one) => one.slug === slug)
    const entity =
      collection ?? req.payload.config.globals.find((one) => one.slug === globalOf(req))
    checkParameters(askedIn(req), collection?.flattenedFields ?? [])
    if (isAboutVersions && entity && !entity.versions) throw withoutVersions()
    if (path === '/verify/:id' && collection && !collection.auth?.verify) throw noSuchLink()
    await checkJson(req)
    if (slug === 'payload-preferences' && method === 'post') await checkPreference(req)
    return handler(req)
  }
  guarded.add(checked)
  return { ...endpoint, handler: checked }
}

function globalOf(req: PayloadRequest): string {
  return routeParam(req, 'global')
}

/** Payload saves what the admin remembers past every operation and every field, whatever its type. */
async function checkPreference(req: PayloadRequest): Promise<void> {
  const { config } = req.payload.collections['payload-preferences'] ?? {}
  const value = (await req.clone?.().text()) ?? ''
  const [excess] = findExcess(
    config?.fields ?? [],
    { key: routeParam(req, 'key'), value },
    () => undefined,
  )
  if (excess) throw new ReviewRefusal('INCOMPLETE', excess.message)
}

/** Payload offers it for every log-in, and stumbles where accounts are not confirmed by mail. */
function noSuchLink(): ReviewRefusal {
  return new ReviewRefusal('NOT_FOUND', 'このリンクは使えません。')
}

function withoutVersions(): ReviewRefusal {
  return new ReviewRefusal('NOT_FOUND', 'ここには以前の版が残っていません。')
}
