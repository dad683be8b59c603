import { StageError } from '../stage/error'
import { slotSortKey } from '../stage/slot'
import { approvedFields } from './approvedFields'
import { canonicalJson } from './canonical'
import type { AddOnContent } from './content'

/** A released add-on with its municipality's variables. */
export interface AddOnRelease {
  content: AddOnContent
  /** Variables of the municipality besides the contact's, as they were at publication. */
  variables: Readonly<Record<string, string>>
}

/** Add-ons in the order readers get them: by order, first slot, title; the rest breaks ties. *Pure.* */
export function sortAddOns(addOns: readonly AddOnRelease[]): AddOnRelease[] {
  if (addOns.length < 2) return [...addOns]
  return addOns
    .map((addOn) => ({ addOn, key: keyOf(addOn.content) }))
    .sort((a, b) => compareKeys(a.key, b.key) || compareRest(a.addOn.content, b.addOn.content))
    .map(({ addOn }) => addOn)
}

type Key = readonly (number | string)[]

function keyOf(content: AddOnContent): Key {
  const { order, from, title } = content
  return [order, placeOf(from), title.normalize('NFC')]
}

function compareRest(a: AddOnContent, b: AddOnContent): number {
  return compareKeys([canonicalJson(approvedFields(a))], [canonicalJson(approvedFields(b))])
}

// A draft's slot may be unreadable: it is shown last, and the checks say what is wrong with it.
function placeOf(slot: string): number {
  try {
    return slotSortKey(slot)
  } catch (error) {
    if (error instanceof StageError) return Infinity
    throw error
  }
}

function compareKeys(a: Key, b: Key): number {
  const at = a.findIndex((part, index) => part !== b[index])
  if (at < 0) return 0
  return (a[at] ?? 0) < (b[at] ?? 0) ? -1 : 1
}
