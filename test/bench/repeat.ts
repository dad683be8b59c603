import { median } from './meter'

/** Rounded medians of each figure; a first round, which warms up, is not counted. */
export async function repeat(
  rounds: number,
  measure: (round: number) => Promise<Record<string, number>>,
): Promise<Record<string, number>> {
  await measure(0)
  const found: Record<string, number>[] = []
  for (let round = 1; round <= rounds; round += 1) found.push(await measure(round))
  return Object.fromEntries(
    Object.keys(found[0] ?? {}).map((name) => [
      name,
      Math.round(median(found.map((figures) => figures[name] ?? NaN))),
    ]),
  )
}
