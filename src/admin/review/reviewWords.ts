import type { ReviewStatus } from '../../review/queries/status'
import type { ThreadStep } from './comments/comments'

/** What is said after a step in a conversation. */
export const THREAD_DONE: Readonly<Record<ThreadStep, string>> = {
  reply: '返事を送りました。',
  resolve: '解決にしました。',
  reopen: '未解決に戻しました。',
  take: '案を原稿に入れ、下書きとして保存しました。',
}

/** Where a step in a conversation is asked for. *Pure.* */
export function commentPath(document: string, thread: string, step: ThreadStep): string {
  return `${document}/comments/${thread}/${step}`
}

/** Changes with what was handed in and said of a text. *Pure.* */
export function markOf({ state, submission, needs }: ReviewStatus): string {
  return [state, submission, ...needs.map(({ approved }) => approved)].join(' ')
}

/** Approving and going live: recalling is done beside the form, where its reports are. *Pure.* */
export function withoutWithdrawing(status: ReviewStatus): ReviewStatus {
  return { ...status, can: { ...status.can, withdraw: false } }
}
