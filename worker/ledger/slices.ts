import type { Batch } from './documents'

/** Batches in their order, cut wherever so many recipients have come together. *Pure.* */
export function slicesOf(batches: readonly Batch[], recipients: number): Batch[][] {
  const slices: Batch[][] = []
  let room = 0
  for (const batch of batches) {
    if (room <= 0) {
      slices.push([])
      room = recipients
    }
    slices.at(-1)?.push(batch)
    room -= batch.recipients.length
  }
  return slices
}
