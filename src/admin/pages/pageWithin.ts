/** How many pages rows fill, at least one. *Pure.* */
export function lastPage(count: number, size: number): number {
  return Math.max(1, Math.ceil(count / size))
}

/** The page that is asked for in an address, or the nearest one that has rows. *Pure.* */
export function pageWithin(asked: unknown, { count, size }: { count: number; size: number }) {
  const page = Math.trunc(Number(asked)) || 1
  return Math.min(Math.max(1, page), lastPage(count, size))
}
