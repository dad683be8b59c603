/** What was ticked in the list of versions. */
export type TickedVersions =
  /** Path of the comparison behind the list's own: the newer stands first in the list. */
  { path: string } | { path: null; ids: readonly string[] }

/** Reads the ticks of a list of versions (`?v=…&v=…`): two are compared, others are told. *Pure.* */
export function readTickedVersions(sent: string | string[] | undefined): TickedVersions {
  const ids = [sent ?? []].flat()
  const [newer, older] = ids.map(encodeURIComponent)
  if (ids.length !== 2 || newer === older) return { path: null, ids: [...new Set(ids)] }
  return { path: `/${newer}?with=${older}` }
}
