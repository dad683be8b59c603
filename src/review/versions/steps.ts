import type { ReleaseContent } from '../../release/content'
import { besideFields, besideOf } from '../rules/beside'
import type { FieldChange } from '../rules/changes'
import { allFields, blockIdsOf } from '../rules/fieldOf'
import type { StoredDocument } from '../rules/freeze'
import type { ReviewPolicy } from '../rules/policy'
import { reviewedFields, type FieldNames } from '../rules/reviewedFields'
import { titleOf } from '../rules/title'

/** All that somebody can have typed in one version: value and label, by the place of the field. */
export type TypedFields = ReadonlyMap<string, { label: string; text: string }>

/** What a version holds, its add-on's parts by the ids of their rows. *Pure.* */
export function typedFields(
  document: StoredDocument,
  content: ReleaseContent,
  { names, policy }: { names: FieldNames; policy: ReviewPolicy },
): TypedFields {
  const own = { ...names, blockIds: blockIdsOf(document) }
  const fields = [
    { path: 'title', label: '題名', text: titleOf(document) },
    ...allFields(reviewedFields(content, own)),
    ...besideFields(besideOf(document), policy),
  ]
  return new Map(fields.map(({ path, label, text }) => [path, { label, text }]))
}

/** Places at which two versions differ, those of the later one first. *Pure.* */
export function changedPlaces(before: TypedFields, after: TypedFields): string[] {
  const places = [...new Set([...after.keys(), ...before.keys()])]
  return places.filter((at) => (before.get(at)?.text ?? '') !== (after.get(at)?.text ?? ''))
}

/** Names of what changed from one version to the next, each once. *Pure.* */
export function changedLabels(before: TypedFields, after: TypedFields): string[] {
  const labels = changedPlaces(before, after).map(
    (at) => (after.get(at) ?? before.get(at))?.label ?? at,
  )
  return [...new Set(labels)]
}

/** One save between two versions: who and when in words, and the places that it changed. */
export interface Step {
  by: string
  places: readonly string[]
}

/**
 * Who had a hand in a change between two versions, in the order of saving, each save once. Of a part
 * that came or went as a whole that is whoever wrote in any of its fields. *Pure.*
 */
export function handsIn({ path, kind }: FieldChange, steps: readonly Step[]): string[] {
  const row = rowOf(path)
  const isMeant = (place: string) =>
    place === path || (kind !== 'changed' && row !== null && rowOf(place) === row)
  return [...new Set(steps.filter(({ places }) => places.some(isMeant)).map(({ by }) => by))]
}

function rowOf(path: string): string | null {
  const [first, row] = path.split('.')
  return first === 'blocks' && row !== undefined ? row : null
}
