/**
 * Version of the consent text (worker/web/consent.ts), stored with each consent; a changed text gets
 * a new version.
 */
export const CONSENT_VERSION = '2026-12'
