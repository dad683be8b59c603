import type { PayloadRequest } from 'payload'

import type { KizunaMunicipality } from '../payload-types'

type Found = Promise<KizunaMunicipality | null>

/** Many fields of one document ask for the same municipality; one request reads it once. */
const readInRequest = new WeakMap<PayloadRequest, Map<string, Found>>()

/** The municipality a document belongs to, whoever asks; for checks, never for an answer. */
export async function municipalityOf(id: string | null, req: PayloadRequest): Found {
  if (id === null) return null
  const read = readInRequest.get(req) ?? new Map<string, Found>()
  readInRequest.set(req, read)
  const found = read.get(id) ?? find(id, req)
  read.set(id, found)
  return found
}

async function find(id: string, req: PayloadRequest): Found {
  return req.payload.findByID({
    collection: 'kizuna-municipalities' as const,
    id,
    req,
    depth: 0,
    disableErrors: true,
    overrideAccess: true,
  })
}
