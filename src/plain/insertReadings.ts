import type { PlainFinding } from './checkPlain'

/** The text with the proposed readings put in, each at its place. *Pure.* */
export function insertReadings(
  text: string,
  findings: readonly Pick<PlainFinding, 'insert'>[],
): string {
  return findings
    .flatMap(({ insert }) => insert ?? [])
    .toSorted((a, b) => b.at - a.at)
    .reduce((sum, { at, text: reading }) => sum.slice(0, at) + reading + sum.slice(at), text)
}
