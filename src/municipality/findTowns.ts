import type { PayloadRequest } from 'payload'

/** A municipality to choose. */
export interface Town {
  id: string
  name: string
}

/** The municipality that is asked for by its id, or all that the person may look at, by their code. */
export async function findTowns(req: PayloadRequest, asked = ''): Promise<Town[]> {
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
