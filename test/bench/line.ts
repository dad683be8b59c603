import type { DeliveryHalf } from '../../worker/app/deliveryHalf'
import { bareClient, bareLoop, bodiesOf } from './bareLine'
import { addOnReleases, codes, lineAccount, municipality, range, textReleases } from './fixtures'
import { hold, openWorker, type Host, type SandboxProcess } from './host'
import { evenFamilies, populate } from './population'
import { median, round, summarize } from './meter'
import { breathe, dayOf, openHours, planRuns, requestRuns, sendRuns, type Towns } from './runs'

/**
 * Limiter off, a national day in small: every municipality has a LINE account of its own and two
 * readers at each daily text, so that each call has two recipients. Against `@line/bot-sdk` alone.
 */
export async function benchLine(host: Host) {
  const rounds: number = host.isQuick ? 1 : 5
  const own = codes(host.isQuick ? 1 : 16)
  const sandbox = await host.startSandbox({ isLimited: false })
  const delivery = await openTowns(host, { sandbox, own, rounds })
  const results = []
  for (const at of range(0, rounds)) {
    host.progress(`line: round ${at} of ${rounds} (0 warms up)`)
    const result = await measureRound({ host, delivery, sandbox, own }, at)
    if (at > 0) results.push(result)
  }
  await delivery.close()
  await sandbox.stop()
  return {
    recipientsPerCall: 2,
    ...summarize(results),
    ratioWithPlanning: withPlanning(results),
    aim: { ratio: 0.7 },
  }
}

interface TownsInput {
  sandbox: SandboxProcess
  own: string[]
  rounds: number
}

async function openTowns(host: Host, { sandbox, own, rounds }: TownsInput): Promise<DeliveryHalf> {
  const delivery = await openWorker(host, { name: 'line', sandbox, linePerSecond: Infinity })
  const accounts = own.map(lineAccount)
  for (const account of accounts) await sandbox.addChannel(account)
  const municipalities = own.map((code) => municipality(code))
  await hold(delivery, {
    releases: [...textReleases(), ...addOnReleases(own)],
    municipalities,
    accounts,
  })
  const families = evenFamilies(2, 'line', rounds)
  for (const code of own) {
    const { db, ring } = delivery
    const { provider } = lineAccount(code)
    await populate({ db, ring, municipality: code, provider, today: dayOf(0) }, families)
  }
  return delivery
}

interface RoundInput extends Towns {
  host: Host
  sandbox: SandboxProcess
}

async function measureRound({ host, sandbox, ...towns }: RoundInput, at: number) {
  const date = dayOf(at)
  await requestRuns(towns, date)
  const plan = await host.measure(() => planRuns(towns, date))
  const bodies = await bodiesOf(towns.delivery, date)
  const client = await bareClient(sandbox, lineAccount(codes(1)[0] ?? ''))
  await breathe()
  const bare = await host.measure(() => bareLoop(client, bodies))
  await openHours(towns, date)
  await breathe()
  const before = await sandbox.counts()
  const own = await host.measure(() => sendRuns(towns, date))
  const count = (await sandbox.counts()).line - before.line
  if (count !== bodies.length) throw new Error(`${count} calls instead of ${bodies.length}`)
  return { count, plan, bare, own }
}

function withPlanning(results: Awaited<ReturnType<typeof measureRound>>[]) {
  const ratios = results.map(({ bare, own, plan }) => bare.seconds / (own.seconds + plan.seconds))
  return round(median(ratios))
}
