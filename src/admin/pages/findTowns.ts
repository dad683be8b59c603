import type { PayloadRequest } from 'payload'

/** The municipality that is asked for by its id, or all that the person may look at, by their code. */
export async function findTowns(
  req: PayloadRequest,
  asked: string,
): Promise<{ id: string; name: string }[]> {
  const { docs } = await req.payload.find({
    collection: 'kizuna-municipalities',
    where: asked ? { id: { equals: asked } } : {},
    req,
    depth: 0,
    overrideAccess: false,
    pagination: false,
    sort: 'code',
    select: { name: true },
  })
  return docs.map(({ id, name }) => ({ id: String(id), name }))
}
