import type { Db } from 'mongodb'

import type { Withdrawal } from '../../src/plan/withdrawals'
import { instantOf, type LocalDay } from '../../src/stage/day'
import { ledgerCollections } from '../ledger/collections'
import type { Batch, Run } from '../ledger/documents'
import { mayHaveGone, statusOf } from '../ledger/states'
import { hideSmall } from './reportNumbers'

/** A synced release, as far as a withdrawal is looked for. */
interface SyncedWithdrawal {
  key: string
  action: string
  publishedAt: string
}

/** Tells how far withdrawn texts, or notices, had gone out; numbers only. */
export function createWithdrawalCounts(db: Db) {
  const { batches, deliveries, payloads } = ledgerCollections(db)
  const releases = db.collection<SyncedWithdrawal>('synced_releases')

  /** What was withdrawn on a day in Japan: each key once, and how often anything was. */
  const on = async (date: LocalDay): Promise<WithdrawnOn> => {
    const from = instantOf(date, '00:00').toISOString()
    const to = instantOf(date, '24:00').toISOString()
    const found = await releases
      .find({ action: 'withdraw', publishedAt: { $gte: from, $lt: to } })
      .project<{ key: string }>({ key: 1 })
      .toArray()
    return { keys: [...new Set(found.map(({ key }) => key))].sort(), times: found.length }
  }

  /** What became of withdrawn texts in some runs; texts those runs did not have are left out. */
  const of = async (runs: readonly Run[], keys: readonly string[]): Promise<Withdrawal[]> => {
    if (keys.length === 0) return []
    const ids = runs.map(({ _id }) => _id)
    const planned = await batches.find({ run: { $in: ids } }).toArray()
    const sealed = planned.filter(({ run, attempt }) => isSealed(runs, run, attempt))
    const texts = await payloads
      .find({ _id: { $in: [...new Set(sealed.map(({ payload }) => payload))] } })
      .project<{ _id: string; releaseKeys: string[] }>({ releaseKeys: 1 })
      .toArray()
    return Promise.all(
      keys
        .map((key) => ({ key, own: texts.filter(({ releaseKeys }) => releaseKeys.includes(key)) }))
        .filter(({ own }) => own.length > 0)
        .map(({ key, own }) => count(key, sealed.filter(isOneOf(own)))),
    )
  }

  const count = async (key: string, own: readonly Batch[]): Promise<Withdrawal> => {
    const tally = { sent: 0, stopped: 0 }
    for (const batch of own) {
      const found = await deliveries.find({ _id: { $in: batch.recipients } }).toArray()
      for (const delivery of found.filter(({ batch: id }) => id === batch._id)) {
        const { status, reason } = statusOf(delivery, batch)
        if (mayHaveGone(status)) tally.sent += 1
        else if (reason === 'withdrawn') tally.stopped += 1
      }
    }
    const { sent = null, stopped = null } = hideSmall(tally)
    return { key, sent, stopped }
  }
  /** Keys of the notices that a municipality has, or had, for a day. */
  const noticesOn = async (code: string, date: LocalDay): Promise<string[]> =>
    (
      await releases.distinct('key', {
        'content.timing': 'notice',
        'content.municipality': code,
        'content.validFrom': date,
      })
    ).sort()
  return { on, of, noticesOn }
}

/** What was withdrawn on a day. */
export interface WithdrawnOn {
  keys: readonly string[]
  /** Withdrawals; a text that came back and was withdrawn again counts twice. */
  times: number
}

/** Tells how far withdrawn texts had gone out. */
export type Withdrawn = ReturnType<typeof createWithdrawalCounts>

function isSealed(runs: readonly Run[], id: string, attempt: number): boolean {
  return runs.some(({ _id, sealed }) => _id === id && sealed.includes(attempt))
}

function isOneOf(texts: readonly { _id: string }[]) {
  return ({ payload }: Batch) => texts.some(({ _id }) => _id === payload)
}
