import { createLocalReq, type Payload, type PayloadRequest } from 'payload'

import { ReviewRefusal } from '../../cms/refusal'
import { inTransaction } from '../../cms/transaction'
import { CONTENT_KINDS, type ContentCollection, type ContentKind } from '../../release/contentKind'
import { findAccounts } from '../queries/colleagues'
import type { Review } from '../queries/load'
import { loadReviews } from '../queries/loadMany'
import { findSchedules } from '../queries/schedules'
import { TEXT_STATES } from '../queries/textState'
import { canPublish } from '../rules/rights'
import { publishTime, type Schedule } from '../rules/schedule'
import { takeReviewTurn, type ReviewOptions } from './act'
import { createPublish } from './publish'
import { noteRefusal } from './schedule'

const MINUTE_MS = 60_000

/** Up to so late nobody has to be told. */
const LATE_MS = 10 * MINUTE_MS

/** What is later is not published any more: the day it was meant for is over. */
const TOO_LATE_MS = 24 * 60 * MINUTE_MS

interface Text {
  collection: ContentCollection
  id: string
}

/**
 * Publishes what was scheduled and is due, as the chief who chose the time, by the rules of publishing
 * as they are now; what they refuse is noted and stays as it was. Any number of programs may call it at
 * once, and as often as they like: the first one's release is what ends a schedule.
 *
 * @returns how many texts were published.
 */
export async function publishDue(payload: Payload, options: ReviewOptions): Promise<number> {
  let published = 0
  for (const text of await findDue(payload, options.now())) {
    try {
      if (await publishOne(payload, text, options)) published += 1
    } catch (error) {
      payload.logger.warn({ reason: (error as Error).name }, 'scheduled text waits') // tried again
    }
  }
  return published
}

async function findDue(payload: Payload, now: Date): Promise<Text[]> {
  const { docs } = await payload.db.find<{ contentKind: ContentKind; document: string }>({
    collection: TEXT_STATES,
    where: { publishAt: { greater_than: '', less_than_equal: now.toISOString() } },
    select: { contentKind: true, document: true },
    sort: 'publishAt',
    limit: 0,
    pagination: false,
  })
  return docs.map(({ contentKind, document: id }) => ({
    collection: CONTENT_KINDS[contentKind].collection,
    id,
  }))
}

async function publishOne(payload: Payload, text: Text, options: ReviewOptions): Promise<boolean> {
  try {
    return await asScheduler(payload, text, options)
  } catch (error) {
    if (!(error instanceof ReviewRefusal) || error.code === 'BUSY') throw error
    const req = await createLocalReq({}, payload)
    await inTransaction(req, async () => {
      const found = await findStanding(req, text, options)
      if (!found) return
      const { review, standing } = found
      await noteRefusal(req, review, { standing, reason: error.message, at: options.now() })
    })
    return false
  }
}

async function asScheduler(payload: Payload, text: Text, options: ReviewOptions): Promise<boolean> {
  const looking = await createLocalReq({}, payload)
  const by = (await findStanding(looking, text, options))?.standing.by
  if (by === undefined) return false
  const user = (await findAccounts(looking, [by])).get(by)?.user
  const req = await createLocalReq(user ? { user: user as never } : {}, payload)
  return inTransaction(req, async () => {
    await takeReviewTurn(req, text)
    const standing = (await findStanding(req, text, options))?.standing
    if (!standing || standing.by !== by) return false
    refuseOvertaken(req, standing, options.now())
    const { contentHash, submission } = standing
    const note = noteOf(standing, options.now())
    await createPublish(options)(payload, req, { ...text, contentHash, submission, note })
    return true
  })
}

/** The schedule of a text whose time has come, whoever may read the text. */
async function findStanding(
  req: PayloadRequest,
  { collection, id }: Text,
  { policy, now }: ReviewOptions,
): Promise<{ review: Review; standing: Schedule } | null> {
  const [review] = await loadReviews(req, { collection, ids: [id], isForAll: true }, policy)
  if (!review) return null
  const standing = (await findSchedules(req, [review]))(id)
  const isDue = standing?.refusal === null && standing.publishAt <= now().toISOString()
  return isDue ? { review, standing } : null
}

/** What publishing itself does not know: whose schedule it is, and for when. */
function refuseOvertaken(req: PayloadRequest, { publishAt, isBroken }: Schedule, now: Date): void {
  if (!canPublish(req.user)) {
    throw new ReviewRefusal(
      'NOT_ALLOWED',
      '予約した人が、退職・異動などでいまは公開できないため、公開していません。ほかの監修責任者が公開するか、予約し直してください。',
    )
  }
  if (now.getTime() - new Date(publishAt).getTime() > TOO_LATE_MS) {
    throw new ReviewRefusal(
      'OUT_OF_ORDER',
      'CMS が止まっていて、予定の時刻から 1 日以上過ぎたため、公開していません。いまも出してよい内容かを確かめて、公開し直してください。',
    )
  }
  if (!isBroken) return
  throw new ReviewRefusal(
    'CONTENT_CHANGED',
    '予約のあとで内容が変わったため、公開していません。もう一度監修に出し、承認がそろってから公開してください。',
  )
}

function noteOf({ publishAt }: Schedule, now: Date): string {
  const lateMs = now.getTime() - new Date(publishAt).getTime()
  const late = `。CMS が止まっていたため、${Math.round(lateMs / MINUTE_MS)} 分遅れて公開しました`
  return `予約(${publishTime(publishAt)})による公開${lateMs > LATE_MS ? late : ''}`
}
