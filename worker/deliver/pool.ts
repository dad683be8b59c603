/** Runs works over items, at most `limit` at once, in order of the items. */
export async function runPool<Item>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  let at = 0
  const loop = async () => {
    for (let item = items[at++]; item !== undefined; item = items[at++]) await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, loop))
}
