import { payloadHash } from '../../src/release/payload'
import type { Release } from '../../src/release/content'
import { isWhatWasApproved } from '../../src/release/live'
import type { StoredPayload } from '../ledger/documents'
import type { ExclusionReason } from '../../src/plan/reason'

/** The releases a payload was made of, as they are synced now. */
export interface SyncedContents {
  /** The latest release of a key, a withdrawal too. */
  latest: (key: string) => Release | undefined
  /** The release of a key with exactly this content hash, the newest such one. */
  approved: (key: string, contentHash: string) => Release | undefined
}

/**
 * Whether a payload may still be sent: it is byte for byte what was planned, each of its contents
 * is one that was approved, and none has been withdrawn since. *Pure.*
 *
 * @returns the reason why not, or null.
 */
export function contentReason(
  payload: StoredPayload,
  syncedContent: SyncedContents,
): ExclusionReason | null {
  const rendered = payload.channel === 'line' ? payload.messages : payload.mail
  if (payloadHash(rendered as Parameters<typeof payloadHash>[0]) !== payload._id) {
    return 'hashMismatch'
  }
  if (isWithdrawn(payload, syncedContent)) return 'withdrawn'
  for (const [at, key] of payload.releaseKeys.entries()) {
    const approved = syncedContent.approved(key, payload.contentHashes[at] ?? '')
    if (!approved || !isWhatWasApproved(approved)) return 'hashMismatch'
  }
  return null
}

/**
 * Whether one of a payload's contents has been withdrawn; asked once more for each call, since a
 * slow provider can keep a checked page waiting for minutes. *Pure.*
 */
export function isWithdrawn(
  { releaseKeys }: StoredPayload,
  syncedContent: SyncedContents,
): boolean {
  return releaseKeys.some((key) => (syncedContent.latest(key)?.action ?? 'withdraw') === 'withdraw')
}
