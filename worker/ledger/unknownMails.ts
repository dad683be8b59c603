import { createHash } from 'node:crypto'

import type { ClientSession, Db, Filter } from 'mongodb'

import type { MailAct, MailDecision } from '../../src/operation/act'
import type { UnknownMail } from '../../src/operation/status'
import { localDayOf } from '../../src/stage/day'
import { ledgerCollections, type Ledger } from './collections'
import type { Batch, Delivery, Run } from './documents'
import { deliveryMove, dueAgainByHand, openAgainByHand, runMove } from './moves'

/** A mail of which nobody knows whether it went, with the municipality it is of. */
export interface OpenMail extends UnknownMail {
  town: string
  /** Id of the delivery. */
  delivery: string
}

/** Mails that are read at once; more than these are a disaster that is decided piece by piece. */
const MAX_READ = 5000

/** Codes of what a person has decided. */
export const BY_HAND: Readonly<Record<Exclude<MailDecision, 'again'>, string>> = {
  sent: 'by-hand-sent',
  notSent: 'by-hand-not-sent',
}

/** The desk of mails of which nobody knows whether they went: listed by number, decided by a person. */
export function createUnknownMails({ db, now }: { db: Db; now: () => Date }) {
  const ledger = { db, now, ...ledgerCollections(db) }
  return {
    /** The open ones, oldest first, of one municipality or of all. */
    list: (town?: string): Promise<OpenMail[]> => list(ledger, town),
    /**
     * Decides some of them. What is sent again goes with the Message-ID it had, on its own day and
     * within its hours; one whose day is over stays as it is.
     *
     * @returns how many were decided.
     */
    decide: (act: MailAct, session: ClientSession): Promise<number> => decide(ledger, act, session),
  }
}

/** The desk. */
export type UnknownMails = ReturnType<typeof createUnknownMails>

/** The number of a mail at the desk, from which no person can be told. *Pure.* */
export function deskNumber(delivery: string): string {
  return createHash('sha256').update(delivery).digest('hex').slice(0, 16)
}

type Known = OpenMail & { batch: string; run: string }

async function list(ledger: Ledger, town?: string): Promise<OpenMail[]> {
  const found = await read(ledger, town)
  return found.map(({ batch: _, run: __, ...mail }) => mail)
}

async function read(ledger: Ledger, town?: string, session?: ClientSession): Promise<Known[]> {
  const { deliveries, batches, runs, now } = ledger
  const ofTown: Filter<Delivery> = town === undefined ? {} : { _id: { $regex: `^${town}:` } }
  const open = await deliveries
    .find({ status: 'unknown', ...ofTown }, { session })
    .sort({ at: 1 })
    .limit(MAX_READ)
    .toArray()
  if (open.length === 0) return []
  const own = { _id: { $in: [...new Set(open.map(({ batch }) => batch))] } }
  const mails = await batches.find({ ...own, channel: 'mail' }, { session }).toArray()
  const batchById = new Map(mails.map((batch) => [batch._id, batch]))
  const ids = [...new Set(mails.map(({ run }) => run))]
  const ofThese = await runs.find({ _id: { $in: ids } }, { session }).toArray()
  const runById = new Map(ofThese.map((run) => [run._id, run]))
  return open.flatMap((delivery) => {
    const batch = batchById.get(delivery.batch)
    const run = batch && runById.get(batch.run)
    return run ? [knownOf(delivery, { batch, run, now: now() })] : []
  })
}

function knownOf(
  { _id, at, code = '' }: Delivery,
  { batch, run, now }: { batch: Batch; run: Run; now: Date },
): Known {
  return {
    number: deskNumber(_id),
    delivery: _id,
    town: batch.municipality,
    date: batch.date,
    at: (at ?? batch.firstTriedAt ?? now).toISOString(),
    code,
    mayGoAgain: isOpenStill(run, now),
    batch: batch._id,
    run: run._id,
  }
}

/** No text goes on another day than its own, nor after its hours. */
function isOpenStill({ date, state, isStale, closesAt }: Run, now: Date): boolean {
  return !isStale && state !== 'held' && date === localDayOf(now) && now < closesAt.mail
}

async function decide(ledger: Ledger, act: MailAct, session: ClientSession): Promise<number> {
  const { town, mails, decision } = act
  const asked = new Set(mails)
  const open = (await read(ledger, town, session)).filter(({ number }) => asked.has(number))
  if (decision === 'again') return sendAgain(ledger, open, session)
  const status = decision === 'sent' ? ('accepted' as const) : ('rejected' as const)
  const written = { status, code: BY_HAND[decision], at: ledger.now() }
  const { filter, update } = deliveryMove({ _id: { $in: open.map(idOf) } }, written)
  const { modifiedCount } = await ledger.deliveries.updateMany(filter, update, { session })
  return modifiedCount
}

async function sendAgain(ledger: Ledger, open: Known[], session: ClientSession): Promise<number> {
  const { deliveries, batches, runs, now } = ledger
  const again = open.filter(({ mayGoAgain }) => mayGoAgain)
  if (again.length === 0) return 0
  const mail = dueAgainByHand({ _id: { $in: again.map(idOf) } }, now())
  const { modifiedCount } = await deliveries.updateMany(mail.filter, mail.update, { session })
  const ofBatches = { _id: { $in: [...new Set(again.map(({ batch }) => batch))] } }
  const batch = openAgainByHand(ofBatches, now())
  await batches.updateMany(batch.filter, batch.update, { session })
  const ofRuns = { _id: { $in: [...new Set(again.map(({ run }) => run))] } }
  const run = runMove({ ...ofRuns, state: 'done' }, { state: 'requested', wakeAt: null })
  await runs.updateMany(run.filter, run.update, { session })
  await runs.updateMany({ ...ofRuns, state: 'sending' }, { $set: { wakeAt: null } }, { session })
  return modifiedCount
}

function idOf({ delivery }: OpenMail): string {
  return delivery
}
