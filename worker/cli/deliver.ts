import { dailyRunId } from '../runs/due'
import { runNow } from '../runs/runNow'
import type { DeliveryHalf } from '../app/deliveryHalf'
import { holdText, STATUS_LABELS } from '../report/explain'
import type { Run } from '../ledger/documents'
import { pausedSentence } from '../report/lossSentences'
import { addCounts, createLedgerReader, type StatusCounts } from '../ledger/reading'
import { remainingOf } from '../ledger/laterHours'
import type { DeliveryStatus } from '../ledger/states'
import type { ExclusionReason } from '../../src/plan/reason'
import { localDayOf, type LocalDay } from '../../src/stage/day'
import { clockLabel } from '../../src/stage/japaneseDate'
import { optionalDay, readArguments, UsageError } from './arguments'
import type { CliIo } from './commands'
import { scopeName } from './scope'
import { chosenMunicipalities, freshContent, todayOf, withDelivery } from './openCommand'
import { printReasons } from './plan'
import { dayText, renderTable } from './table'

/** One municipality's run after it was delivered. */
interface DeliverRow {
  municipality: string
  name: string
  state: Run['state']
  hold: string | null
  /** Texts that go out at an hour of today which their readers chose. */
  later: number
  /** The first of these hours, and whether nothing but them is left. */
  nextHour: string | null
  isOnlyLater: boolean
  candidates: number
  deliveries: number
  exclusions: Partial<Record<ExclusionReason, number>>
  /** Deliveries by what is known of them now. */
  statuses: Partial<Record<DeliveryStatus, number>>
}

/** `deliver`: runs today's texts now; what was sent before is not sent again. */
export async function run(args: string[], io: CliIo): Promise<number> {
  const given = readArguments(args, { options: { date: 'value', municipality: 'value' } })
  const asked = optionalDay(given, 'date')
  assertToday(asked, await todayOf(io))
  let isStopping = false
  io.onStop(() => {
    isStopping = true
  })
  const { date, rows, sent, stopped } = await withDelivery(io, async (delivery) => {
    if (!(await delivery.clock.isRight())) throw new UsageError(CLOCK_APART)
    await freshContent(delivery, io)
    await assertNotPaused(delivery)
    const date = localDayOf(delivery.now())
    assertToday(asked, date) // midnight may have passed meanwhile
    const chosen = chosenMunicipalities(delivery, given.values.municipality)
    const municipalities = chosen.map(({ code }) => code)
    const before = await triedBefore(delivery, { date, municipalities })
    const runs = await runNow(delivery, { date, municipalities, isStopping: () => isStopping })
    const rows = await Promise.all(runs.map((one) => toRow(one, delivery)))
    const stopped = (await delivery.halts.all()).map(({ _id }) => scopeName(delivery, _id))
    return { date, rows, sent: triedIn(total(rows).statuses) - before, stopped }
  })
  if (given.isJson)
    await io.out(JSON.stringify({ date, sent, ...total(rows), municipalities: rows }, null, 2))
  else await print({ date, rows, sent }, io)
  for (const what of stopped)
    await io.err(`${what}を止めています。再開すると、時間内の残りを送ります。`)
  return rows.every(({ state, isOnlyLater }) => state === 'done' || isOnlyLater) ? 0 : 1
}

/** A ledger that was put back to an earlier state does not know what has gone out since. */
async function assertNotPaused({ incarnations }: DeliveryHalf): Promise<void> {
  const loss = await incarnations.open()
  if (loss) throw new Error(`送りませんでした。${pausedSentence(loss)}`)
}

const CLOCK_APART =
  'この機械の時計が、データベースの時計と 5 秒より多くずれています。このままでは配信の日と時間を誤るので、何も送りません。両方の機械の時計を NTP で合わせてから、もう一度実行してください。'

/** A text is for its day: a past day's is stale, and a coming day's is not due yet. */
function assertToday(asked: LocalDay | undefined, today: LocalDay): void {
  if (asked === undefined || asked === today) return
  throw new UsageError(
    `--date: 送れるのは今日(${today})の文だけで、${asked} の文は送れません。--date を消すか、--date ${today} にしてください。ほかの日の計画は plan --date ${asked} で見られます。`,
  )
}

