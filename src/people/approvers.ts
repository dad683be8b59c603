import type { PayloadRequest } from 'payload'

import { asStored } from '../cms/stored'
import { STILL_HERE } from './roles'
import { peopleIn } from './usersSlug'

/** Names of a municipality's approvers but one, whoever asks: they are told whom to ask. */
export async function findApproverNames(
  req: PayloadRequest,
  { municipality, except, limit = 0 }: { municipality: string; except: string; limit?: number },
): Promise<string[]> {
  const { docs } = await req.payload.find({
    collection: peopleIn(req.payload),
    where: {
      and: [
        { kizunaMunicipality: { equals: municipality } },
        { kizunaRoles: { in: ['municipal-approver'] } },
        STILL_HERE,
        { id: { not_equals: except } },
      ],
    },
    select: { kizunaName: true },
    depth: 0,
    limit,
    pagination: false,
    overrideAccess: true,
    req,
  })
  return asStored<{ kizunaName: string }[]>(docs).map(({ kizunaName }) => kizunaName)
}
