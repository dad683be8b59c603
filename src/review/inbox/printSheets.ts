import type { PayloadRequest } from 'payload'

import { findNames } from '../../people/names'
import { findLiveReleases, releaseKey } from '../../release/findReleases'
import { previewFor, type Preview } from '../../release/preview'
import { fillReaderLinks } from '../../release/readerLinks'
import { japaneseMoment } from '../../stage/japaneseDate'
import { findLiveBaselines, type ComparisonBaseline } from '../queries/comparisonBaselines'
import { currentVerdicts, isLiveAsIs } from '../rules/decide'
import { differenceOf, type DiffPart } from '../rules/difference'
import { disciplineLabel } from '../rules/policy'
import type { ReviewStatus } from '../queries/status'
import type { Review, ReviewedCollection } from '../queries/load'
import type { Said } from '../queries/remarks'
import { findPlaceNames, type PlaceNames } from './placeNames'
import { readerSettings } from './readerSettings'
import type { InboxOptions } from './reviewInbox'
import { loadTargets, type SetTarget } from './set'
import { shownReview, type ShownField } from './shownReview'
import { picturesOf, type PaperPicture } from './paperPictures'

/** One text on paper, as it is passed around for stamps. */
export interface PrintSheet {
  collection: ReviewedCollection
  id: string
  title: string
  /** Series or municipality, slot, edition. */
  place: string[]
  state: string
  writers: string[]
  /** 「医師: 佐藤(2026年11月29日(日) 9:12)」, in the order they were given. */
  approvals: string[]
  /** What the marks compare with, in a sentence. */
  comparison: string
  /** As readers get it, what came and what went marked; null where it cannot be composed yet. */
  mail: { subject: DiffPart[]; text: DiffPart[] } | null
  line: DiffPart[][]
  /** Its picture and the covers of its books. */
  pictures: PaperPicture[]
  /** Everything that is approved and stands in no message: sources, topics, place. */
  fields: Pick<ShownField, 'path' | 'label' | 'text' | 'parts'>[]
  /** The first letters of the content's hash. */
  hash: string
}

/** Fields whose words stand in the messages already. */
const IN_MESSAGES = new Set(['body', 'subject', 'title'])

/** The texts as they are printed, as far as the person may read them, in the order asked for. */
export async function loadPrintSheets(
  req: PayloadRequest,
  targets: readonly SetTarget[],
  options: InboxOptions,
): Promise<PrintSheet[]> {
  const reviews = await loadTargets(req, targets, options.policy)
  const places = await findPlaceNames(req, reviews, options)
  const bases = await findLiveBaselines(req, reviews)
  const names = await findNames(req, reviews.flatMap(writersShown))
  const approvals = await findLiveApprovals(req, reviews)
  const sheets: PrintSheet[] = []
  for (const review of reviews) {
    const base = bases.get(review.id) ?? ({ kind: 'none' } as const)
    const released = approvals.get(review.id) ?? []
    sheets.push(await sheetOf(req, review, { places, names, base, released, options }))
  }
  return sheets
}

/** Who wrote it since its last publication, or, of what is out as it is, until then. */
function writersShown({ reviewInput }: Review): readonly string[] {
  const { authors, release } = reviewInput
  return isLiveAsIs(reviewInput) && authors.length === 0 ? (release?.authors ?? []) : authors
}

/** The approvals that what is out as it is went out with, by the document's id. */
async function findLiveApprovals(
  req: PayloadRequest,
  reviews: readonly Review[],
): Promise<Map<string, Approval[]>> {
  const live = reviews.filter(({ reviewInput }) => isLiveAsIs(reviewInput))
  if (live.length === 0) return new Map()
  const byKey = new Map(live.map(({ collection, id }) => [releaseKey(collection, id), id]))
  const releases = await findLiveReleases(req, {
    where: { key: { in: [...byKey.keys()] } },
    fields: ['approvals'],
    overrideAccess: true,
  })
  return new Map(
    releases.map(({ key, approvals }) => [
      byKey.get(key) ?? '',
      Array.isArray(approvals) ? (approvals as Approval[]) : [],
    ]),
  )
}

