import { addOnReleases, codes, lineAccount, municipality, textReleases } from '../fixtures'
import { hold, openWorker, type Host } from '../host'
import { createDayClock, simulateYear } from './year'

/** Towns that share the readers. */
const TOWNS = 2

/** The day before the first. */
const BEFORE = '2026-11-30'

interface BenchYearInput {
  readers: number
  days: number
  keptDays: number
}

/** A year of some towns in minutes, against the stand-ins of LINE and the relay. */
export async function benchYear(host: Host, { readers, days, keptDays }: BenchYearInput) {
  const sandbox = await host.startSandbox({ isLimited: false })
  const clock = createDayClock(BEFORE)
  const { now } = clock
  const delivery = await openWorker(host, {
    name: 'year',
    sandbox,
    linePerSecond: Infinity,
    now,
    keptDays,
  })
  const own = codes(TOWNS)
  const accounts = own.map(lineAccount)
  for (const account of accounts) await sandbox.addChannel(account)
  await hold(delivery, {
    releases: [...textReleases(), ...addOnReleases(own)],
    accounts,
    municipalities: own.map((code) => municipality(code)),
  })
  host.progress(`year: ${readers} readers in ${TOWNS} towns, details kept for ${keptDays} days`)
  const startedAt = performance.now()
  const { progress, measure } = host
  const towns = { delivery, clock, codes: own, readers }
  const year = await simulateYear({ ...towns, days, progress, measure })
  const seconds = Math.round((performance.now() - startedAt) / 1000)
  const { line, mail } = await sandbox.counts()
  if (line + mail !== year.plannedCalls) {
    throw new Error(`${year.plannedCalls} calls were planned, ${line} and ${mail} came`)
  }
  await delivery.close()
  await sandbox.stop()
  return { readers, days, keptDays, towns: TOWNS, seconds, calls: line, mails: mail, ...year }
}
