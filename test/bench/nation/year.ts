import { addDays, instantOf, type LocalDay } from '../../../src/stage/day'
import type { DeliveryHalf } from '../../../worker/app/deliveryHalf'
import { createService } from '../../../worker/app/service'
import { ledgerCollections } from '../../../worker/ledger/collections'
import { createLedgerReader } from '../../../worker/ledger/reading'
import { createRemovedDays } from '../../../worker/ledger/removedDays'
import { verifyDay } from '../../../worker/report/verify'
import { createDailyRemoval } from '../../../worker/retention/dailyRemoval'
import { median, round, type Meter } from '../meter'
import { createYearFamilies } from './yearFamilies'

/** Days that are told as one line. */
const MONTH_DAYS = 30

/** A clock that stands still until it is put on. */
export interface DayClock {
  now: () => Date
  goTo: (day: LocalDay) => void
}

/** The hour at which everything of a day happens; all hours are open. */
const NOON = '12:00'

/** The clock of a simulation, on its first day. */
export function createDayClock(day: LocalDay): DayClock {
  let at = instantOf(day, NOON)
  return {
    now: () => at,
    goTo: (next) => {
      at = instantOf(next, NOON)
    },
  }
}

interface YearInput {
  delivery: DeliveryHalf
  clock: DayClock
  /** Towns whose settings are there, open all day. */
  codes: readonly string[]
  readers: number
  days: number
  /** Days that are told as one line. @default 30 */
  monthDays?: number
  /** Measures processor time, the database's too. */
  measure: Meter
  progress?: (sentence: string) => void
}

/** What a month came to; each a day's median, or what there was at its end. */
interface Month {
  day: number
  /** A tick after which nothing was left to do. */
  tickMs: number
  /** Processor time of such a tick and of a day, the database's too; a day's mean. */
  tickCpuMs: number
  dayCpuMs: number
  /** All of a day: what people did, planning, sending, recording, comparing, reporting, removing. */
  dayMs: number
  removalMs: number
  /** In the whole month. */
  deliveries: number
  stored: { deliveries: number; batches: number; runs: number; readers: number }
  dataMb: number
  indexMb: number
  rssMb: number
}

/**
 * So many days in the life of some towns, with the worker's own code, a real database and a clock
 * that is put on by a day: people register, give birth and stop, the day's runs are planned, sent,
 * recorded and compared, reports are made and brought to a CMS that takes them, and what is over is
 * removed. A day that does not end, or whose ledger does not agree, ends it with an error.
 */
export async function simulateYear(input: YearInput) {
  const { delivery, clock, days, monthDays = MONTH_DAYS, progress } = input
  const first = addDays(day0(clock), 1)
  const families = await createYearFamilies({ ...input, today: day0(clock) })
  const worker = openDays(delivery, input.measure)
  const months: Month[] = []
  let plannedCalls = 0
  let measured: DayMeasured[] = []
  for (let number = 1; number <= days; number += 1) {
    const day = addDays(first, number - 1)
    clock.goTo(day)
    const all = await input.measure(async () => {
      await families.liveOn(day)
      await worker.workOn(day)
    })
    const ofDay = await worker.measuredOn(day)
    measured.push({ ...ofDay, dayMs: all.seconds * 1000, dayCpuMs: cpuMsOf(all) })
    plannedCalls += ofDay.calls
    if (number % monthDays > 0 && number < days) continue
    await assertAgrees(delivery, day)
    const month = await monthOf(delivery, { number, measured })
    months.push(month)
    progress?.(`year: ${JSON.stringify(month)}`)
    measured = []
  }
  const alerts = await alertsOf(delivery)
  return {
    months,
    plannedCalls,
    alerts,
    ratios: ratiosOf(months, { keptDays: delivery.keptDays, monthDays }),
  }
}

/** The day a clock shows; it stands at noon in Japan, which is the same day in UTC. */
function day0({ now }: DayClock): LocalDay {
  return now().toISOString().slice(0, 10)
}

interface DayMeasured {
  dayMs: number
  dayCpuMs: number
  tickMs: number
  tickCpuMs: number
  removalMs: number
  deliveries: number
  /** Requests to LINE and mails that were planned. */
  calls: number
}

function cpuMsOf({ cpuSeconds, databaseCpuSeconds }: Awaited<ReturnType<Meter>>): number {
  return (cpuSeconds + databaseCpuSeconds) * 1000
}

