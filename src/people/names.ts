import type { PayloadRequest } from 'payload'

import { peopleIn } from './usersSlug'

/** For somebody whose name the person may not see, or who has left. */
const SOMEBODY = '担当者'

/** Names of people by id, as far as the person of the request may see them. */
export async function findNames(
  req: PayloadRequest,
  ids: readonly string[],
): Promise<(id: string) => string> {
  const asked = [...new Set(ids)].filter(Boolean)
  if (asked.length === 0) return () => SOMEBODY
  const { docs } = await req.payload.find({
    collection: peopleIn(req.payload),
    where: { id: { in: asked } },
    select: { name: true },
    pagination: false,
    depth: 0,
    overrideAccess: false,
    req,
  })
  const names = new Map(docs.map(({ id, name }) => [String(id), name]))
  return (id) => names.get(id) ?? SOMEBODY
}
