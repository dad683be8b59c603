import type { PayloadRequest } from 'payload'

import { firstSlotOf } from '../../release/contentKind'
import { toStore } from '../../cms/stored'
import type { Release } from '../../release/content'
import { everybody } from '../rules/authors'
import { besideOf } from '../rules/beside'
import { currentVerdicts } from '../rules/decide'
import type { ReviewInput } from '../rules/decide'
import { releaseKey } from '../../release/findReleases'
import { writersOf, type Review } from '../queries/load'
import { CHIEF, disciplineLabel, policyHash } from '../rules/policy'
import type { ReviewPolicy } from '../rules/policy'
import { titleOf } from '../rules/title'

/** What a new release adds to the review it froze. */
export type NewRelease = Pick<Release, 'action' | 'content' | 'contentHash' | 'variables'> & {
  at: Date
  /** Why it was withdrawn; null for a publication. */
  reason: string | null
}

/** Inserts the next release of a document; the unique index on (key, revision) has the last word. */
export async function insertRelease(
  req: PayloadRequest,
  review: Review,
  { release, policy }: { release: NewRelease; policy: ReviewPolicy },
): Promise<void> {
  const { collection, id, reviewInput } = review
  const { at, content, ...rest } = release
  const revision = (reviewInput.release?.revision ?? 0) + 1
  await req.payload.create({
    collection: 'kizuna-releases',
    data: toStore({
      ...rest,
      content,
      key: releaseKey(collection, id),
      revision,
      title: `${titleOf(review.document)} 第${revision}版`.trim(),
      publishedAt: at.toISOString(),
      publishedBy: req.user?.id,
      authors: everybody({ since: writersOf(review.document), release: reviewInput.release }),
      reviewDueAt: release.action === 'publish' ? monthsLater(at, policy.reviewMonths) : null,
      whenOverdue: policy.whenOverdue,
      document: { relationTo: collection, value: id },
      approvals: approvalsOf(reviewInput, policy),
      policyHash: policyHash(reviewInput.needs),
      ...releasedBeside(review, release.action),
      series: review.series,
      municipality: review.municipality,
      slot: firstSlotOf(content),
      edition: content.type === 'manuscript' ? content.edition : null,
    }),
    depth: 0,
    overrideAccess: true,
    req,
  })
}

/** What stood beside the content that was approved; a withdrawal keeps what it withdraws. */
function releasedBeside({ document, reviewInput }: Review, action: NewRelease['action']) {
  if (action === 'publish') return { ...besideOf(document), submission: reviewInput.submission }
  const { topics, submission } = reviewInput.release ?? {}
  return { topics: topics ?? null, submission: submission ?? null }
}

/** The approvals as people read them later: names and disciplines in words stay as they were. */
function approvalsOf(reviewInput: ReviewInput, policy: ReviewPolicy) {
  return currentVerdicts(reviewInput)
    .filter(({ verdict }) => verdict === 'approve')
    .map((given) => ({
      ...given,
      disciplineLabel: disciplineLabel(policy, given.discipline ?? CHIEF),
    }))
}

/** The same UTC day and time some months later, the month's last day where there is none. *Pure.* */
export function monthsLater(at: Date, months: number): string {
  const later = new Date(at)
  later.setUTCMonth(at.getUTCMonth() + months)
  if (later.getUTCDate() !== at.getUTCDate()) later.setUTCDate(0)
  return later.toISOString()
}
