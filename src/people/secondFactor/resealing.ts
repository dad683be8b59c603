import type { Payload } from 'payload'

import { asStored, toStore } from '../../cms/stored'
import { sealedWith, type KeyRing } from '../../secret/seal'
import { factorRing, openKey, OWN_KEY, sealKey } from './sealing'
import { SECOND_FACTORS, type StoredFactor } from './store'

type Sealed = Pick<StoredFactor, 'id' | 'sealedKey'> & { user: unknown }

/**
 * Seals people's keys anew that an older key sealed; each only where nobody has changed it meanwhile.
 *
 * @returns names of keys that sealed what no key opens any more.
 */
export async function resealFactors(payload: Payload, own: KeyRing): Promise<string[]> {
  const ring = factorRing(payload, own)
  const { docs } = await payload.db.find({ collection: SECOND_FACTORS, pagination: false })
  const older = asStored<Sealed[]>(docs).filter(
    ({ sealedKey }) => sealedWith(sealedKey) !== ring.currentId,
  )
  const lost = new Set<string>()
  for (const factor of older) {
    const key = openKey(ring, userOf(factor), factor.sealedKey)
    if (key === null) lost.add(sealedWith(factor.sealedKey))
    else await replace(payload, factor, sealKey(ring, userOf(factor), key))
  }
  lost.delete(OWN_KEY) // of another PAYLOAD_SECRET: its owner comes in with a recovery code
  return [...lost]
}

function userOf({ user }: Sealed): string {
  return String(user)
}

async function replace({ db }: Payload, { id, sealedKey }: Sealed, anew: string): Promise<void> {
  await db.updateOne({
    collection: SECOND_FACTORS,
    where: { and: [{ id: { equals: id } }, { sealedKey: { equals: sealedKey } }] },
    data: toStore({ sealedKey: anew, updatedAt: null }),
    returning: false,
  })
}
