import type { PayloadRequest } from 'payload'

/** A municipality to choose. */
export interface MunicipalityChoice {
  id: string
  name: string
  editions: string[]
  areas: string[]
  channels: ('line' | 'mail')[]
}

/** The municipalities this person may look at, by their code. */
export async function findMunicipalities(req: PayloadRequest): Promise<MunicipalityChoice[]> {
  const { docs } = await req.payload.find({
    collection: 'kizuna-municipalities',
    req,
    depth: 0,
    overrideAccess: false,
    pagination: false,
    sort: 'code',
    select: { name: true, editions: true, areas: true, channels: true },
  })
  return docs.map(({ id, name, editions, areas, channels }) => ({
    id,
    name,
    editions,
    channels,
    areas: (areas ?? []).map((area) => area.name),
  }))
}
