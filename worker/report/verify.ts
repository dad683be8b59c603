import { localDayOf, type LocalDay } from '../../src/stage/day'
import type { DeliveryHalf } from '../app/deliveryHalf'
import { dailyRequest, dailyRunId } from '../runs/due'
import type { Run } from '../ledger/documents'
import { addCounts, type Difference, type LedgerReader, type StatusCounts } from '../ledger/reading'
import { imaginedRun } from '../ledger/runRequest'

/** Expected against the ledger for one day. */
export interface Verification {
  date: LocalDay
  runs: number
  expected: number
  deliveries: number
  statuses: ReturnType<typeof addCounts>
  differences: Difference[]
}

interface VerifyOptions {
  delivery: Pick<DeliveryHalf, 'syncedContent' | 'worker' | 'db' | 'now'>
  ledger: LedgerReader
}

/**
 * Compares a day's ledger with itself (every planned delivery in one batch and one terminal state)
 * and with a new plan: what should go out by the data of now and is neither delivered nor excluded
 * with a reason is missing. What a withdrawal kept from going out is missing too as long as its day
 * lasts, if there is a text for it again; afterwards the withdrawal is the reason.
 */
export async function verifyDay(
  { delivery, ledger }: VerifyOptions,
  date: LocalDay,
  municipality?: string,
): Promise<Verification> {
  const runs = await ledger.runsOf(date, municipality)
  const counts: StatusCounts[] = []
  const differences: Difference[] = []
  for (const run of runs) {
    counts.push(await ledger.statusCounts(run))
    differences.push(...(await ledger.differences(run)))
  }
  differences.push(...(await missing({ delivery, ledger }, { date, municipality, runs })))
  const planned = runs.reduce((sum, { plan }) => sum + (plan?.deliveries ?? 0), 0)
  const statuses = addCounts(counts)
  const deliveries = Object.values(statuses).reduce((sum, count) => sum + count, 0)
  return { date, runs: runs.length, expected: planned, deliveries, statuses, differences }
}

interface MissingInput {
  date: LocalDay
  municipality?: string
  runs: Run[]
}

async function missing(
  { delivery, ledger }: VerifyOptions,
  { date, municipality, runs }: MissingInput,
): Promise<Difference[]> {
  const found: Difference[] = []
  const isOver = date < localDayOf(delivery.now())
  for (const settings of delivery.syncedContent.municipalities()) {
    if (!settings.isActive || (municipality && settings.code !== municipality)) continue
    const id = dailyRunId(settings.code, date)
    const run = runs.find(({ _id }) => _id === id)
    let due = 0
    await delivery.worker.dryRun(run ?? imaginedRun(dailyRequest(settings, date)), {
      addDeliveries: async (_, planned) => {
        const ids = planned.map((one) => one._id)
        due += planned.length - (run ? await ledger.countExcluded(run._id, ids) : 0)
        if (isOver) due -= await ledger.countPlanned(ids)
        return []
      },
    })
    if (due === 0) continue
    found.push({ run: id, code: run ? 'notPlanned' : 'noRun', count: due })
  }
  return found
}
