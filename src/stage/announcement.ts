/**
 * Code of the slot of the announcement: what a reader is told, once, whose registration comes from
 * another system.
 */
export const ANNOUNCEMENT = 'announcement'

/** What the announcement is called. */
export const ANNOUNCEMENT_LABEL = '引き継ぎのお知らせ'

/** Whether a slot code is that of the announcement. *Pure.* */
export function isAnnouncement(code: string): boolean {
  return code === ANNOUNCEMENT
}
