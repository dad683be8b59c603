import type { AudienceChild } from '../planning/audience'
import type { ExclusionReason } from '../../src/plan/reason'
import type { Child, Identity, Reader } from '../readers/reader'

/** What is known of one recipient at the last second. */
export interface LastSecond {
  reader: Pick<Reader, '_id' | 'status' | 'municipality' | 'identities'> | undefined
  child: (AudienceChild & Pick<Child, 'status' | 'municipality' | 'readers'>) | undefined
  municipality: string
  /** The identities of this channel account that may be sent to now. */
  identity: Identity | undefined
  /** Whether the reader has any identity of this channel account. */
  hasAddress: boolean
  /** False when the child's dates changed and the text is not today's any more. */
  isStillDue: boolean
}

/**
 * Whether a planned delivery may still go out: loss, stop, move, suppression or new dates since
 * planning. *Pure.*
 *
 * @returns the reason why not, or null.
 */
export function lastSecondReason(known: LastSecond): ExclusionReason | null {
  const { reader, child, municipality, identity, hasAddress, isStillDue } = known
  if (!reader || !child) return 'stopped'
  if (reader.status === 'stopped' || child.status === 'stopped') return 'stopped'
  if (!child.readers.includes(reader._id)) return 'stopped'
  if (reader.municipality !== municipality || child.municipality !== municipality) return 'stopped'
  if (!isStillDue) return 'stale'
  if (!identity) return hasAddress ? 'suppressed' : 'noChannel'
  return null
}
