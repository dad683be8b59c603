import {
  ValidationError,
  type CollectionAfterChangeHook,
  type CollectionBeforeValidateHook,
} from 'payload'

import { recordAudit } from '../cms/audit'
import type { KizunaSettings } from '../plugin/options'
import { localDayOf, type LocalDay } from '../stage/day'
import { dayLabel } from '../stage/japaneseDate'

type Clock = Pick<KizunaSettings, 'now'>

/** A municipality as it is stored, as far as it tells whether its deliveries pause. */
export interface StoredPause {
  isActive?: boolean | null
  pauseReason?: string | null
  pausedUntil?: string | null
}

/**
 * Keeps a pause from being without a reason, or until a day that is over, whatever the route; with
 * its end both go.
 */
export function keepPause({ now }: Clock): CollectionBeforeValidateHook {
  return ({ data, operation, originalDoc, req }) => {
    if (!data) return data
    const before = (originalDoc ?? {}) as StoredPause
    const after: StoredPause = { ...before, ...data }
    if (after.isActive !== false) return { ...data, ...ended(after) }
    const fault =
      operation === 'update' ? faultOf({ before, after, today: localDayOf(now()) }) : null
    if (fault === null) return data
    throw new ValidationError({ collection: 'kizuna-municipalities', errors: [fault], req }, req.t)
  }
}

/** What goes with the end of a pause; what is not there stays so. */
function ended({ pauseReason, pausedUntil }: StoredPause): StoredPause {
  return { ...(pauseReason && { pauseReason: null }), ...(pausedUntil && { pausedUntil: null }) }
}

interface Fault {
  label: string
  path: string
  message: string
}

interface Change {
  before: StoredPause
  after: StoredPause
  today: LocalDay
}

/** What is wrong with a pause that begins or is changed, at its field; null for nothing. *Pure.* */
function faultOf({ before, after, today }: Change): Fault | null {
  const { pauseReason, pausedUntil } = after
  const isOld = before.isActive === false && !before.pauseReason
  if (!pauseReason?.trim() && !isOld) {
    return {
      label: 'お休みの理由',
      path: 'pauseReason',
      message: 'お休みの理由を書いてください(例: 年度替わりの準備のため)。',
    }
  }
  if (!pausedUntil || pausedUntil === before.pausedUntil || pausedUntil >= today) return null
  return {
    label: 'お休みの最後の日',
    path: 'pausedUntil',
    message: 'お休みの最後の日を、きょうか、これからの日にしてください。分からなければ空にします。',
  }
}

/** Audits that a municipality's deliveries pause, why and until when, and that they go on. */
export function auditPause({ now }: Clock): CollectionAfterChangeHook {
  return async ({ doc, operation, previousDoc, req }) => {
    if (operation !== 'update') return
    const [before, after] = [previousDoc, doc].map((one) => (one ?? {}) as StoredPause)
    const isPaused = after?.isActive === false
    if (isPaused === (before?.isActive === false) && !(isPaused && isOther(before, after))) return
    const { id, name } = doc as { id: unknown; name?: string }
    await recordAudit(req, {
      action: isPaused ? 'pause' : 'resume',
      collection: 'kizuna-municipalities',
      documentId: String(id),
      at: now(),
      ...(name ? { title: name } : {}),
      ...(isPaused ? { note: pauseNote(after) } : {}),
    })
  }
}

function isOther(before: StoredPause | undefined, after: StoredPause): boolean {
  return (
    (before?.pauseReason ?? '') !== (after.pauseReason ?? '') ||
    (before?.pausedUntil ?? '') !== (after.pausedUntil ?? '')
  )
}

/** Why and until when, in one line. *Pure.* */
export function pauseNote({ pauseReason, pausedUntil }: StoredPause): string {
  const until = pausedUntil ? `${dayLabel(pausedUntil)}までの予定` : '再開する日は決まっていません'
  return [pauseReason, until].filter(Boolean).join('。')
}
