import type { Endpoint, PayloadHandler, SanitizedConfig } from 'payload'

import { routeParam } from '../cms/endpoint'
import { ReviewRefusal } from '../cms/refusal'
import { checkJson, checkParameters } from '../cms/askedRequest'

/** Handlers that are guarded already: a host may call `withBuiltIns`, and Payload's start does. */
const guarded = new WeakSet<PayloadHandler>()

/**
 * Puts the check of parameters and bodies in front of every endpoint, Payload's own and ours, so that
 * what cannot be read is answered 400 with a sentence. Changes the built config, see `withBuiltIns`.
 */
export function withGuardedEndpoints(config: SanitizedConfig): SanitizedConfig {
  config.endpoints = config.endpoints.map(guard) as SanitizedConfig['endpoints']
  for (const entity of [...config.collections, ...config.globals]) {
    if (entity.endpoints) entity.endpoints = entity.endpoints.map(guard)
  }
  return config
}

function guard(endpoint: Endpoint): Endpoint {
  const { handler, path } = endpoint
  const isAboutVersions = path.startsWith('/versions')
  if (guarded.has(handler)) return endpoint
  const checked: PayloadHandler = async (req) => {
    const slug = routeParam(req, 'collection')
    const collection = req.payload.config.collections.find((one) => one.slug === slug)
    checkParameters(req.query, collection?.flattenedFields ?? [])
    if (isAboutVersions && collection && !collection.versions) throw withoutVersions()
    await checkJson(req)
    return handler(req)
  }
  guarded.add(checked)
  return { ...endpoint, handler: checked }
}

function withoutVersions(): ReviewRefusal {
  return new ReviewRefusal('NOT_FOUND', 'ここには以前の版が残っていません。')
}
