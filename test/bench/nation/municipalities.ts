/** Municipalities of Japan, Tokyo's 23 wards among them. */
export const MUNICIPALITIES = 1741

/**
 * Rank and population of some municipalities (census of 2020, rounded): between two of them the
 * logarithm of the population falls evenly with that of the rank.
 */
const KNOTS: readonly (readonly [rank: number, population: number])[] = [
  [1, 3_770_000],
  [10, 1_270_000],
  [20, 800_000],
  [50, 430_000],
  [100, 260_000],
  [260, 100_000],
  [530, 50_000],
  [870, 24_000],
  [1200, 10_500],
  [1490, 5_000],
  [1700, 1_200],
  [MUNICIPALITIES, 170],
]

/** People of the municipality of a rank (1 is the largest), about. *Pure.* */
export function populationAt(rank: number): number {
  const above = KNOTS.findIndex(([knot]) => knot >= rank)
  const [toRank, to] = KNOTS[above] ?? [MUNICIPALITIES, 0]
  const [fromRank, from] = KNOTS[above - 1] ?? [toRank, to]
  if (fromRank === toRank) return to
  const share = Math.log(rank / fromRank) / Math.log(toRank / fromRank)
  return from * (to / from) ** share
}

/** So many readers over all municipalities, by their people; the largest first. *Pure.* */
export function readersByTown(readers: number): number[] {
  const people = Array.from({ length: MUNICIPALITIES }, (_, at) => populationAt(at + 1))
  const all = people.reduce((sum, one) => sum + one, 0)
  let reached = 0
  let given = 0
  return people.map((one) => {
    reached += one
    const upTo = Math.round((readers * reached) / all)
    const own = upTo - given
    given = upTo
    return own
  })
}
