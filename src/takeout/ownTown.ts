import type { Payload } from 'payload'

/** A municipality as an archive names it, and whether its texts go out. */
export interface OwnTown {
  /** Six-digit code. */
  code: string
  name: string
  /** Id in this CMS. */
  id: string
  isActive: boolean
}

/** The municipality of a code, whoever asks; null when there is none. */
export async function townOfCode(payload: Payload, code: string): Promise<OwnTown | null> {
  const { docs } = await payload.find({
    collection: 'kizuna-municipalities',
    where: { code: { equals: code } },
    select: { name: true, code: true, isActive: true },
    limit: 1,
    depth: 0,
    overrideAccess: true,
  })
  const [town] = docs
  return town
    ? { code: town.code, name: town.name, id: String(town.id), isActive: town.isActive !== false }
    : null
}
