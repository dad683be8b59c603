import { open, seal, type KeyRing } from './seal'

/** How long the CMS gives what a token names: as long as a large archive takes. */
const LIFE_MS = 60 * 60_000

const CONTEXT = 'takeout:part'

/** In whose name the delivery half asks the CMS for a municipality's own documents. */
export interface TakeoutToken {
  /** Id of the person in the CMS. */
  by: string
  /** Six-digit code. */
  municipality: string
}

/** Seals in whose name is asked; nobody else can read or make one. */
export function sealTakeout(ring: KeyRing, { by, municipality }: TakeoutToken, now: Date): string {
  return seal(ring, JSON.stringify([by, municipality, now.getTime() + LIFE_MS]), CONTEXT)
}

/** Opens what {@link sealTakeout} made; null when it has ended, or is none. *Pure.* */
export function openTakeout(ring: KeyRing, token: string, now: Date): TakeoutToken | null {
  try {
    const content = JSON.parse(open(ring, token, CONTEXT)) as [string, string, number]
    const [by, municipality, until] = content
    return until > now.getTime() ? { by, municipality } : null
  } catch {
    return null
  }
}
