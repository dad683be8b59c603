/** Whether `npm run test:all` runs: everything of what `npm test` has a share of. */
export const isAll = process.env.TEST_ALL === '1'

/** Whether the one at a place of a long list belongs to the share of every nth. *Pure.* */
export function isInShare(at: number, nth: number): boolean {
  return isAll || at % nth === 0
}

/**
 * Every nth of a long list, `from` one or another place on, so that over several lists each is met
 * somewhere; all of it with `npm run test:all`. *Pure.*
 */
export function share<T>(all: readonly T[], { nth, from = 0 }: { nth: number; from?: number }) {
  return all.filter((_, at) => isInShare(at + from, nth))
}
