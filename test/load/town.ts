import type { DeliveryHalf } from '../../worker/app/deliveryHalf'
import { addOnReleases, codes, lineAccount, municipality, textReleases } from '../bench/fixtures'
import { hold, openWorker, type Host, type SandboxProcess } from '../bench/host'
import { mixedFamilies, storeFamilies } from '../bench/population'
import { dayOf } from '../bench/runs'
import { checkPairs } from '../../worker/readers/checkPairs'

/** Name of the database of the load. */
export const LOAD = 'load'

/** Hours that never begin, so that the worker starts no runs but those it is asked for. */
const NEVER = { from: '24:00', to: '24:00' }

interface TownsInput {
  sandbox: SandboxProcess
  towns: number
  readersPerTown: number
}

/** Towns with a LINE account and readers of all stages each. */
export async function storeTowns(
  host: Host,
  { sandbox, towns, readersPerTown }: TownsInput,
): Promise<{ delivery: DeliveryHalf; towns: string[] }> {
  const own = codes(towns)
  const accounts = own.map(lineAccount)
  const delivery = await openWorker(host, { name: LOAD, sandbox })
  for (const account of accounts) await sandbox.addChannel(account)
  await hold(delivery, {
    releases: [...textReleases(), ...addOnReleases(own.slice(0, Math.ceil(towns / 3)))],
    accounts,
    municipalities: own.map((code) =>
      municipality(code, { windows: { line: NEVER, mail: NEVER } }),
    ),
  })
  for (const [at, code] of own.entries()) {
    const { provider } = lineAccount(code)
    const where = { db: delivery.db, ring: delivery.ring, municipality: code, provider }
    const families = mixedFamilies(readersPerTown, { after: at * readersPerTown })
    await storeFamilies({ ...where, today: dayOf(0) }, families)
  }
  await checkPairs(delivery.db)
  return { delivery, towns: own }
}
