import type {
  CollectionAfterChangeHook,
  CollectionAfterDeleteHook,
  CollectionConfig,
  PayloadRequest,
} from 'payload'

import { libraryEndpoints } from '../src/library/endpoints'
import type { KizunaSettings } from '../src/plugin/options'
import { recordAudit, type AuditAction } from '../src/cms/audit'
import { sharedAddOnsAccess, writtenByHooks } from '../src/people/access'
import { relatedId } from '../src/cms/relation'
import { outOfPeriod } from '../src/release/period'
import { localDayOf } from '../src/stage/day'
import { isPerson, municipalityIdOf, USERS } from '../src/people/roles'
import { ownMunicipalityFirst } from '../src/proposal/hooks'
import { INSERT_ONLY } from '../src/fields/readOnly'
import { municipalityField } from '../src/fields/relations'

/**
 * Add-ons that their municipality offers to others as examples. The consent is a document of its
 * own, so that it is given and taken back at once, whatever drafts, versions or releases there are.
 */
export function createSharedAddOns(settings: KizunaSettings): CollectionConfig {
  return {
    slug: 'kizuna-shared-add-ons',
    labels: { singular: 'お手本', plural: 'お手本' },
    access: sharedAddOnsAccess,
    // Seen through the page 「お手本」, given and taken back beside the add-on.
    admin: { hidden: true, useAsTitle: 'id' },
    ...INSERT_ONLY,
    endpoints: settings.isDisabled ? [] : libraryEndpoints(settings),
    hooks: {
      beforeValidate: [ownMunicipalityFirst],
      afterChange: [auditSharing(settings)],
      afterDelete: [auditUnsharing(settings)],
    },
    fields: [
      {
        name: 'addOn',
        type: 'relationship',
        label: '自治体原稿',
        relationTo: 'kizuna-add-ons',
        required: true,
        unique: true,
        validate: checkOwnAddOn(settings),
      },
      { ...municipalityField, required: true },
      {
        name: 'sharedBy',
        type: 'relationship',
        label: '決めた人',
        relationTo: USERS,
        access: writtenByHooks,
        hooks: {
          beforeChange: [({ req }) => (isPerson(req.user) ? req.user.id : null)],
        },
      },
    ],
  }
}

/** Only what is out and one's own can be offered. */
function checkOwnAddOn({ now }: Clock) {
  return async (value: unknown, { req }: { req: PayloadRequest }): Promise<true | string> => {
    const addOn = await findPublished(req, relatedId(value) ?? '')
    const isOwn = !req.user || relatedId(addOn?.municipality) === municipalityIdOf(req.user)
    if (!addOn || !isOwn) return '公開中の、自分の自治体の原稿だけをお手本にできます。'
    const { validFrom = null, validTo = null } = addOn
    const isOver = outOfPeriod({ validFrom, validTo }, localDayOf(now())) === 'over'
    return isOver ? '掲載期間が終わった原稿は、お手本にできません。' : true
  }
}

async function findPublished(req: PayloadRequest, id: string) {
  const { docs } = await req.payload.find({
    collection: 'kizuna-add-ons',
    where: {
      and: [{ id: { equals: id } }, { _status: { equals: 'published' } }],
    },
    depth: 0,
    limit: 1,
    pagination: false,
    overrideAccess: true,
    req,
  })
  return docs[0] ?? null
}

type Clock = Pick<KizunaSettings, 'now'>

function auditSharing({ now }: Clock): CollectionAfterChangeHook {
  return ({ doc, req }) => audit(req, doc, { action: 'share', at: now() })
}

function auditUnsharing({ now }: Clock): CollectionAfterDeleteHook {
  return ({ doc, req }) => audit(req, doc, { action: 'unshare', at: now() })
}

async function audit(
  req: PayloadRequest,
  { addOn }: { addOn?: unknown },
  { action, at }: { action: AuditAction; at: Date },
): Promise<void> {
  const documentId = relatedId(addOn) ?? ''
  const found = await req.payload.findByID({
    collection: 'kizuna-add-ons',
    id: documentId,
    req,
    depth: 0,
    disableErrors: true,
    overrideAccess: true,
  })
  await recordAudit(req, {
    action,
    at,
    documentId,
    collection: 'kizuna-add-ons',
    title: found?.title ?? '',
    beforeHash: null,
    afterHash: null,
  })
}
