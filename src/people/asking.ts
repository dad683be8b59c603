import type { PayloadRequest } from 'payload'

import { peopleIn } from './usersSlug'

/** In the context of a log-in that only asks for the present password: nobody comes in by it. */
export const ONLY_ASKING = 'kizunaOnlyAsking'

/**
 * Whether a password is the present one. Asked like a log-in, so that guessing at an open screen is
 * counted and stopped like guessing at the door; the session it makes ends with it.
 */
export async function isPresentPassword(
  { payload }: PayloadRequest,
  login: { email: string; password: string },
): Promise<boolean> {
  try {
    await payload.login({
      collection: peopleIn(payload),
      data: login,
      depth: 0,
      context: { [ONLY_ASKING]: true },
    })
    return true
  } catch {
    return false
  }
}
