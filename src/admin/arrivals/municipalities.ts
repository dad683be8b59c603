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

/** The one that is asked for, or the first where none is; undefined for any other. *Pure.* */
export function chosenOf(
  municipalities: readonly MunicipalityChoice[],
  asked: string,
): MunicipalityChoice | undefined {
  return asked === '' ? municipalities[0] : municipalities.find(({ id }) => id === asked)
}
