import type { ReviewStatus } from '../../review/queries/status'

type Shown = Pick<ReviewStatus, 'state' | 'can' | 'schedule'>

/**
 * What is said when a save took a text away from its reviewers; null when it did not, and where a
 * change was asked for: then the panel has said that it has to be handed in again. *Pure.*
 */
export function leftReview(before: Shown | null, now: Shown): string | null {
  if (now.schedule?.isBroken && before?.schedule?.isBroken === false) {
    return `この原稿には予約(${now.schedule.words})があります。内容が変わったので、このままでは公開されません。もう一度監修に出し、承認がそろってから、監修責任者が予約し直します。`
  }
  const wasWithReviewers = before?.state === 'in_review' || before?.state === 'approved'
  if (!wasWithReviewers || now.state !== 'draft') return null
  const next = now.can.submit
    ? 'もう一度「監修に出す」を押してください。'
    : '書く担当の人が、もう一度「監修に出す」を押すまで、監修者には見えません。'
  return `保存して内容が変わったので、この原稿は監修から外れ、前の承認は使えなくなりました。${next}`
}
