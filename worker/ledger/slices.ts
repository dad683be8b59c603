import { slicesOf } from '../../src/release/slices'
import type { Batch } from './documents'

/** Batches in their order, cut wherever so many recipients have come together. *Pure.* */
export function batchSlices(batches: readonly Batch[], recipients: number): Batch[][] {
  return slicesOf(batches, recipients, (batch) => batch.recipients.length)
}
