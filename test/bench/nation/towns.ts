import { forEachAtOnce } from '../../../worker/concurrency/limiter'
import type { DeliveryHalf } from '../../../worker/app/deliveryHalf'
import { checkPairs } from '../../../worker/readers/checkPairs'
import { addOnReleases, codes, lineAccount, municipality, textReleases } from '../fixtures'
import { hold, openWorker, type Host, type SandboxProcess } from '../host'
import { mixedFamilies, storeFamilies } from '../population'
import { dayOf } from '../runs'
import type { TownFamilies } from './leastCalls'
import { MUNICIPALITIES, readersByTown } from './municipalities'

/** Name of the nation's database. */
export const NATION = 'nation'

/** Hours that never begin, so that the worker starts no runs but those it is asked for. */
const NEVER = { from: '24:00', to: '24:00' }

const MAIL_PERCENT = 10

/** Requests of the bench itself that are under way at once. */
const AT_ONCE = 16

/** One municipality of the bench. */
export interface Town {
  code: string
  readers: number
  hasAddOns: boolean
  /** Readers of the towns before. */
  after: number
}

/**
 * All municipalities, with so many readers together; every third has add-ons. `count` takes fewer of
 * them, evenly from the largest to the smallest.
 */
export function townsOf(readers: number, count = MUNICIPALITIES): Town[] {
  const all = readersByTown(readers)
  const sizes = Array.from(
    { length: count },
    (_, at) => all[Math.floor(((at + 0.5) * all.length) / count)] ?? 0,
  )
  const names = codes(sizes.length)
  let after = 0
  return sizes.map((size, at) => {
    const town = { code: names[at] ?? '', readers: size, hasAddOns: at % 3 === 0, after }
    after += size
    return town
  })
}

/** The families of one town after another: all of them would not fit into the memory. */
export function* familiesOfEach(towns: readonly Town[]) {
  for (const town of towns) yield familiesOf(town)
}

function familiesOf({ readers, hasAddOns, after }: Town): TownFamilies {
  return { families: mixedFamilies(readers, { after, mailPercent: MAIL_PERCENT }), hasAddOns }
}

/** Stores a nation: each town with its own LINE channel and its families. */
export async function openNation(
  host: Host,
  { sandbox, towns }: { sandbox: SandboxProcess; towns: Town[] },
): Promise<DeliveryHalf> {
  const delivery = await openWorker(host, { name: NATION, sandbox })
  const accounts = towns.map(({ code }) => lineAccount(code))
  await forEachAtOnce(accounts, AT_ONCE, (account) => sandbox.addChannel(account))
  const withAddOns = towns.filter(({ hasAddOns }) => hasAddOns).map(({ code }) => code)
  await hold(delivery, {
    releases: [...textReleases(), ...addOnReleases(withAddOns)],
    accounts,
    municipalities: towns.map(({ code }) =>
      municipality(code, { windows: { line: NEVER, mail: NEVER } }),
    ),
  })
  const { db, ring } = delivery
  for (const town of towns.filter(({ readers }) => readers > 0)) {
    const { code } = town
    const { provider } = lineAccount(code)
    const where = { db, ring, municipality: code, provider, today: dayOf(0) }
    await storeFamilies(where, [...familiesOf(town).families])
  }
  host.progress('nation: pairs are made')
  await checkPairs(db)
  return delivery
}
