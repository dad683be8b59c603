import type { Db } from 'mongodb'

import { ledgerCollections } from '../ledger/collections'
import { japaneseMoment } from '../../src/stage/japaneseDate'

/** A worker that lives gives a sign every 15 seconds, and takes it away when it ends. */
const SIGN_MS = 60_000

interface RunningOptions {
  delivery: Db
  /** Where the CMS and the web side would answer. */
  addresses: { name: string; url: string }[]
  /** Who has the data folder, or null. */
  holder: { pid: number } | null
  now: () => Date
}

/** Programs that use the databases now, in words; a restore would pull the ground from under them. */
export async function runningPrograms(options: RunningOptions): Promise<string[]> {
  const { delivery, addresses, holder, now } = options
  const since = new Date(now().getTime() - SIGN_MS)
  const { workers, runs } = ledgerCollections(delivery)
  const sign = await workers.findOne({ at: { $gt: since, $lte: now() } }, { sort: { at: -1 } })
  const leased = await runs.findOne({ leaseUntil: { $gt: now() } })
  const answering = await Promise.all(
    addresses.map(async ({ name, url }) => ((await answers(url)) ? `${name}(${url})` : null)),
  )
  return [
    ...(holder ? [`npm start(プロセス ${holder.pid})`] : []),
    ...(sign ? [`配信プログラム(${japaneseMoment(sign.at)} に動いていました)`] : []),
    ...(leased && !sign ? [`配信プログラム(${leased.owner ?? leased._id})`] : []),
    ...answering.filter((name) => name !== null),
  ]
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000), redirect: 'manual' })
    await response.body?.cancel()
    return true
  } catch {
    return false
  }
}
