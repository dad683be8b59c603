import type { PayloadRequest } from 'payload'

import { asStored } from '../../cms/stored'
import { isUrgent } from '../../release/alert'
import type { AddOnContent, ManuscriptContent, ReleaseContent } from '../../release/content'
import { isNotice } from '../../release/noticeLimits'
import type { PreviewInput } from '../../release/preview'
import { isSurvey } from '../../release/surveyLimits'
import { freezeManuscript } from '../rules/freeze'
import type { StoredDocument } from '../rules/freeze'
import type { Review } from '../queries/load'
import type { InboxOptions } from './reviewInbox'

/** How a content of this document is put before readers: an add-on under its municipality's name. */
export async function readerSettings(
  req: PayloadRequest,
  review: Review,
  { editions }: Pick<InboxOptions, 'editions'>,
): Promise<(content: ReleaseContent) => PreviewInput> {
  const municipality = await findMunicipality(req, review.municipality)
  const companions = isAttached(review.content) ? await findCompanions(req, review, editions) : []
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

/** Whether it comes under a common text: notices, urgent texts and surveys go by themselves. *Pure.* */
function isAttached(content: ReleaseContent): content is AddOnContent {
  if (content.type !== 'addOn') return false
  return !isNotice(content) && !isUrgent(content) && !isSurvey(content)
}

/** The live common text on the add-on's first day, in the first edition that it is for. */
async function findCompanions(
  req: PayloadRequest,
  { document, content }: Review,
  editions: InboxOptions['editions'],
): Promise<ManuscriptContent[]> {
  const own = content.type === 'addOn' ? content.editions : []
  const edition = editions.find(({ code }) => own.length === 0 || own.includes(code))?.code ?? ''
  const { docs } = await req.payload.find({
    collection: 'kizuna-manuscripts',
    where: {
      and: [
        { slot: { equals: document.from } },
        { edition: { equals: edition } },
        { _status: { equals: 'published' } },
      ],
    },
    limit: 1,
    depth: 0,
    overrideAccess: false,
    req,
  })
  return docs.map((document) => freezeManuscript(asStored<StoredDocument>(document), ''))
}
