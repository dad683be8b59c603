import type { AddOnContent, Release } from '../release/content'
import { inForce } from '../release/live'
import { COMMON_VARIABLES, variablesIn, variableTable } from '../release/variables'

/** A municipality's own words, as its settings hold them. */
export type VariableRow = Readonly<{ name?: string | null; value?: string | null }>

/** A release that is in force, of an add-on. */
export type AddOnInForce<R extends Release> = R & { content: AddOnContent }

/** A release in force whose frozen words are not the municipality's any more. */
export interface StaleRelease<R extends Release> {
  release: AddOnInForce<R>
  /** Names it uses whose value is another now. */
  names: string[]
}

/** A word that texts in force use and that would be gone. */
export interface MissingVariable {
  name: string
  /** Headings of the add-ons that use it. */
  titles: string[]
}

/** What other values of a municipality's own words mean for what is out. */
export interface VariableEffect<R extends Release> {
  stale: StaleRelease<R>[]
  missing: MissingVariable[]
}

/** The values of a municipality's own words by their names. *Pure.* */
export function variablesOf(rows: readonly VariableRow[] | null | undefined) {
  const named = (rows ?? []).filter(({ name }) => name)
  const entries = named.map(({ name, value }) => [String(name), value ?? ''] as const)
  return Object.fromEntries(variableTable(Object.fromEntries(entries)))
}

/** Names of a municipality's own words that an add-on uses. *Pure.* */
export function ownVariablesIn({ title, blocks }: Pick<AddOnContent, 'title' | 'blocks'>) {
  return variablesIn(JSON.stringify([title, blocks])).filter(
    (name) => !COMMON_VARIABLES.includes(name),
  )
}

/**
 * Which add-ons in force use words that have another value now, or none. It compares with what each
 * release froze, not with what was saved last: asked again after a failure, it finds what is left.
 * *Pure.*
 */
export function variableEffect<R extends Release>(
  releases: readonly R[],
  variables: Readonly<Record<string, string>>,
): VariableEffect<R> {
  const live = inForce(releases).filter(isAddOn)
  const stale = live.flatMap((release) => {
    const frozen = Object.fromEntries(variableTable(release.variables))
    const names = ownVariablesIn(release.content).filter(
      (name) => variables[name] !== undefined && variables[name] !== frozen[name],
    )
    return names.length > 0 ? [{ release, names }] : []
  })
  return { stale, missing: missingIn(live, variables) }
}

function missingIn(
  live: readonly AddOnInForce<Release>[],
  variables: Readonly<Record<string, string>>,
): MissingVariable[] {
  const titles = new Map<string, string[]>()
  for (const { content } of live) {
    for (const name of ownVariablesIn(content)) {
      if (variables[name] !== undefined) continue
      titles.set(name, [...(titles.get(name) ?? []), content.title])
    }
  }
  return [...titles].map(([name, used]) => ({ name, titles: used }))
}

function isAddOn<R extends Release>(release: R): release is AddOnInForce<R> {
  return release.content.type === 'addOn'
}

/** What to do about a word that is used and would be gone. *Pure.* */
export function missingSentence({ name, titles }: MissingVariable): string {
  const shown = titles.slice(0, 3).map((title) => `「${title}」`)
  const rest = titles.length > 3 ? `ほか ${titles.length - 3} 件` : ''
  return `差し込み語「${name}」は、公開中の自治体原稿 ${titles.length} 件(${shown.join('')}${rest})で使われているため、消したり名前を変えたりできません。先に自治体原稿から {{${name}}} を外して公開し直してください。内容だけなら変えられます。`
}
