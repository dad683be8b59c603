import type { PayloadRequest } from 'payload'

import { japaneseDayOf } from '../../stage/japaneseDate'
import type { ComparisonBaseline } from '../queries/comparisonBaselines'
import { besideChanges, besideFields, besideOf } from '../rules/beside'
import { changesBetween } from '../rules/changes'
import type { FieldChange } from '../rules/changes'
import type { DiffPart } from '../rules/difference'
import { currentVerdicts } from '../rules/decide'
import { allFields } from '../rules/fieldOf'
import type { Review, ReviewedCollection } from '../queries/load'
import { reviewedFields } from '../rules/reviewedFields'
import type { Said } from '../queries/remarks'
import { statusFor } from '../queries/status'
import type { ReviewStatus } from '../queries/status'
import { titleOf } from '../rules/title'
import type { AnsweredRequest } from './answeredRequests'
import type { PlaceNames } from './placeNames'
import type { InboxOptions } from './reviewInbox'

/** One field as a reviewer sees it: as it is, and what changed in it. */
export interface ShownField {
  path: string
  label: string
  text: string
  isText: boolean
  /** What changed, or null when it is as it was. */
  parts: DiffPart[] | null
}

/** What a reviewer looks at before they decide on a text. */
export interface ShownReview {
  collection: ReviewedCollection
  id: string
  title: string
  place: string[]
  status: ReviewStatus
  writers: string[]
  /** Whether there is something to compare with. */
  hasBaseline: boolean
  /** What it is compared with, in a sentence. */
  comparison: string
  /** The text itself first, then the order of the form. */
  fields: ShownField[]
  /** Parts of an add-on that are gone. */
  removed: FieldChange[]
  /** Requests for a change that it was handed in again for. */
  answered: AnsweredRequest[]
}

interface Known {
  places: PlaceNames
  names: (id: string) => string
  base: ComparisonBaseline
  said: Said
  answered: AnsweredRequest[]
  options: InboxOptions
}

/** A review as the person of the request looks at it. *Pure* but for the clock. */
export function shownReview(req: PayloadRequest, review: Review, known: Known): ShownReview {
  const { collection, id, document, reviewInput, content } = review
  const { places, names, base, said, answered, options } = known
  const fieldNames = places.fieldNamesOf(review)
  const beside = besideOf(document)
  const changes =
    base.kind === 'none'
      ? []
      : [
          ...changesBetween(base.content, content, fieldNames),
          ...besideChanges(base.beside, beside, options.policy),
        ]
  const changeOf = (path: string) => changes.find((change) => isAt(change, path))
  const status = statusFor(req, review, { ...options, said })
  return {
    collection,
    id,
    status,
    answered,
    title: titleOf(document),
    place: places.placeOf(review),
    writers: reviewInput.authors.map(names),
    hasBaseline: base.kind !== 'none',
    comparison: comparisonWith(base, changes, {
      approvedAt: ownApproval(req, review),
      isAsked: status.can.approveAs.length > 0 && status.state !== 'published',
    }),
    fields: [
      ...allFields(reviewedFields(content, fieldNames)),
      ...besideFields(beside, options.policy),
    ]
      .filter(({ text, path }) => text !== '' || changeOf(path))
      .toSorted((a, b) => Number(b.path === 'body') - Number(a.path === 'body'))
      .map((field) => ({ ...field, parts: partsOf(changeOf(field.path), field.text) })),
    removed: changes.filter(({ kind }) => kind === 'removed'),
  }
}

/** A new part of an add-on is one change at its first field, and new in all of them. */
function isAt({ kind, path: changed }: FieldChange, path: string): boolean {
  if (kind === 'removed') return false
  if (kind === 'changed') return changed === path
  return blockOf(changed) !== null && blockOf(changed) === blockOf(path)
}

function blockOf(path: string): string | null {
  const [first, row] = path.split('.')
  return first === 'blocks' && row !== undefined ? row : null
}

function partsOf(change: FieldChange | undefined, text: string): DiffPart[] | null {
  if (!change) return null
  return change.kind === 'added' ? [{ kind: 'added', text }] : change.parts
}

/** When this person approved the content as it is now, if that counts. */
function ownApproval({ user }: PayloadRequest, { reviewInput }: Review): string | null {
  const own = currentVerdicts(reviewInput).findLast(
    ({ verdict, reviewer }) => verdict === 'approve' && reviewer === String(user?.id),
  )
  return own?.at ?? null
}

interface Looker {
  approvedAt: string | null
  /** Whether their approval is wanted: nobody else is told to check anything. */
  isAsked: boolean
}

function comparisonWith(
  base: ComparisonBaseline,
  changes: readonly FieldChange[],
  { approvedAt, isAsked }: Looker,
): string {
  const done = approvedAt ? `あなたは ${japaneseDayOf(approvedAt)} にこの内容を承認しました。` : ''
  if (base.kind === 'none') {
    return done || `前に承認した内容はありません。${isAsked ? '全文を確かめてください。' : ''}`
  }
  const isEarlierOwn = approvedAt !== null && base.kind === 'approved'
  const which = isEarlierOwn ? 'その前に承認した内容' : nameOf(base)
  if (changes.length > 0) return `${done}${which}から、変わったところを示しています。`
  return `${done}${which}と同じです。${isAsked ? 'いまも正しいかを確かめてください。' : ''}`
}

function nameOf(base: Exclude<ComparisonBaseline, { kind: 'none' }>): string {
  const day = japaneseDayOf(base.at)
  if (base.kind === 'approved') return `あなたが ${day} に承認した内容`
  const release = `${day} に公開された確定版(第${base.revision}版)`
  return base.kind === 'origin' ? `引き継ぐ前の原稿の、${release}` : release
}
