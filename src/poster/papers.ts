import type { Choice } from '../release/choices'

/** What a sheet of A4 is printed as, and how many leaves are cut from it. */
export const PAPERS = [
  { value: 'poster', label: 'A4 ポスター', leaves: 1 },
  { value: 'flyer', label: 'A5 チラシ(1 枚に 2 つ)', leaves: 2 },
  { value: 'cards', label: 'カード(1 枚に 8 つ)', leaves: 8 },
] as const satisfies readonly (Choice & { leaves: number })[]

/** One of these. */
export type Paper = (typeof PAPERS)[number]['value']
