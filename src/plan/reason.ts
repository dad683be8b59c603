/** Why a candidate is not delivered; the closed list of the ledger and the reports. */
export type ExclusionReason = (typeof EXCLUSION_REASONS)[number]

/** Every reason, in the order they are shown. */
export const EXCLUSION_REASONS = [
  'stopped',
  'paused',
  'resting',
  'suppressed',
  'noChannel',
  'twin',
  'merged',
  'alreadyDelivered',
  'dailyCap',
  'stale',
  'withdrawn',
  'overdue',
  'notTaken',
  'hidden',
  'declined',
  'hashMismatch',
  'edition',
  'unrenderable',
  'unreadable',
  'regrouped',
  'moved',
] as const

/** What each reason means, for people. */
export const REASON_LABELS: Record<ExclusionReason, string> = {
  stopped: '配信停止(読者または子)',
  paused: '自治体の配信が停止中',
  resting: '読者が休んでいる',
  suppressed: '送ってはいけない連絡先',
  noChannel: '使える連絡先がない',
  twin: 'ふたご・きょうだいの 1 通にまとめた',
  merged: '同じ日の文にまとめた',
  alreadyDelivered: '前に配信した',
  dailyCap: '1 日の上限を超える',
  stale: '配信日を過ぎた',
  withdrawn: '文が取り下げられた',
  overdue: '見直し期限を過ぎた文',
  notTaken: '自治体が使わないシリーズ',
  hidden: '自治体が出さない原稿',
  declined: '読者が届けないと選んだ話題',
  hashMismatch: '承認された内容と違う',
  edition: 'その版の文がない',
  unrenderable: '組み立てられない文',
  unreadable: '保存された連絡先を開けない',
  regrouped: '登録が変わり、組み立て直した',
  moved: '届け先が変わり、組み立て直した',
}