/** An approval as a verdict or a release keeps it. */
interface Approval {
  discipline: string | null
  reviewerName?: string
  at: string
}

interface Known {
  places: PlaceNames
  names: (id: string) => string
  base: ComparisonBaseline
  released: Approval[]
  options: InboxOptions
}

const UNSAID: Said = { remarks: [], openComments: { count: 0, authors: [] }, schedule: null }

async function sheetOf(
  req: PayloadRequest,
  review: Review,
  { places, names, base, released, options }: Known,
): Promise<PrintSheet> {
  const known = { places, names, base, said: UNSAID, answered: [], options }
  const { title, place, status, fields } = shownReview(req, review, known)
  const settings = await readerSettings(req, review, options)
  const now = previewFor(settings(review.content))
  const before = base.kind === 'none' ? null : previewFor(settings(base.content))
  return {
    collection: review.collection,
    id: review.id,
    title,
    place,
    state: status.label,
    writers: writersShown(review).map(names),
    approvals: approvalsOf(review, released, options),
    comparison: comparisonOf(base, status),
    ...messagesOf(now, before),
    pictures: picturesOf(review.content),
    fields: fields.filter(({ path }) => !IN_MESSAGES.has(path)),
    hash: review.reviewInput.contentHash.slice(0, SHOWN_HASH),
  }
}

/** So many letters of a hash tell two contents apart for a person. */
const SHOWN_HASH = 12

/** The approvals that count for the content as it is; what is out needs none any more. */
function approvalsOf(
  { reviewInput }: Review,
  released: readonly Approval[],
  { policy }: InboxOptions,
): string[] {
  const given = currentVerdicts(reviewInput).filter(({ verdict }) => verdict === 'approve')
  return (given.length > 0 ? given : released).map(({ discipline, reviewerName, at }) => {
    const as = discipline ? `${disciplineLabel(policy, discipline)}: ` : ''
    return `${as}${reviewerName ?? '担当者'}(${japaneseMoment(at)})`
  })
}

/** What the marks compare with; a period that is ahead or over is said. *Pure.* */
export function comparisonOf(
  base: Pick<ComparisonBaseline, 'kind'> & { revision?: number },
  { outOfPeriod }: Pick<ReviewStatus, 'outOfPeriod'>,
): string {
  if (base.kind !== 'released') return '家族に届いている確定版はありません。すべて新しい文です。'
  const revision = `第${base.revision}版`
  const released = {
    none: `家族にいま届いている確定版(${revision})`,
    ahead: `公開してある確定版(${revision}。掲載を始める日から届きます)`,
    over: `公開してある確定版(${revision}。掲載の期間は終わり、いまは届いていません)`,
  }[outOfPeriod ?? 'none']
  return `${released}から、変わったところに印を付けています。`
}

function messagesOf(now: Preview, before: Preview | null): Pick<PrintSheet, 'mail' | 'line'> {
  const compared = (was: string | undefined, is: string): DiffPart[] =>
    before ? differenceOf(was ?? '', is) : [{ kind: 'same', text: is }]
  const [line, lineBefore] = [wordsOf(now), before ? wordsOf(before) : []]
  return {
    mail: now.mail && {
      subject: compared(before?.mail?.subject, now.mail.subject),
      text: compared(onPaper(before?.mail?.text), onPaper(now.mail.text)),
    },
    line: Array.from({ length: Math.max(line.length, lineBefore.length) }, (_, at) =>
      compared(lineBefore[at], line[at] ?? ''),
    ),
  }
}

/** Addresses that each reader has their own of. */
const OWN_ADDRESS = '(読者ごとのアドレス)'

function onPaper(text = ''): string {
  return fillReaderLinks(text, { unsubscribeUrl: OWN_ADDRESS, myPageUrl: OWN_ADDRESS })
}

/** The words of each message; of cards, what stands for them where they cannot be shown. */
function wordsOf({ line }: Preview): string[] {
  return line.map((message) => (message.type === 'text' ? message.text : message.altText))
}
