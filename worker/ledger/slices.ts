import type { Batch } from './documents'

/** Batches in their order, cut wherever so many recipients have come together. *Pure.* */
export function slicesOf(batches: readonly Batch[], recipients: number): Batch[][] {
  return slicesBySize(batches, recipients, (batch) => batch.recipients.length)
}

/** Things in their order, cut wherever so much has come together. *Pure.* */
export function slicesBySize<One>(
  all: readonly One[],
  most: number,
  sizeOf: (one: One) => number,
): One[][] {
  const slices: One[][] = []
  let room = 0
  for (const one of all) {
    if (room <= 0) {
      slices.push([])
      room = most
    }
    slices.at(-1)?.push(one)
    room -= sizeOf(one)
  }
  return slices
}
