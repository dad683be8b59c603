// One day of the invented town: its run is asked for, worked on and looked up in the ledger.
import { addDays } from '../../../src/stage/day'
import { forcedRequest } from '../../../worker/runs/due'
import { addCounts, createLedgerReader } from '../../../worker/ledger/reading'
import { createService, type Service } from '../../../worker/app/service'
import { verifyDay } from '../../../worker/report/verify'
import { TODAY, TOWN } from '../../src/plan/town'
import { lineUser, mailUser, register, type WorkerUnderTest } from './openWorker'

/** The town's run of the day. */
export const RUN = `${TOWN}:${TODAY}`

/** When the run can be planned, and nothing goes out yet. */
export const BEFORE_HOURS = '2026-10-06T07:50:00+09:00'

/** Dates of a child whose text of day 45 is due. */
export const DAY_45 = { birthDate: addDays(TODAY, -45) }

/** For a worker that is never asked to stop. */
export const never = () => false

/** Works on the day's run as far as it goes now. */
export const work = ({ delivery }: WorkerUnderTest) => delivery.worker.work(RUN, never)

/** Asks for the day's run as a person does, and works on it. */
export async function deliver(worker: WorkerUnderTest) {
  await worker.delivery.runs.requestAgain(forcedRequest(TOWN, TODAY, worker.clock.now))
  return work(worker)
}

/** Readers of the text of day 45: some on LINE, some by mail. */
export async function families(
  { delivery }: Pick<WorkerUnderTest, 'delivery'>,
  counts: { line?: number; mail?: number },
) {
  const line = []
  const mail = []
  for (let at = 0; at < (counts.line ?? 0); at += 1) {
    line.push(await register(delivery, { address: lineUser(at), child: DAY_45 }))
  }
  for (let at = 0; at < (counts.mail ?? 0); at += 1) {
    mail.push(await register(delivery, { address: mailUser(at), child: DAY_45 }))
  }
  return { line, mail }
}

/** How many deliveries of the day have which status. */
export async function statuses({ delivery }: WorkerUnderTest) {
  const ledger = createLedgerReader(delivery.db)
  const runs = await ledger.runsOf(TODAY)
  return addCounts(await Promise.all(runs.map((run) => ledger.statusCounts(run))))
}

/** Every delivery of the day. */
export async function ledgerLines({ delivery }: WorkerUnderTest) {
  const ledger = createLedgerReader(delivery.db)
  const lines = []
  for (const run of await ledger.runsOf(TODAY)) {
    for await (const line of ledger.linesOf(run)) lines.push(line)
  }
  return lines
}

/** Where the ledger does not agree with itself or with a new plan of the day. */
export async function differences({ delivery }: WorkerUnderTest) {
  const ledger = createLedgerReader(delivery.db)
  return (await verifyDay({ delivery, ledger }, TODAY)).differences
}

/** A worker's life without a log. */
export const openService = ({ delivery }: Pick<WorkerUnderTest, 'delivery'>) =>
  createService({ delivery, log: SILENT, onAlert: delivery.onAlert })

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** Looks and works until nothing is left to do now. */
export async function lookAndWork(service: Service) {
  await service.poll()
  await service.idle()
}
