import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'

import { findNewestRelease, releaseKey } from '../release/findReleases'
import type { ReviewOptions } from '../review/operations/act'
import { loadReview, type ReviewedCollection } from '../review/queries/load'
import { address, day, endpoint, jsonBody, only, saying } from '../cms/endpoint'
import { canPropose } from '../municipality/changeRights'
import { givenWords, wordsShape } from '../municipality/changeEndpoints'
import { hasRole, MUNICIPAL } from '../people/roles'
import { isNotice, type NoticeContent } from '../release/noticeLimits'
import { isStageSurvey } from '../release/surveyLimits'
import { canPublish } from '../review/rules/rights'
import { reviewState } from '../review/rules/reviewState'
import { lastReleaseOf, stateLabel } from '../review/rules/state'
import { titleOf } from '../review/rules/title'
import { findLooks } from '../review/queries/workerLooks'
import { handOverSentences, townsSentence } from './handOver'
import { localDayOf } from '../stage/day'
import { loadPauseEffect } from './pauseEffect'
import { noticeSentence, surveySentence } from './noticeSent'
import { loadReach } from './reach'
import { loadTownEffect } from './townEffect'
import { recallSentence, reachSentence } from './sentence'
import { findDayReports, withdrawnSentence, withdrawnSoFar } from './withdrawn'

/**
 * What the chief is told of readers: `GET /:id/reach` before publishing, `GET /:id/recall` before a
 * withdrawal and `GET /:id/withdrawn` after it; numbers and a Japanese sentence.
 */
export function reachEndpoints({
  collection,
  policy,
  now,
}: ReviewOptions & { collection: ReviewedCollection }): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/:id/reach',
      who: chiefsOnly,
      run: async ({ req, id }) => {
        const { content } = await loadReview(req, { collection, id }, policy)
        const reach = await loadReach(req, content, now())
        return { reach, sentence: reachSentence(reach) }
      },
    }),
    endpoint({
      method: 'get',
      path: '/:id/recall',
      who: chiefsOnly,
      run: async ({ req, id }) => {
        const review = await loadReview(req, { collection, id }, policy)
        const key = releaseKey(collection, id)
        const newest = await findNewestRelease(req, key, { overrideAccess: false })
        if (newest?.action !== 'publish') {
          return { title: null, sentence: 'この原稿は、いま届けられていません。' }
        }
        const reach = await loadReach(req, newest.content, now())
        const state = reviewState(review.reviewInput, policy, now())
        const label = stateLabel({ state, ...lastReleaseOf(review.reviewInput, localDayOf(now())) })
        return { title: titleOf(review.document), label, reach, sentence: recallSentence(reach) }
      },
    }),
    endpoint({
      method: 'get',
      path: '/:id/withdrawn',
      who: chiefsOnly,
      run: async ({ req, id }) => {
        const key = releaseKey(collection, id)
        const withdrawn = await findWithdrawal(req, key)
        if (!withdrawn) return { found: null, sentence: null, progress: [] }
        const { at, content, storedAt } = withdrawn
        const reports = await findDayReports(req, localDayOf(at))
        const found = withdrawnSoFar(reports, key)
        const looks = await findLooks(req, at)
        const towns = await townsSentence(req, { key, at, content, reports, storedAt })
        const progress = [
          ...handOverSentences(looks, { withdrawnAt: at, now: now() }),
          ...(towns ? [towns] : []),
        ]
        return { found, sentence: withdrawnSentence(found), progress }
      },
    }),
  ]
}

/**
 * `GET /kizuna-add-ons/:id/notice`: whom a notice reaches, and after its day how many got it; of a survey
 * by stage whom it reaches.
 */
export function noticeEndpoint({ policy, now }: ReviewOptions): Endpoint {
  return endpoint({
    method: 'get',
    path: '/:id/notice',
    who: only(
      (user) => hasRole(user, 'chief', 'admin', ...MUNICIPAL),
      'お知らせの人数を見る権限がありません。',
    ),
    run: async ({ req, id }) => {
      const { content } = await loadReview(req, { collection: 'kizuna-add-ons', id }, policy)
      if (isStageSurvey(content)) return { sentence: await surveySentence(req, content, now()) }
      if (!isNotice(content) || !isPlaced(content)) return { sentence: null }
      const key = releaseKey('kizuna-add-ons', id)
      return { sentence: await noticeSentence(req, { key, content }, now()) }
    },
  })
}

/** Whether a draft says already whom it is for and when. *Pure.* */
function isPlaced({ from, to, validFrom }: NoticeContent): boolean {
  return Boolean(from && to && validFrom)
}

const ofPause = z.object({ until: day.optional() })

/** `GET /kizuna-municipalities/:id/pause-effect?until=2026-12-20`: what pausing its deliveries would take. */
export function pauseEffect({ now }: Pick<ReviewOptions, 'now'>): Endpoint {
  return endpoint({
    method: 'get',
    path: '/:id/pause-effect',
    who: only((user) => hasRole(user, 'admin'), '配信を止められるのはシステム管理者だけです。'),
    input: address(ofPause, saying('日付を読めません。年・月・日を確かめてください。')),
    run: ({ req, id, input: { until = null } }) => loadPauseEffect(req, { id, until }, now()),
  })
}

const ofWords = z.object({ words: wordsShape })

/** `POST /kizuna-municipalities/:id/words-effect` with `{ words }`: what other words would touch. */
export function wordsEffect({ now }: Pick<ReviewOptions, 'now'>): Endpoint {
  return endpoint({
    method: 'post',
    path: '/:id/words-effect',
    who: only(
      (user, id) => canPropose(user, id) || hasRole(user, 'chief'),
      'この自治体の設定を見る権限がありません。',
    ),
    input: jsonBody(ofWords, saying('変更の内容を読めません。画面を読み直してください。')),
    run: ({ req, id, input: { words } }) =>
      loadTownEffect(req, { id, words: givenWords(words) }, now()),
  })
}

const chiefsOnly = only(canPublish, '届く人数を見られるのは監修責任者だけです。')

/** The newest release of a key where it withdrew the text, or null. */
async function findWithdrawal(req: PayloadRequest, key: string) {
  const newest = await findNewestRelease(req, key, { overrideAccess: false })
  if (newest?.action !== 'withdraw') return null
  const { publishedAt, content, createdAt: storedAt } = newest
  return { at: new Date(publishedAt), content, storedAt }
}
