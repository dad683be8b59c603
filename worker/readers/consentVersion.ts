/**
 * Version of the consent text (worker/web/consent.ts), stored with each consent; a changed text gets
 * a new version.
 */
export const CONSENT_VERSION = '2026-12-3'

/** Every version that our own pages have had: a list may bring a consent to an earlier one. */
export const OWN_CONSENT_VERSIONS: readonly string[] = ['2026-12', '2026-12-2', CONSENT_VERSION]
