'use client'

import { useConfig, useDocumentInfo, useFormFields, useFormModified } from '@payloadcms/ui'

import { SURVEY } from '../../release/blocks/survey'
import type { ReviewStatus } from '../../review/queries/status'
import { ErrorList } from '../api/errorList'
import { NoticeNote, WithdrawnNote } from '../reach/readerFigures'
import { AfterAct } from './afterAct'
import { stateLook } from '../../review/rules/state'
import { PrintLink } from './printLink'
import { ReviewActions } from './reviewActions'
import { ReviewNeeds } from './reviewNeeds'
import { ScheduleNote } from './scheduleNote'
import { ReviewRequestsPart } from './reviewRequests'
import { markOf } from './reviewWords'
import { useReview } from './useReview'
import { WithdrawalRequestPart } from './withdrawalRequest'

const OUT_OF_PERIOD = {
  ahead: '掲載の期間はまだ始まっていません。始まる日から家族に届きます。',
  over: '掲載の期間が終わりました。家族には届いていません。また届けるときは、「2. いつ、どこの家庭に届けますか」の期間を直し、監修に出して公開し直します。',
} as const

/** Where a document stands in its review, what is missing, and the buttons for the next step. */
export function ReviewPanel() {
  const { collectionSlug, id, lastUpdateTime } = useDocumentInfo()
  const isModified = useFormModified()
  const isNotice = useFormFields(([fields]) => goesByItself(fields))
  const review = useReview(collectionSlug, id === undefined ? null : String(id), lastUpdateTime)
  return (
    <section className="kizuna-panel kizuna-panel--review" aria-label="監修と公開">
      <h3 className="kizuna-panel__title">監修と公開</h3>
      {id === undefined && <p>下書きを保存すると、監修に出せるようになります。</p>}
      {review.status && (
        <>
          <p>
            <span className={`kizuna-state kizuna-state--${stateLook(review.status)}`}>
              {review.status.label}
            </span>
            {review.status.revision > 0 && (
              <span className="kizuna-panel__aside">確定版 第{review.status.revision}版</span>
            )}
          </p>
          {review.news && (
            <p className="kizuna-panel__note" role="note">
              {review.news}
            </p>
          )}
          <ScheduleNote status={review.status} isBusy={review.isBusy} onAct={review.act} />
          {isNotice && <NoticeNote mark={markOf(review.status)} />}
          <ReviewNeeds status={review.status} />
          {review.status.outOfPeriod && !isNotice && (
            <p className="kizuna-panel__note" role="note">
              {OUT_OF_PERIOD[review.status.outOfPeriod]}
            </p>
          )}
          {review.status.revision > 0 && !review.status.isLive && (
            <>
              <p className="kizuna-panel__note" role="note">
                この原稿は取り下げられています。家族には届いていません。
              </p>
              <WithdrawnNote />
            </>
          )}
          {isModified ? (
            <p className="kizuna-panel__hint">
              保存していない変更があります。「下書きを保存」を押してから進めてください。
            </p>
          ) : (
            <Steps path={`/${collectionSlug}/${id}`} status={review.status} review={review} />
          )}
        </>
      )}
      <ErrorList errors={review.errors} />
      {review.status && (
        <ReviewRequestsPart path={`/${collectionSlug}/${id}`} mark={markOf(review.status)} />
      )}
      {id !== undefined && collectionSlug && <PrintLink keys={[`${collectionSlug}:${id}`]} />}
      {id !== undefined && collectionSlug && (
        <WithdrawalRequestPart
          path={`/${collectionSlug}/${id}`}
          revision={review.status?.revision ?? 0}
          isLive={review.status?.isLive ?? false}
          onAct={review.act}
          onWithdrawn={review.reload}
        />
      )}
    </section>
  )
}

/** Whether what a form holds is a notice, or asks a survey: no text of a stage brings it. */
function goesByItself(fields: Readonly<Record<string, { value?: unknown }>>): boolean {
  const isSurveyRow = ([path, { value }]: [string, { value?: unknown }]) =>
    value === SURVEY.blockType && /^blocks\.\d+\.blockType$/.test(path)
  return fields.timing?.value === 'notice' || Object.entries(fields).some(isSurveyRow)
}

interface StepsProps {
  path: string
  status: ReviewStatus
  review: ReturnType<typeof useReview>
}

/** What the person may do now, or the way on from what they did. */
function Steps({ path, status, review: { acted, isBusy, act } }: StepsProps) {
  const { config } = useConfig()
  const shared = { path, status, isBusy, onAct: act }
  return acted ? (
    <AfterAct {...shared} {...acted} admin={config.routes.admin} />
  ) : (
    <ReviewActions {...shared} />
  )
}