/** Deliveries of a day that were handed to a provider so far. */
async function triedBefore(
  { db, runs }: DeliveryHalf,
  { date, municipalities }: { date: LocalDay; municipalities: readonly string[] },
): Promise<number> {
  const ledger = createLedgerReader(db)
  const found = await Promise.all(municipalities.map((code) => runs.find(dailyRunId(code, date))))
  const counts = await Promise.all(found.flatMap((one) => (one ? [ledger.statusCounts(one)] : [])))
  return triedIn(addCounts(counts))
}

function triedIn(statuses: DeliverRow['statuses']): number {
  return TRIED.reduce((sum, status) => sum + (statuses[status] ?? 0), 0)
}

const TRIED: readonly DeliveryStatus[] = ['inFlight', 'accepted', 'rejected', 'unknown']

async function toRow(found: Run, { db, syncedContent, now }: DeliveryHalf): Promise<DeliverRow> {
  const counts: StatusCounts = await createLedgerReader(db).statusCounts(found)
  const { later, nextHour, others } = await remainingOf(db, found, now())
  const { municipality, state, hold, plan } = found
  return {
    municipality,
    name: syncedContent.settings(municipality)?.name ?? municipality,
    state,
    hold: hold ? holdText(hold) : null,
    later,
    nextHour: nextHour && clockLabel(nextHour),
    isOnlyLater: state === 'sending' && later > 0 && others === 0,
    candidates: plan?.candidates ?? 0,
    deliveries: plan?.deliveries ?? 0,
    exclusions: plan?.exclusions ?? {},
    statuses: addCounts([counts]),
  }
}

function total(rows: readonly DeliverRow[]) {
  const statuses: DeliverRow['statuses'] = {}
  const exclusions: DeliverRow['exclusions'] = {}
  for (const row of rows) {
    add(statuses, row.statuses)
    add(exclusions, row.exclusions)
  }
  const candidates = rows.reduce((sum, row) => sum + row.candidates, 0)
  const deliveries = rows.reduce((sum, row) => sum + row.deliveries, 0)
  return { candidates, deliveries, exclusions, statuses }
}

function add(into: Record<string, number>, counts: Record<string, number>) {
  for (const [key, count] of Object.entries(counts)) into[key] = (into[key] ?? 0) + count
}

interface Delivered {
  date: LocalDay
  rows: readonly DeliverRow[]
  /** How many deliveries went out now, whatever came of them. */
  sent: number
}

async function print({ date, rows, sent }: Delivered, io: CliIo) {
  await io.out(`${dayText(date)} の配信(この日のはじめからの数)`)
  const all = total(rows)
  const used = Object.keys(all.statuses) as DeliveryStatus[]
  const lines = renderTable<Pick<DeliverRow, 'name' | 'candidates' | 'deliveries' | 'statuses'>>(
    [
      { heading: '自治体', cell: (row) => row.name },
      { heading: '候補', cell: (row) => row.candidates },
      { heading: '配信', cell: (row) => row.deliveries },
      ...used.map((status) => ({
        heading: STATUS_LABELS[status],
        cell: (row: Pick<DeliverRow, 'statuses'>) => row.statuses[status] ?? 0,
      })),
    ],
    [...rows, { ...all, name: '合計' }],
  )
  for (const line of lines) await io.out(line)
  await io.out(`今回送ったもの: ${sent} 件`)
  await printReasons(all.exclusions, io)
  for (const { name, state, hold, later, nextHour, isOnlyLater } of rows) {
    if (later > 0)
      await io.out(
        `${name}: 読者が選んだ時刻のもの ${later} 件は、その時刻(いちばん早いもので ${nextHour})に配信プログラム(worker)が送ります。`,
      )
    if (hold && state === 'held') await io.err(`${name}: 止めました。${hold}`)
    else if (state !== 'done' && !isOnlyLater)
      await io.err(
        `${name}: まだ終わっていません。残りは配信プログラム(worker)が時間内に続けます。`,
      )
  }
}
