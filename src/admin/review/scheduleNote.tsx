'use client'

import { Button } from '@payloadcms/ui'

import { publishTime } from '../../review/rules/schedule'
import type { ReviewStatus } from '../../review/queries/status'
import type { Act } from './useReview'

interface NoteProps {
  status: Pick<ReviewStatus, 'schedule' | 'can'>
  isBusy: boolean
  onAct: Act
}

/** When a text is to be published, or why it was not, with the way to take it back. */
export function ScheduleNote({ status: { schedule, can }, isBusy, onAct }: NoteProps) {
  if (!schedule) return null
  const { publishAt, isBroken, refusal, words } = schedule
  const isLoud = refusal !== null || isBroken
  return (
    <div className={isLoud ? 'kizuna-refused' : ''} role={isLoud ? 'alert' : 'note'}>
      <p>
        {refusal === null ? (
          <strong>{words}</strong>
        ) : (
          <strong>{publishTime(publishAt)} の公開ができませんでした</strong>
        )}
        {refusal === null && `。${isBroken ? BROKEN : REACHES}`}
      </p>
      {refusal !== null && <p className="kizuna-words__text">{refusal}</p>}
      {can.unschedule && (
        <div className="kizuna-actions">
          <Button
            margin={false}
            buttonStyle="secondary"
            disabled={isBusy}
            onClick={() => void onAct('unschedule')}
          >
            {refusal === null ? '公開の予約を取り消す' : 'この知らせを閉じる'}
          </Button>
        </div>
      )}
    </div>
  )
}

const BROKEN =
  '予約のあとで内容が変わったので、このままでは公開されません。もう一度監修に出し、承認がそろってから、監修責任者が予約し直してください。'

/** To whom and when it reaches. */
export const REACHES =
  'その時刻に、承認がそろっていることをもう一度確かめて公開します。届くのは、そのあとに始まる配信からです(その日の配信がもう始まった自治体では、次の配信日の読者から)。'