/** A worker's life, a day at a time. */
function openDays(delivery: DeliveryHalf, measure: Meter) {
  const cms = { ...delivery.cms, createReport: async () => undefined }
  const service = createService({
    delivery: { ...delivery, cms },
    log: { info: quiet, warn: quiet, error: quiet },
    onAlert: delivery.onAlert,
  })
  const removeSome = createDailyRemoval(delivery)
  let removalMs = 0
  return {
    /** From the first tick of a day to the last thing that is to be removed. */
    workOn: async (day: LocalDay): Promise<void> => {
      await service.tick()
      await endRuns(delivery, { day, service })
      await service.tick()
      const removal = await measure(async () => {
        while (await removeSome());
      })
      removalMs = removal.seconds * 1000
      await service.tick() // finds that nothing is left to remove
    },
    /** A tick with nothing to do, and what the day came to. */
    measuredOn: async (day: LocalDay) => {
      const tick = await measure(() => service.tick())
      const runs = await ledgerCollections(delivery.db).runs.find({ date: day }).toArray()
      const sum = (name: 'deliveries' | 'calls') =>
        runs.reduce((all, { plan }) => all + (plan?.[name] ?? 0), 0)
      return {
        tickMs: tick.seconds * 1000,
        tickCpuMs: cpuMsOf(tick),
        removalMs,
        deliveries: sum('deliveries'),
        calls: sum('calls'),
      }
    },
  }
}

const quiet = () => undefined

/** Polls in which a day's runs must come to their end. */
const POLLS = 200

async function endRuns(
  { db }: DeliveryHalf,
  { day, service }: { day: LocalDay; service: ReturnType<typeof createService> },
): Promise<void> {
  const { runs } = ledgerCollections(db)
  for (let polls = 0; polls < POLLS; polls += 1) {
    await service.poll()
    await service.idle()
    const open = await runs.findOne({ date: day, state: { $ne: 'done' } })
    if (open?.state === 'held') throw new Error(`A run is held: ${open.hold?.code}`)
    if (!open) return
  }
  throw new Error(`The runs of ${day} are not done`)
}

/** A kept day agrees with its ledger, and a removed one says that it is removed. */
async function assertAgrees(delivery: DeliveryHalf, day: LocalDay): Promise<void> {
  const ledger = createLedgerReader(delivery.db)
  const { differences } = await verifyDay({ delivery, ledger }, day)
  if (differences.length > 0) throw new Error(`${day}: ${JSON.stringify(differences)}`)
  const removed = await createRemovedDays(delivery.db).read()
  if (!removed) return
  if (removed.through !== addDays(day, -delivery.keptDays - 1)) {
    throw new Error(`Removed through ${removed.through} on ${day}`)
  }
  const verified = await verifyDay({ delivery, ledger }, removed.through)
  if (!verified.removed) throw new Error(`${removed.through} is not told as removed`)
}

const MEBIBYTE = 1024 * 1024

async function monthOf(
  { db }: DeliveryHalf,
  { number, measured }: { number: number; measured: DayMeasured[] },
): Promise<Month> {
  const { deliveries, batches, runs } = ledgerCollections(db)
  const of = (name: keyof DayMeasured) => round(median(measured.map((one) => one[name])))
  const sum = (name: keyof DayMeasured) => measured.reduce((all, one) => all + one[name], 0)
  const mean = (name: keyof DayMeasured) => round(sum(name) / measured.length)
  await db.admin().command({ fsync: 1 }) // an index's size is its file's, as of the last checkpoint
  const stats = await db.stats()
  return {
    day: number,
    tickMs: of('tickMs'),
    dayMs: of('dayMs'),
    tickCpuMs: mean('tickCpuMs'),
    dayCpuMs: mean('dayCpuMs'),
    removalMs: of('removalMs'),
    deliveries: sum('deliveries'),
    stored: {
      deliveries: await deliveries.countDocuments(),
      batches: await batches.countDocuments(),
      runs: await runs.countDocuments(),
      readers: await db.collection('readers').countDocuments(),
    },
    dataMb: round(Number(stats.dataSize) / MEBIBYTE),
    indexMb: round(Number(stats.indexSize) / MEBIBYTE),
    rssMb: Math.round(process.memoryUsage.rss() / MEBIBYTE),
  }
}

/** How often each kind of alert came. */
async function alertsOf({ alerts }: DeliveryHalf): Promise<Record<string, number>> {
  await alerts.settled()
  const told = await alerts.all()
  return Object.fromEntries(told.map(({ _id, count }) => [_id, count]))
}

/** The last month over the first one that began with the removal under way. *Pure.* */
function ratiosOf(
  all: readonly Month[],
  { keptDays, monthDays }: { keptDays: number; monthDays: number },
) {
  const months = all.filter(({ day }) => day % monthDays === 0) // without what is left of a year
  const steady = months.find(({ day }) => day - monthDays >= keptDays)
  const last = months.at(-1)
  if (!steady || !last) return null
  const ratio = (of: (month: Month) => number) => round(of(last) / of(steady))
  return {
    from: steady.day,
    to: last.day,
    tick: ratio(({ tickMs }) => tickMs),
    tickCpu: ratio(({ tickCpuMs }) => tickCpuMs),
    day: ratio(({ dayMs }) => dayMs),
    dayCpu: ratio(({ dayCpuMs }) => dayCpuMs),
    deliveries: ratio(({ deliveries }) => deliveries),
    stored: ratio(({ stored }) => stored.deliveries),
    database: ratio(({ dataMb, indexMb }) => dataMb + indexMb),
    rss: ratio(({ rssMb }) => rssMb),
  }
}
