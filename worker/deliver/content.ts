import type { ExclusionReason } from '../../src/plan/reason'
import { isWhatWasApproved } from '../../src/release/live'
import { payloadHash } from '../../src/release/payload'
import type { SyncedReleases } from '../content/syncedContent'
import type { StoredPayload } from '../ledger/documents'

/**
 * Whether a payload may still be sent: it is byte for byte what was planned, each of its contents
 * is one that was approved, and none has been withdrawn since. *Pure.*
 *
 * @returns the reason why not, or null.
 */
export function contentReason(
  payload: StoredPayload,
  releases: SyncedReleases,
): ExclusionReason | null {
  const rendered = payload.channel === 'line' ? payload.messages : payload.mail
  if (payloadHash(rendered) !== payload._id) return 'hashMismatch'
  if (isWithdrawn(payload, releases)) return 'withdrawn'
  for (const [at, key] of payload.releaseKeys.entries()) {
    const approved = releases.approved(key, payload.contentHashes[at] ?? '')
    if (!approved || !isWhatWasApproved(approved)) return 'hashMismatch'
  }
  return null
}

/**
 * Whether one of a payload's contents has been withdrawn; asked once more for each call, since a
 * slow provider can keep a checked page waiting for minutes. *Pure.*
 */
export function isWithdrawn({ releaseKeys }: StoredPayload, releases: SyncedReleases): boolean {
  return releaseKeys.some((key) => (releases.latest(key)?.action ?? 'withdraw') === 'withdraw')
}
