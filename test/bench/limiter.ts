import type { DeliveryHalf } from '../../worker/app/deliveryHalf'
import { LINE_MULTICASTS_PER_SECOND } from '../../worker/channel/lineApiLimits'
import { createPace, SYSTEM_CLOCK } from '../../worker/channel/pace'
import { bareClient, bareLoop, bodiesOf, type Body } from './bareLine'
import { codes, lineAccount, municipality, textReleases } from './fixtures'
import { hold, openWorker, type Host, type SandboxProcess } from './host'
import { evenFamilies, populate } from './population'
import { round } from './meter'
import { dayOf, openHours, planRuns, requestRuns, sendRuns } from './runs'

/** Id of the account that all municipalities of this benchmark share. */
const SHARED = 'shared'

/** Calls of the bare loop: some seconds. */
const BARE_CALLS = 1000

/** One LINE channel shared by several municipalities, with the vendor's limit in force. */
export async function benchLimiter(host: Host) {
  const own = codes(host.isQuick ? 1 : 8)
  const readersPerText = 10
  const sandbox = await host.startSandbox({ isLimited: true })
  const delivery = await openTowns(host, { sandbox, own, readersPerText })
  const date = dayOf(0)
  host.progress('limiter: planning, then sending at the limit')
  await requestRuns({ delivery, own }, date)
  await planRuns({ delivery, own }, date)
  await openHours({ delivery, own }, date)
  const bodies = (await bodiesOf(delivery, date)).slice(0, BARE_CALLS)
  const bare = await bareShare(sandbox, bodies)
  const before = await sandbox.counts()
  const { seconds } = await host.measure(() => sendRuns({ delivery, own }, date))
  const after = await sandbox.counts()
  const calls = after.line - before.line
  const share = calls / seconds / LINE_MULTICASTS_PER_SECOND
  await delivery.close()
  await sandbox.stop()
  return {
    calls,
    seconds: round(seconds),
    limitPerSecond: LINE_MULTICASTS_PER_SECOND,
    callsPerSecond: round(calls / seconds),
    recipientsPerSecond: round((calls * readersPerText) / seconds),
    shareOfLimit: round(share),
    bareShareOfLimit: round(bare),
    ratio: round(share / bare),
    rate429s: after.rateRefused - before.rateRefused,
    bareRate429s: before.rateRefused,
    aim: { shareOfLimit: 0.95, rate429s: 0 },
  }
}

/** The SDK alone at the same pace, on a channel of its own. @returns its share of the limit. */
async function bareShare(sandbox: SandboxProcess, bodies: Body[]): Promise<number> {
  const account = lineAccount('bare')
  await sandbox.addChannel(account)
  const client = await bareClient(sandbox, account)
  const pace = createPace({ clock: SYSTEM_CLOCK })
  const startedAt = performance.now()
  await bareLoop(client, bodies, () => pace.take('bare'))
  const seconds = (performance.now() - startedAt) / 1000
  return bodies.length / seconds / LINE_MULTICASTS_PER_SECOND
}

interface Towns {
  sandbox: SandboxProcess
  own: string[]
  readersPerText: number
}

async function openTowns(
  host: Host,
  { sandbox, own, readersPerText }: Towns,
): Promise<DeliveryHalf> {
  const delivery = await openWorker(host, { name: 'limiter', sandbox })
  const account = lineAccount(SHARED)
  await sandbox.addChannel(account)
  const municipalities = own.map((code) => municipality(code, { lineAccount: SHARED }))
  await hold(delivery, { releases: textReleases(), municipalities, accounts: [account] })
  const { db, ring } = delivery
  const { provider } = account
  for (const code of own) {
    const families = evenFamilies(readersPerText, 'line', 0)
    await populate({ db, ring, municipality: code, provider, today: dayOf(0) }, families)
  }
  return delivery
}
