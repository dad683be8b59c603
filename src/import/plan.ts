import { titleKey } from '../table/sameText'
import type { BlockTypes } from '../release/blocks/blockTypes'
import { placeKey } from '../cms/requestMemory'
import type { ImportProblem, Sheet } from '../table/sheet'

/** What a file may name: codes that exist in the CMS and the choices of its select fields. */
export interface ImportContext {
  /** Ids by code. */
  series: ReadonlyMap<string, string>
  /** What each series is called, by code. */
  seriesNames?: ReadonlyMap<string, string>
  municipalities: ReadonlyMap<
    string,
    { id: string; name?: string; areas?: readonly string[]; variables: Record<string, string> }
  >
  /** Choices of a select field of the collection, by field name. */
  choices: (field: string) => { value: string; label: string }[]
  /** Ids of pictures of the library the person may see, by file name. */
  pictures?: ReadonlyMap<string, string>
  /** Types of block an add-on may be made of. */
  types?: BlockTypes
}

/** One document a file describes. */
export interface ImportItem {
  /** Line where it starts. */
  line: number
  /** Rows of an add-on's blocks, in their order. */
  blockLines?: readonly number[]
  /** How messages and the dry run call it. */
  label: string
  /** Id of the document it was exported from; null when the file names none. */
  id: string | null
  /** What it is found again by without an id; see {@link keyOfManuscript} and {@link keyOfAddOn}. */
  key: string
  /** What it was exported with, see ./exportMark; null in a file without. */
  mark: string | null
  /** The fields the file has columns for; everything else of an existing document stays. */
  data: Record<string, unknown>
  /** Words besides the contact's that its texts may use as `{{…}}`. */
  variables: Record<string, string>
}

/** An item without the cells that are refused already. */
export interface HalfRead extends ImportItem {
  refused: readonly ImportProblem[]
}

/** What a file describes, or what is wrong with it. */
export interface ImportPlan extends Pick<Sheet, 'headings' | 'notes'> {
  items: ImportItem[]
  /** What could be read of items with cells that cannot: what else is wrong with them is told too. */
  halfRead: HalfRead[]
  problems: ImportProblem[]
}

/** Manuscripts are found again by series, slot and edition. *Pure.* */
export const keyOfManuscript = placeKey

/** Add-ons are found again by municipality, first slot and a heading that looks the same. *Pure.* */
export function keyOfAddOn(place: { municipality?: unknown; title?: unknown; from?: unknown }) {
  return [place.municipality, place.from, titleKey(String(place.title))].map(String).join('|')
}

/** A problem for each item that says the same as an earlier one. *Pure.* */
export function repeatedItems(items: readonly ImportItem[]): ImportProblem[] {
  const first = new Map<string, number>()
  return items.flatMap(({ id, key, line, label }) => {
    const names = id === null ? [key] : [key, `id:${id}`]
    const earlier = names.map((name) => first.get(name)).find((found) => found !== undefined)
    if (earlier === undefined) {
      for (const name of names) first.set(name, line)
      return []
    }
    const message = `「${label}」は ${earlier} 行目にもあります。どちらかを消してください。`
    return [{ line, column: null, message }]
  })
}

/** The data without the fields the file says nothing about. *Pure.* */
export function onlyGiven(data: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined))
}
