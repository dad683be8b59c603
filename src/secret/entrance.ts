import { randomBytes } from 'node:crypto'

import { open, seal, type KeyRing } from './seal'

/** How long somebody who pressed the button in the CMS may still enter the counter. */
export const ENTRANCE_LIFE_MS = 2 * 60_000

/** Who may enter the counter of which municipality, as the CMS says. */
export interface Entrance {
  /** Id of the person in the CMS; no name and no address. */
  by: string
  /** Six-digit code. */
  municipality: string
  /** They come to take away all that is the municipality's. */
  isTakeout?: true
  /** Good for one entrance. */
  key: string
  expiresAt: Date
}

const CONTEXT = 'counter:entrance'

/** Seals an entrance to the counter, for {@link ENTRANCE_LIFE_MS}; nobody else can read or make one. */
export function sealEntrance(
  ring: KeyRing,
  { by, municipality, isTakeout }: Pick<Entrance, 'by' | 'municipality' | 'isTakeout'>,
  now: Date,
): string {
  const key = randomBytes(16).toString('base64url')
  const until = now.getTime() + ENTRANCE_LIFE_MS
  return seal(ring, JSON.stringify([by, municipality, key, until, isTakeout ?? false]), CONTEXT)
}

/** Opens what {@link sealEntrance} made; null when it has ended, or is none. *Pure.* */
export function openEntrance(ring: KeyRing, token: string, now: Date): Entrance | null {
  const content = openQuietly(ring, token)
  if (content === null) return null
  const [by, municipality, key, until, isTakeout] = JSON.parse(content) as Sealed
  if (until <= now.getTime()) return null
  const entrance = { by, municipality, key, expiresAt: new Date(until) }
  return isTakeout === true ? { ...entrance, isTakeout } : entrance
}

type Sealed = [by: string, municipality: string, key: string, until: number, isTakeout?: boolean]

function openQuietly(ring: KeyRing, token: string): string | null {
  try {
    return open(ring, token, CONTEXT)
  } catch {
    return null
  }
}
