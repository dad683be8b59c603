import { APIError, type AfterErrorHook } from 'payload'
import { renderSVG } from 'uqr'

import type { Offer } from './sealing'
import { keyUri } from './totp'
import {
  groupsOfFour,
  LATE_OFFER,
  NEEDED_SENTENCE,
  SETUP_SENTENCE,
  WRONG_CODE,
  type FactorCode,
} from './words'

/** An offer as it is shown: what the browser needs to set a second factor up. */
export interface ShownOffer {
  /** Comes back with the first code. */
  offer: string
  /** The key in groups of four. */
  key: string
  /** For the app on the same device. */
  uri: string
  /** The same as a QR code: an SVG. */
  qr: string
}

/** An offer as somebody is shown it. *Pure.* */
export function shownOffer(
  { key, offer }: Offer,
  { email, issuer }: { email: string; issuer: string },
): ShownOffer {
  const uri = keyUri({ key, account: email, issuer })
  return { offer, key: groupsOfFour(key), uri, qr: renderSVG(uri, { ecc: 'M', border: 4 }) }
}

/**
 * Refuses a log-in whose password was right. The name is one that Payload logs without what is in it: it
 * happens at every log-in. An offer is kept out of `data`, which would be logged with the others.
 */
export class FactorRefusal extends APIError {
  readonly #offer: ShownOffer | null

  constructor(
    readonly code: FactorCode,
    offer: ShownOffer | null = null,
    sentence: string = SENTENCES[code],
  ) {
    super(sentence, 401, { code }, true)
    this.name = 'Forbidden'
    this.#offer = offer
  }

  /** What is to be set up; null where it is not about that. */
  shown(): ShownOffer | null {
    return this.#offer
  }
}

const SENTENCES: Readonly<Record<FactorCode, string>> = {
  SECOND_FACTOR_NEEDED: NEEDED_SENTENCE,
  SECOND_FACTOR_WRONG: WRONG_CODE,
  SECOND_FACTOR_SETUP: SETUP_SENTENCE,
}

/** Refuses an offer that came back too late, with a new one. */
export function lateOffer(offer: ShownOffer): FactorRefusal {
  return new FactorRefusal('SECOND_FACTOR_SETUP', offer, LATE_OFFER)
}

/** Puts the offer into the answer over REST: there the admin asks, and nothing is logged of it. */
export const answerWithOffer: AfterErrorHook = ({ error, graphqlResult }) => {
  if (!(error instanceof FactorRefusal) || graphqlResult) return
  const setUp = error.shown()
  if (setUp === null) return
  const { code, message, status } = error
  return { status, response: { errors: [{ message, data: { code, setUp } }] } }
}
