/** Things in their order, cut wherever so much of their weight has come together. *Pure.* */
export function slicesOf<T>(
  things: readonly T[],
  most: number,
  weightOf: (thing: T) => number,
): T[][] {
  const slices: T[][] = []
  let room = 0
  for (const thing of things) {
    if (room <= 0) {
      slices.push([])
      room = most
    }
    slices.at(-1)?.push(thing)
    room -= weightOf(thing)
  }
  return slices
}
