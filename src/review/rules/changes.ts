import { diffArrays } from 'diff'

import type { ReleaseContent } from '../../release/content'
import { differenceOf } from './difference'
import type { DiffPart } from './difference'
import { labelInBlock, reviewedFields } from './reviewedFields'
import type { FieldNames, ReviewedBlock, ReviewedField } from './reviewedFields'

/** One field, before and after. */
export interface FieldChange {
  /** Place in the document as it is now; of what went, where it was. */
  path: string
  label: string
  kind: 'added' | 'removed' | 'changed'
  parts: DiffPart[]
}

/**
 * UTF-16 units, old and new, that are compared word by word in one content: five of the longest
 * texts rewritten. Fifty would hold everybody for seconds; what is beyond is shown old before new.
 */
const MAX_COMPARED = 50_000

/** How much may still be compared word by word. */
interface Left {
  units: number
}

/** What changed between two contents, in the order of the form; empty: nothing. *Pure.* */
export function changesBetween(
  before: ReleaseContent,
  after: ReleaseContent,
  names: FieldNames,
): FieldChange[] {
  const { blockIds: _, blockIdsBefore, ...oldNames } = names
  const old = reviewedFields(before, {
    ...oldNames,
    ...(blockIdsBefore && { blockIds: blockIdsBefore }),
  })
  const now = reviewedFields(after, names)
  const left: Left = { units: MAX_COMPARED }
  return [
    ...changedFields(old.texts, now.texts, { left }),
    ...changedBlocks(old.blocks, now.blocks, left),
    ...changedFields(old.settings, now.settings, { left }),
  ]
}

function changedFields(
  before: readonly ReviewedField[],
  after: readonly ReviewedField[],
  { left, block }: { left: Left; block?: string },
): FieldChange[] {
  return after.flatMap((field, index) => {
    const old = before[index]?.text ?? ''
    if (old === field.text) return []
    const parts = field.isText ? compared(old, field.text, left) : whole(old, field.text)
    const label = block === undefined ? field.label : labelInBlock(block, field.label)
    return [{ path: field.path, label, kind: 'changed', parts }]
  })
}

function compared(before: string, after: string, left: Left): DiffPart[] {
  const units = before.length + after.length
  if (units > left.units) return whole(before, after)
  left.units -= units
  return differenceOf(before, after)
}

/** A setting is read as a whole: part of a date or a slot means nothing. */
function whole(before: string, after: string): DiffPart[] {
  return [
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ]
}

/** Blocks have no name that lasts: equal ones are matched first, what lies between by its type. */
function changedBlocks(
  before: readonly ReviewedBlock[],
  after: readonly ReviewedBlock[],
  left: Left,
): FieldChange[] {
  const changes: FieldChange[] = []
  let gone: ReviewedBlock[] = []
  const close = (come: ReviewedBlock[]) => {
    changes.push(...pairUp(gone, come, left))
    gone = []
  }
  for (const { added, removed, value } of diffArrays([...before], [...after], { comparator })) {
    if (removed) gone = value
    else close(added ? value : [])
  }
  close([])
  return changes
}

function comparator(a: ReviewedBlock, b: ReviewedBlock): boolean {
  return (
    a.blockType === b.blockType &&
    a.fields.every(({ text }, index) => text === b.fields[index]?.text)
  )
}

function pairUp(
  gone: readonly ReviewedBlock[],
  come: readonly ReviewedBlock[],
  left: Left,
): FieldChange[] {
  const old = [...gone]
  const changes = come.flatMap((block) => {
    const match = matchFor(block, old)
    const [was] = match < 0 ? [] : old.splice(match, 1)
    return was
      ? changedFields(was.fields, block.fields, { left, block: block.label })
      : wholeBlock(block, 'added')
  })
  return [...changes, ...old.flatMap((block) => wholeBlock(block, 'removed'))]
}

/** The same row, where both are known by theirs; else the first of its type. *Pure.* */
function matchFor(block: ReviewedBlock, old: readonly ReviewedBlock[]): number {
  const [first] = block.fields
  const same = old.findIndex(({ blockType, fields }) => {
    return blockType === block.blockType && fields[0]?.path === first?.path
  })
  return same < 0 ? old.findIndex(({ blockType }) => blockType === block.blockType) : same
}

function wholeBlock({ label, fields }: ReviewedBlock, kind: 'added' | 'removed'): FieldChange[] {
  const text = fields
    .filter((field) => field.text !== '')
    .map((field) => (field.label === label ? field.text : `${field.label}: ${field.text}`))
    .join('\n')
  return [{ path: fields[0]?.path ?? '', label, kind, parts: [{ kind, text }] }]
}
