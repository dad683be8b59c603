import type { DeliveryHalf } from '../../worker/app/deliveryHalf'
import { addOnReleases, codes, lineAccount, municipality, textReleases } from './fixtures'
import { hold, openWorker, type Host, type SandboxProcess } from './host'
import { mixedFamilies, populate } from './population'
import { dayOf } from './runs'

/** Cities with readers of every stage, each with its LINE account, in one database. */
export interface Cities {
  delivery: DeliveryHalf
  sandbox: SandboxProcess
  /** From the smallest to the largest. */
  cities: { code: string; readers: number }[]
}

let opened: Promise<Cities> | null = null

/** The cities of 20,000 and 200,000 readers; stored once for all benchmarks that use them. */
export function openCities(host: Host): Promise<Cities> {
  opened ??= storeCities(host)
  return opened
}

/** Hours that never begin, so that the worker starts no runs but those it is asked for. */
const NEVER = { from: '24:00', to: '24:00' }

/** Name of their database. */
export const CITIES = 'cities'

async function storeCities(host: Host): Promise<Cities> {
  const sizes = host.isQuick ? [500, 1000] : [20_000, 200_000]
  const own = codes(sizes.length)
  const cities = own.map((code, at) => ({ code, readers: sizes[at] ?? 0 }))
  const sandbox = await host.startSandbox({ isLimited: true })
  const delivery = await openWorker(host, { name: CITIES, sandbox })
  const accounts = own.map(lineAccount)
  for (const account of accounts) await sandbox.addChannel(account)
  await hold(delivery, {
    releases: [...textReleases(), ...addOnReleases(own)],
    accounts,
    municipalities: own.map((code) =>
      municipality(code, { windows: { line: NEVER, mail: NEVER } }),
    ),
  })
  const { db, ring } = delivery
  for (const { code, readers } of cities) {
    host.progress(`cities: ${readers} readers are stored`)
    const { provider } = lineAccount(code)
    const families = mixedFamilies(readers)
    await populate({ db, ring, municipality: code, provider, today: dayOf(0) }, families)
  }
  return { delivery, sandbox, cities }
}
