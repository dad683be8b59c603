import { isAnnouncement } from '../stage/announcement'
import type { AddOnContent, ManuscriptContent } from './content'
import type { Problem } from './problem'
import { checkWithoutChild, type ChildlessText } from './supportLimits'

const ANNOUNCEMENT_TEXT: ChildlessText = {
  code: 'ANNOUNCEMENT_TEXT',
  name: '引き継ぎのお知らせ',
}

/**
 * What the announcement must not be: a milestone or a question, one of a season, or one that speaks
 * of a child: it is the same for all who come from another system. The slot is a code. *Pure.*
 */
export function checkAnnouncementText(content: ManuscriptContent): Problem[] {
  return isAnnouncement(content.slot) ? checkWithoutChild(content, ANNOUNCEMENT_TEXT) : []
}

/** An add-on beside it goes with it, once. *Pure.* */
export function checkAnnouncementAddOn({ from, timing }: AddOnContent): Problem[] {
  if (!isAnnouncement(from) || timing === 'once') return []
  return [{ field: 'timing', code: 'ANNOUNCEMENT_TEXT', message: ONLY_ONCE }]
}

const ONLY_ONCE =
  '引き継ぎのお知らせに添える自治体原稿は、一度だけ届きます。「送る回数」を「1回だけ」にしてください。'
