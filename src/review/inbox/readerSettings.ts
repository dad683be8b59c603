import type { PayloadRequest } from 'payload'

import { asStored } from '../../cms/stored'
import type { ManuscriptContent, ReleaseContent } from '../../release/content'
import type { PreviewInput } from '../../release/preview'
import { freezeManuscript } from '../rules/freeze'
import type { StoredDocument } from '../rules/freeze'
import type { Review } from '../queries/load'

/** How a content of this document is put before readers: an add-on under its municipality's name. */
export async function readerSettings(
  req: PayloadRequest,
  review: Review,
): Promise<(content: ReleaseContent) => PreviewInput> {
  const municipality = await findMunicipality(req, review.municipality)
  const companions = review.type === 'addOn' ? await findCompanions(req, review) : []
  return (content) => ({
    manuscripts: content.type === 'manuscript' ? [content] : companions,
    addOns: content.type === 'addOn' ? [content] : [],
    variables: review.variables,
    ...municipality,
  })
}

async function findMunicipality(
  req: PayloadRequest,
  id: string | null,
): Promise<Partial<PreviewInput>> {
  if (id === null) return {}
  const found = await req.payload.findByID({
    collection: 'kizuna-municipalities',
    id,
    req,
    depth: 0,
    disableErrors: true,
    overrideAccess: false,
  })
  if (!found) return {}
  const { senderName, contact, accent } = found
  return { senderName, contact: { ...contact, url: contact.url ?? null }, accent: accent ?? null }
}

/** The live common text on the add-on's first day. */
async function findCompanions(req: PayloadRequest, review: Review): Promise<ManuscriptContent[]> {
  const { docs } = await req.payload.find({
    collection: 'kizuna-manuscripts',
    where: {
      and: [{ slot: { equals: review.document.from } }, { _status: { equals: 'published' } }],
    },
    limit: 1,
    depth: 0,
    overrideAccess: false,
    req,
  })
  return docs.map((document) => freezeManuscript(asStored<StoredDocument>(document), ''))
}
