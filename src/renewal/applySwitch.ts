import type { PayloadRequest } from 'payload'

import { toStore } from '../cms/stored'
import { relatedId } from '../cms/relation'
import { canSwitchSeries } from '../people/roles'
import { recordAudit } from '../cms/audit'
import { ReviewRefusal } from '../cms/refusal'
import { inTransaction } from '../cms/transaction'
import { localDayOf } from '../stage/day'
import { findSeries } from './copyForward'
import { switchRows, switchState, unswitchRows } from './switchOver'
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
  return { ...change, rows }
}

/** Which municipalities to switch, or to switch back. */
export interface SwitchArgs {
  id: string
  municipalities: readonly string[]
  isUndo: boolean
}

/**
 * Switches the chosen municipalities in one transaction, or takes that back.
 *
 * @throws ReviewRefusal NOT_ALLOWED; OUT_OF_ORDER for taking back once the day is here.
 */
export async function applySwitch(
  req: PayloadRequest,
  { id, municipalities, isUndo }: SwitchArgs,
  now: () => Date,
): Promise<SwitchPlan> {
  if (!canSwitchSeries(req.user)) {
    throw new ReviewRefusal('NOT_ALLOWED', '切り替えられるのは監修責任者とシステム管理者だけです。')
  }
  return inTransaction(req, async () => {
    const plan = await planSwitch(req, id)
    if (isUndo && localDayOf(now()) >= plan.day) throw tooLate(plan.day)
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
        note: isUndo ? `${plan.day} の切り替えをやめた` : `${plan.day} から新しいシリーズ`,
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

function tooLate(day: string): ReviewRefusal {
  return new ReviewRefusal(
    'OUT_OF_ORDER',
    `切り替えの日(${day})になったので、まとめて戻すことはできません。自治体の設定の「使うシリーズ」で直してください。`,
  )
}
