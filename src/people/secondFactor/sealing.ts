import { hkdfSync } from 'node:crypto'

import type { Payload } from 'payload'
import { z } from 'zod'

import { open, seal, SealError, type KeyRing } from '../../secret/seal'
import { newKey } from './totp'

/** How long somebody may take to set the second factor up. */
const OFFER_MS = 15 * 60_000

const KEY = 'second-factor:key'
const OFFER = 'second-factor:offer'

/** Name of the key that is made from Payload's secret. */
export const OWN_KEY = 'payload'

/**
 * The keys that seal: those of the plugin's options, and one made from Payload's secret, which seals where
 * there are no others and opens what it sealed before. *Pure.*
 */
export function factorRing({ secret }: Pick<Payload, 'secret'>, ring: KeyRing | null): KeyRing {
  const made = Buffer.from(hkdfSync('sha256', secret, '', 'kizuna:second-factor', 32))
  const keys = new Map([...(ring?.keys ?? []), [OWN_KEY, made] as const])
  return { index: ring?.index ?? made, currentId: ring?.currentId ?? OWN_KEY, keys }
}

/** A key sealed for its owner: in another account it does not open. */
export function sealKey(ring: KeyRing, user: string, key: string): string {
  return seal(ring, key, `${KEY}:${user}`)
}

/** The key that {@link sealKey} sealed; null when no key of the ring opens it any more. *Pure.* */
export function openKey(ring: KeyRing, user: string, sealed: string): string | null {
  return opened(() => open(ring, sealed, `${KEY}:${user}`))
}

/** A key that somebody is setting up; nothing is stored until they show that their app has it. */
export interface Offer {
  key: string
  /** The key, sealed for them and for {@link OFFER_MS}; it comes back with the first code. */
  offer: string
}

/** Makes an offer to somebody who has just said their password. */
export function newOffer(ring: KeyRing, { user, replaces, at }: Offered): Offer {
  const key = newKey()
  const inside: z.infer<typeof sealedOffer> = { key, replaces, until: at.getTime() + OFFER_MS }
  return { key, offer: seal(ring, JSON.stringify(inside), `${OFFER}:${user}`) }
}

/** To whom an offer is made, and when. */
interface Offered {
  user: string
  /** Id of the factor it will stand in for, whose code was shown; null where there is none. */
  replaces: string | null
  at: Date
}

const sealedOffer = z.object({
  key: z.string(),
  replaces: z.string().nullable(),
  until: z.number(),
})

/** What was offered to this person a moment ago; null for every other. *Pure.* */
export function openOffer(
  ring: KeyRing,
  { user, offer, at }: { user: string; offer: string; at: Date },
): { key: string; replaces: string | null } | null {
  const text = opened(() => open(ring, offer, `${OFFER}:${user}`))
  if (text === null) return null
  const { until, ...offered } = sealedOffer.parse(JSON.parse(text))
  return until > at.getTime() ? offered : null
}

function opened(work: () => string): string | null {
  try {
    return work()
  } catch (error) {
    if (error instanceof SealError) return null
    throw error
  }
}
