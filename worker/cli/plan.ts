import { REASON_LABELS, type ExclusionReason } from '../../src/plan/reason'
import { LINE_MAX_OWN_MESSAGES } from '../../src/release/lineMessageLimits'
import type { LocalDay } from '../../src/stage/day'
import type { DeliveryHalf } from '../app/deliveryHalf'
import { imaginedRun } from '../ledger/runRequest'
import type { PlanTally } from '../planning/planning'
import { yieldingOf } from '../report/yielding'
import { dailyRequest } from '../runs/due'
import { readArguments, requireDay } from './arguments'
import type { CliIo } from './commands'
import { chosenMunicipalities, freshContent, withDelivery } from './openCommand'
import { dayText, renderTable } from './table'

/** One municipality's plan of a day. */
interface PlanRow {
  municipality: string
  name: string
  candidates: number
  deliveries: number
  exclusions: Partial<Record<ExclusionReason, number>>
  groups: number
  calls: number
  /** Deliveries that some add-on did not fit into. */
  leftOut: number
}

/** `plan`: a dry run; nothing is written and nothing sent. */
export async function run(args: string[], io: CliIo): Promise<number> {
  const given = readArguments(args, { options: { date: 'value', municipality: 'value' } })
  const date = requireDay(given, 'date')
  const rows = await withDelivery(io, async (delivery) => {
    await freshContent(delivery, io)
    return planDay(delivery, date, given.values.municipality)
  })
  const total = { date, ...sum(rows), municipalities: rows }
  if (given.isJson) await io.out(JSON.stringify(total, null, 2))
  else await print(total, io)
  return 0
}

/** What is planned for a day, by municipality; what yields for the month's sake is left out, as it will be. */
export async function planDay(
  delivery: DeliveryHalf,
  date: LocalDay,
  municipality?: string,
): Promise<PlanRow[]> {
  const planned: PlanRow[] = []
  for (const settings of chosenMunicipalities(delivery, municipality)) {
    const run = imaginedRun(dailyRequest(settings, date))
    const yielding = await yieldingOf(delivery, settings.code, date)
    const tally = await delivery.worker.dryRun(run, undefined, { yielding })
    if (tally) planned.push(toRow(settings, tally))
  }
  return planned
}

function toRow({ code, name }: { code: string; name: string }, tally: PlanTally): PlanRow {
  const { candidates, deliveries, exclusions, groups, calls, leftOut } = tally
  return { municipality: code, name, candidates, deliveries, exclusions, groups, calls, leftOut }
}

function sum(rows: readonly PlanRow[]): Omit<PlanRow, 'municipality' | 'name'> {
  const total = {
    candidates: 0,
    deliveries: 0,
    groups: 0,
    calls: 0,
    leftOut: 0,
    exclusions: {} as PlanRow['exclusions'],
  }
  for (const row of rows) {
    for (const key of ['candidates', 'deliveries', 'groups', 'calls', 'leftOut'] as const)
      total[key] += row[key]
    for (const [reason, count] of Object.entries(row.exclusions)) {
      const key = reason as ExclusionReason
      total.exclusions[key] = (total.exclusions[key] ?? 0) + count
    }
  }
  return total
}

type Total = ReturnType<typeof sum> & { date: string; municipalities: PlanRow[] }

async function print({ date, municipalities, ...total }: Total, io: CliIo) {
  await io.out(`${dayText(date)} の配信の計画(送っていません)`)
  const excluded = (row: Pick<PlanRow, 'exclusions'>) =>
    Object.values(row.exclusions).reduce((all, count) => all + count, 0)
  const lines = renderTable(
    [
      { heading: '自治体', cell: (row) => row.name },
      { heading: '候補', cell: (row) => row.candidates },
      { heading: '配信', cell: (row) => row.deliveries },
      { heading: '除外', cell: excluded },
      { heading: 'まとまり', cell: (row) => row.groups },
      { heading: '送信回数', cell: (row) => row.calls },
    ],
    [...municipalities, { ...total, municipality: '', name: '合計' }],
  )
  for (const line of lines) await io.out(line)
  await printReasons(total.exclusions, io)
  if (total.leftOut > 0) {
    await io.out(
      `LINE の ${LINE_MAX_OWN_MESSAGES} 通に入りきらない自治体原稿がある配信: ${total.leftOut}`,
    )
  }
}

/** The exclusions by reason, one a line. */
export async function printReasons(
  exclusions: Partial<Record<ExclusionReason, number>>,
  io: CliIo,
): Promise<void> {
  const reasons = Object.entries(exclusions) as [ExclusionReason, number][]
  if (reasons.length === 0) return
  await io.out('除外の理由:')
  for (const [reason, count] of reasons) {
    await io.out(`  ${REASON_LABELS[reason]}(${reason}): ${count}`)
  }
}
