import { Secret, TOTP } from 'otpauth'

import { CODE_DIGITS } from './words'

/** How long the app shows one code; what all apps know. Source: RFC 6238, 5.2. */
const STEP_S = 30

/** Steps before and after now that are taken, for clocks that are a little off. Source: RFC 6238, 5.2. */
const WINDOW = 1

/** Bytes of a key, as long as the hash. Source: RFC 4226, 4. */
const KEY_BYTES = 20

/** A new key in base32, as the apps read it. */
export function newKey(): string {
  return new Secret({ size: KEY_BYTES }).base32
}

/** Whose key it is, as the app lists it. */
interface Label {
  key: string
  /** The person's mail address. */
  account: string
  /** Where it opens. */
  issuer: string
}

/**
 * What the QR code says to the app. *Pure.*
 * Source: https://github.com/google/google-authenticator/wiki/Key-Uri-Format
 */
export function keyUri({ key, account, issuer }: Label): string {
  return totpOf(key, { label: account, issuer }).toString()
}

/**
 * The step (30 seconds each, since 1970) that a code is of, looked for around `at`; null when it is none.
 * *Pure.*
 */
export function stepOf({ key, code, at }: { key: string; code: string; at: Date }): number | null {
  if (code.length !== CODE_DIGITS) return null
  const timestamp = at.getTime()
  const delta = totpOf(key).validate({ token: code, timestamp, window: WINDOW })
  return delta === null ? null : Math.floor(timestamp / 1000 / STEP_S) + delta
}

function totpOf(key: string, named: { label?: string; issuer?: string } = {}): TOTP {
  return new TOTP({
    ...named,
    secret: Secret.fromBase32(key),
    algorithm: 'SHA1', // the only one that every app knows
    digits: CODE_DIGITS,
    period: STEP_S,
  })
}
