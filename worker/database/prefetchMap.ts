/**
 * Maps a stream in order; the next item is being made while the present one is used, so that
 * waiting for a database and computing overlap.
 */
export async function* prefetchMap<In, Out>(
  items: AsyncIterable<In>,
  make: (item: In) => Promise<Out>,
): AsyncGenerator<Out> {
  let next: Promise<Out> | null = null
  for await (const item of items) {
    const ready = next
    next = make(item)
    next.catch(() => undefined) // awaited in the next turn; not unhandled until then
    if (ready) yield await ready
  }
  if (next) yield await next
}
