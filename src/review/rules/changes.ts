import { diffArrays } from 'diff'

import type { ReleaseContent } from '../../release/content'
import { differenceOf } from './difference'
import type { DiffPart } from './difference'
import { reviewedFields } from './reviewedFields'
import type { FieldNames, ReviewedBlock, ReviewedField } from './reviewedFields'

/** One field, before and after. */
export interface FieldChange {
  /** Place in the document as it is now; of what went, where it was. */
  path: string
  label: string
  kind: 'added' | 'removed' | 'changed'
  parts: DiffPart[]
}

/** What changed between two contents, in the order of the form; empty: nothing. *Pure.* */
export function changesBetween(
  before: ReleaseContent,
  after: ReleaseContent,
  names: FieldNames,
): FieldChange[] {
  const { blockIds: _, ...oldNames } = names
  const old = reviewedFields(before, oldNames)
  const now = reviewedFields(after, names)
  return [
    ...changedFields(old.texts, now.texts),
    ...changedBlocks(old.blocks, now.blocks),
    ...changedFields(old.settings, now.settings),
  ]
}

function changedFields(
  before: readonly ReviewedField[],
  after: readonly ReviewedField[],
  prefix = '',
): FieldChange[] {
  return after.flatMap((field, index) => {
    const old = before[index]?.text ?? ''
    if (old === field.text) return []
    const parts = field.isText ? differenceOf(old, field.text) : whole(old, field.text)
    return [{ path: field.path, label: prefix + field.label, kind: 'changed', parts }]
  })
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
): FieldChange[] {
  const changes: FieldChange[] = []
  let gone: ReviewedBlock[] = []
  const close = (come: ReviewedBlock[]) => {
    changes.push(...pairUp(gone, come))
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

function pairUp(gone: readonly ReviewedBlock[], come: readonly ReviewedBlock[]): FieldChange[] {
  const left = [...gone]
  const changes = come.flatMap((block) => {
    const match = left.findIndex(({ blockType }) => blockType === block.blockType)
    const [old] = match < 0 ? [] : left.splice(match, 1)
    return old
      ? changedFields(old.fields, block.fields, `${block.label} `)
      : wholeBlock(block, 'added')
  })
  return [...changes, ...left.flatMap((block) => wholeBlock(block, 'removed'))]
}

function wholeBlock({ label, fields }: ReviewedBlock, kind: 'added' | 'removed'): FieldChange[] {
  const text = fields
    .filter((field) => field.text !== '')
    .map((field) => `${field.label}: ${field.text}`)
    .join('\n')
  return [{ path: fields[0]?.path ?? '', label, kind, parts: [{ kind, text }] }]
}
