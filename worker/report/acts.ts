import type { ClientSession, Db } from 'mongodb'

import type { GivenAct } from '../../src/operation/act'
import { EVERYTHING } from '../../src/operation/halt'
import { isDoneByCms, type Cms } from '../content/cms'
import { inTransaction } from '../database/transaction'
import type { Halts } from '../deliver/halts'
import { ledgerCollections } from '../ledger/collections'
import type { DoneAct } from '../ledger/documents'
import type { RunStore } from '../ledger/runs'
import type { UnknownMails } from '../ledger/unknownMails'

interface ActsOptions {
  db: Db
  cms: Pick<Cms, 'acts' | 'endAct' | 'tellAct'>
  runs: Pick<RunStore, 'decideHeld'>
  halts: Pick<Halts, 'put' | 'forget'>
  unknownMails: Pick<UnknownMails, 'decide'>
  onAlert: (code: string, detail: Record<string, unknown>) => void
}

/** Does what people ask of deliveries, in the CMS or in the shell: each once, in the order it was asked. */
export function createActs(options: ActsOptions) {
  return {
    /**
     * Does what was asked in the shell; the CMS is told when it can be.
     *
     * @returns how many runs, scopes or mails it was done to: 0 where it does not apply any more.
     */
    doHere: (given: GivenAct): Promise<number> => doOnce(options, given, { isUntold: true }),

    /** Does what waits in the CMS, and tells it what was done here. Tells whether there was anything. */
    doAll: async (): Promise<boolean> => {
      let hasActed = false
      await isDoneByCms(async () => {
        for (const given of await options.cms.acts()) {
          if (!(await isDone(options, given))) continue
          await options.cms.endAct(given.id)
          hasActed = true
        }
        await tellDone(options)
      })
      return hasActed
    },
  }
}

/** Does acts. */
export type Acts = ReturnType<typeof createActs>

/** One that fails holds up no other and nothing else of the worker; it is tried again by the next tick. */
async function isDone(options: ActsOptions, given: GivenAct): Promise<boolean> {
  try {
    await doOnce(options, given)
    return true
  } catch (error) {
    options.onAlert('act-failed', { kind: given.act.kind, name: (error as Error).name })
    return false
  }
}

async function doOnce(
  options: ActsOptions,
  { id, at, reason, act }: GivenAct,
  mark: Pick<DoneAct, 'isUntold'> = {},
): Promise<number> {
  const { db, halts } = options
  const count = await inTransaction(db, async (session) => {
    const { doneActs } = ledgerCollections(db)
    if (await doneActs.findOne({ _id: id }, { session })) return 0
    await doneActs.insertOne({ _id: id, at: new Date(at), reason, act, ...mark }, { session })
    return doAct(options, { reason, act, at }, session)
  })
  if (act.kind === 'halt') halts.forget()
  if (count > 0 && act.kind === 'halt' && !act.isOn) await wakeRuns(db, act.scope)
  return count
}

async function doAct(
  { runs, halts, unknownMails }: ActsOptions,
  { reason, act, at }: Omit<GivenAct, 'id'>,
  session: ClientSession,
): Promise<number> {
  switch (act.kind) {
    case 'run':
      return Number(await runs.decideHeld(act, session))
    case 'halt':
      await halts.put(act, { at: new Date(at), reason, session })
      return 1
    case 'mail':
      return unknownMails.decide(act, session)
  }
}

/** What was stopped goes on at once, and not when it would have been looked at again. */
async function wakeRuns(db: Db, scope: string): Promise<void> {
  const [kind, code = ''] = scope.split(':')
  const ofTown = scope !== EVERYTHING && kind === 'town' ? { municipality: code } : {}
  const waiting = { state: 'sending' as const, leaseUntil: null, ...ofTown }
  await ledgerCollections(db).runs.updateMany(waiting, { $set: { wakeAt: null } })
}

/** What was done in the shell stands in the log of the CMS, told as often as it takes to be heard. */
async function tellDone({ db, cms }: ActsOptions): Promise<void> {
  const { doneActs } = ledgerCollections(db)
  for (const { _id, at, reason, act } of await doneActs.find({ isUntold: true }).toArray()) {
    await cms.tellAct({ id: _id, at: at.toISOString(), reason, act })
    await doneActs.updateOne({ _id }, { $unset: { isUntold: '' } })
  }
}
