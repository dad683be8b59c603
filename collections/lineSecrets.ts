import type { Payload } from 'payload'

import { asStored, toStore } from '../src/cms/stored'
import { reseal, sealedWith, type KeyRing } from '../src/secret/seal'
import { LINE_LOGIN_SECRET_CONTEXT, LINE_SECRET_CONTEXT } from './lineAccounts'

const CONTEXTS = {
  channelSecret: LINE_SECRET_CONTEXT,
  loginChannelSecret: LINE_LOGIN_SECRET_CONTEXT,
} as const

type Account = { id: string } & { [Name in keyof typeof CONTEXTS]?: string | null }

/**
 * Seals secrets of LINE accounts anew that an older key sealed; each only where nobody has changed it
 * meanwhile.
 *
 * @returns names of keys that sealed what no key opens any more.
 */
export async function resealLineSecrets(payload: Payload, ring: KeyRing): Promise<string[]> {
  const collection = 'kizuna-line-accounts'
  const { docs } = await payload.db.find({ collection, pagination: false })
  const lost = new Set<string>()
  for (const account of asStored<Account[]>(docs)) {
    for (const name of Object.keys(CONTEXTS) as (keyof typeof CONTEXTS)[]) {
      const sealed = account[name]
      if (!sealed) continue
      const anew = reseal(ring, sealed, [CONTEXTS[name]])
      if (anew === null) lost.add(sealedWith(sealed))
      else if (sealedWith(sealed) !== ring.currentId)
        await payload.db.updateOne({
          collection,
          where: { and: [{ id: { equals: account.id } }, { [name]: { equals: sealed } }] },
          data: toStore({ [name]: anew, updatedAt: null }),
          returning: false,
        })
    }
  }
  return [...lost]
}
