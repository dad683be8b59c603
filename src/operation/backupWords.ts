import { japaneseMoment } from '../stage/japaneseDate'
import type { DeliveryStatus } from './status'

/** A backup is taken each night, and put back on trial each week: later than this is late. */
const LATE_AFTER_MS = { taken: 36 * 3_600_000, verified: 10 * 24 * 3_600_000 }

/** When a backup was last taken and put back on trial, and what to do where that is long ago. *Pure.* */
export function backupWords({ backup, at }: Pick<DeliveryStatus, 'backup' | 'at'>): string {
  const { takenAt, verifiedAt } = backup
  if (takenAt === null) return '控えは、まだ backup で取っていません。'
  const isLate = (last: string, ms: number) => Date.parse(at) - Date.parse(last) > ms
  const late = isLate(takenAt, LATE_AFTER_MS.taken)
    ? '。毎晩の控えが止まっています。→ backup --into'
    : ''
  const trial =
    verifiedAt === null
      ? 'まだ戻せるか確かめていません。→ backup --verify'
      : `戻せると確かめたのは ${japaneseMoment(verifiedAt)}${isLate(verifiedAt, LATE_AFTER_MS.verified) ? '。もう一度確かめてください。→ backup --verify' : ''}`
  return `最後の控え: ${japaneseMoment(takenAt)}${late}。${trial}`
}
