import type { ManuscriptContent } from '../release/content'
import { contentHash } from '../release/hash'

/** How a text of the new fiscal year stands to the one it was taken over from. */
export type CarryOverStatus =
  'unchanged' | 'changed' | 'originChanged' | 'unapproved' | 'missing' | 'new'

/** The standings in Japanese, in the order they are worked off. */
export const CARRY_OVER_LABELS: Readonly<Record<CarryOverStatus, string>> = {
  changed: '変更あり',
  originChanged: '元が後から変わった',
  unapproved: '元が未承認',
  missing: 'まだない',
  new: '新しい原稿',
  unchanged: '変更なし(再承認だけ)',
}

/** What a standing is told from. */
export interface Taken {
  /** The text now. */
  content: ManuscriptContent
  /** Hash of the approved content it was taken over with, or null. */
  originHash: string | null
  /** Code of the series it was taken over from. */
  originSeries: string
  /** Hash of what readers get of the original now; null when nothing is live. */
  liveHash: string | null
}

/** Whether a text that was taken over says what was approved for the original. *Pure.* */
export function carryOverStatusOf({
  content,
  originHash,
  originSeries,
  liveHash,
}: Taken): CarryOverStatus {
  const hash = hashAsIn(originSeries, content)
  if (liveHash === null) return 'unapproved'
  if (hash === liveHash) return 'unchanged'
  return hash === originHash ? 'originChanged' : 'changed'
}

/** The hash a text would have in another series; all else is what readers see. *Pure.* */
export function hashAsIn(series: string, content: ManuscriptContent): string {
  return contentHash({ ...content, series })
}
