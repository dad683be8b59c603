import type { PayloadRequest } from 'payload'

import { toStore } from '../cms/stored'
import { relatedId } from '../cms/relation'
import { canSwitchSeries } from '../people/roles'
import { recordAudit } from '../cms/audit'
import { ReviewRefusal } from '../cms/refusal'
import { inTransaction } from '../cms/transaction'
import { findLiveReleases } from '../release/findReleases'
import { localDayOf } from '../stage/day'
import { findSeries } from './copyForward'
import { BY_HAND, pastDay, switchRows, switchState, unswitchRows } from './switchOver'
import type { Switch, TakenRow } from './switchOver'

/** A municipality that takes the old or the new series, and what a switch does to it. */
export interface SwitchRow {
  id: string
  name: string
  state: 'untouched' | 'switched'
  before: TakenRow[]
  after: TakenRow[]
}

/** The switch from one fiscal year's series to the next. */
export interface SwitchPlan extends Switch {
  rows: SwitchRow[]
  /** How many delivery days have a live text of the old series and none of the new one. */
  lostDays: number
}

/** What a switch, or for those that have switched its undoing, would change. */
export async function planSwitch(req: PayloadRequest, id: string): Promise<SwitchPlan> {
  const change = await switchOf(req, id)
  const { docs } = await req.payload.find({
    collection: 'kizuna-municipalities',
    select: { name: true, code: true, series: true },
    depth: 0,
    pagination: false,
    sort: 'code',
    req,
    overrideAccess: false,
  })
  const rows = docs.flatMap(({ id: municipality, name, series }): SwitchRow[] => {
    const before = takenRows(series)
    const state = switchState(before, change)
    if (state === 'notTaken') return []
    const after = state === 'untouched' ? switchRows(before, change) : unswitchRows(before, change)
    return [{ id: municipality, name, state, before, after }]
  })
  return { ...change, rows, lostDays: await countLostDays(req, change) }
}

/** Counts the slots where an edition is out in the old series and not in the new one. */
async function countLostDays(req: PayloadRequest, change: Switch): Promise<number> {
  const live = (series: string) =>
    findLiveReleases(req, {
      where: { series: { equals: series } },
      fields: ['slot', 'edition'],
      overrideAccess: true, // as the board counts them: everybody here may read both series
    })
  const placeOf = ({ slot, edition }: { slot?: unknown; edition?: unknown }) => `${slot}|${edition}`
  const kept = new Set((await live(change.new)).map(placeOf))
  const lost = (await live(change.old)).filter((release) => !kept.has(placeOf(release)))
  return new Set(lost.map(({ slot }) => slot)).size
}

/** Which municipalities to switch, or to switch back. */
export interface SwitchArgs {
  id: string
  municipalities: readonly string[]
  isUndo: boolean
  /** Whether the person has read that some days have no text of the new series yet. */
  isSure?: boolean | undefined
}

/**
 * Switches the chosen municipalities in one transaction, or takes that back.
 *
 * @throws ReviewRefusal NOT_ALLOWED; OUT_OF_ORDER for a day that is over; INCOMPLETE while days
 *   would be without a text and nobody said to know it.
 */
export async function applySwitch(
  req: PayloadRequest,
  { id, municipalities, isUndo, isSure = false }: SwitchArgs,
  now: () => Date,
): Promise<SwitchPlan> {
  if (!canSwitchSeries(req.user)) {
    throw new ReviewRefusal('NOT_ALLOWED', '切り替えられるのは監修責任者とシステム管理者だけです。')
  }
  return inTransaction(req, async () => {
    const plan = await planSwitch(req, id)
    const today = localDayOf(now())
    if (!isUndo) refuseUnready(plan, { today, isSure })
    const state = isUndo ? 'switched' : 'untouched'
    const chosen = plan.rows.filter((row) => row.state === state && municipalities.includes(row.id))
    for (const row of chosen) {
      await req.payload.update({
        collection: 'kizuna-municipalities',
        id: row.id,
        req,
        depth: 0,
        data: toStore({ series: row.after }),
        overrideAccess: true, // the chief changes this one setting and no other; asked above
      })
      await recordAudit(req, {
        action: 'switch',
        collection: 'kizuna-municipalities',
        documentId: row.id,
        at: now(),
        title: row.name,
        note: isUndo
          ? `${plan.day} の切り替えを${today < plan.day ? 'その日の前に' : ''}取り消した`
          : `${plan.day} から新しいシリーズ`,
      })
    }
    return planSwitch(req, id)
  })
}

/**
 * Puts the old series away or takes it out again.
 *
 * @throws ReviewRefusal NOT_ALLOWED.
 */
export async function archiveOld(
  req: PayloadRequest,
  id: string,
  isArchived: boolean,
): Promise<void> {
  if (!canSwitchSeries(req.user)) {
    throw new ReviewRefusal('NOT_ALLOWED', '保管できるのは監修責任者とシステム管理者だけです。')
  }
  const { old } = await switchOf(req, id)
  await req.payload.update({
    collection: 'kizuna-series',
    id: old,
    req,
    depth: 0,
    data: { isArchived },
    overrideAccess: false,
  })
}

async function switchOf(req: PayloadRequest, id: string): Promise<Switch> {
  const series = await findSeries(req, id)
  const old = relatedId(series.copiedFrom)
  if (old === null || !series.startsOn) {
    throw new ReviewRefusal('INCOMPLETE', 'このシリーズは、引き継いで作ったものではありません。')
  }
  return { old, new: id, day: series.startsOn }
}

function takenRows(rows: unknown): TakenRow[] {
  if (!Array.isArray(rows)) return []
  return (rows as (Omit<TakenRow, 'series'> & { series: unknown })[]).map((row) => ({
    ...row,
    series: relatedId(row.series) ?? '',
  }))
}

function refuseUnready(
  { day, lostDays }: SwitchPlan,
  { today, isSure }: { today: string; isSure: boolean },
): void {
  if (day < today) {
    throw new ReviewRefusal('OUT_OF_ORDER', `${pastDay('切り替える日', day, today)}${BY_HAND}`)
  }
  if (lostDays === 0 || isSure) return
  throw new ReviewRefusal(
    'INCOMPLETE',
    `いま届いている配信日のうち ${lostDays} 日ぶんの原稿が、新しいシリーズではまだ公開されていません。先に公開するか、その配信日には届かないことを確かめたしるしを付けてください。`,
  )
}
