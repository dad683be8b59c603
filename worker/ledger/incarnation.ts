import { randomUUID } from 'node:crypto'

import type { Db } from 'mongodb'

import { localDayOf, type LocalDay } from '../../src/stage/day'
import { DURABLE, ledgerCollections } from './collections'
import type { Run } from './documents'

/** What a ledger that went back to an earlier state has lost. */
export interface Loss {
  /** The day of the state it went back to. */
  from: LocalDay
  /** Until then another incarnation may have sent. */
  until: Date
  /** What showed it: our own restore, the CMS's reports, or LINE's knowing a key never tried here. */
  shownBy: 'restore' | 'reports' | 'key'
  /** When a person let it go on; null as long as nothing is sent. */
  acceptedAt: Date | null
  /** Runs that the CMS has reports of and this ledger has not. */
  reported?: string[]
}

interface IncarnationOptions {
  db: Db
  now: () => Date
}

/**
 * The incarnations of the ledger: one that went back to an earlier state is another one, with keys
 * of its own, and sends nothing until a person has accepted what it cannot know.
 */
export function createIncarnations({ db, now }: IncarnationOptions) {
  const { installation } = ledgerCollections(db)
  let isPausedHere = false
  const losses = async (): Promise<Loss[]> => {
    const found = (await installation.findOne({ _id: 'installation' }))?.losses ?? []
    isPausedHere = openLossOf(found) !== null
    return found
  }
  return {
    /** Every loss, accepted or not. */
    losses,
    /** The loss that waits for a person, or null. */
    open: async (): Promise<Loss | null> => openLossOf(await losses()),
    /** Whether nothing may be sent, as this process has read or written last; asks nobody. */
    isPausedHere: (): boolean => isPausedHere,
    /** Begins a new incarnation, unless one waits to be accepted already. Tells whether it did. */
    begin: async (loss: Pick<Loss, 'from' | 'shownBy'>): Promise<boolean> => {
      isPausedHere = true
      const begun: Loss = { ...loss, until: now(), acceptedAt: null }
      const { matchedCount } = await installation.updateOne(
        { _id: 'installation', losses: { $not: { $elemMatch: { acceptedAt: null } } } },
        { $set: { namespace: randomUUID() }, $push: { losses: begun } },
        DURABLE,
      )
      return matchedCount === 1
    },
    /** Begins a new incarnation of one that waited to be accepted already. */
    renew: async ({ from, shownBy }: Pick<Loss, 'from' | 'shownBy'>): Promise<void> => {
      const renewed = { 'losses.$.until': now(), 'losses.$.shownBy': shownBy }
      await installation.updateOne(
        { _id: 'installation', losses: { $elemMatch: { acceptedAt: null } } },
        { $set: { namespace: randomUUID(), ...renewed }, $min: { 'losses.$.from': from } },
        DURABLE,
      )
      isPausedHere = true
    },
    /** Lets the ledger go on; the reported runs are never sent by it. */
    accept: async (reported: string[]): Promise<void> => {
      await installation.updateOne(
        { _id: 'installation', losses: { $elemMatch: { acceptedAt: null } } },
        { $set: { 'losses.$.acceptedAt': now(), 'losses.$.reported': reported } },
        DURABLE,
      )
      isPausedHere = false
    },
  }
}

/** The incarnations of the ledger. */
export type Incarnations = ReturnType<typeof createIncarnations>

function openLossOf(losses: readonly Loss[]): Loss | null {
  return losses.find(({ acceptedAt }) => acceptedAt === null) ?? null
}

/** What is asked of a run: also one that is not there yet. */
export interface RunSpan {
  run: Pick<Run, '_id' | 'kind' | 'date'> & Partial<Pick<Run, 'requestedAt'>>
  /** When its municipality's first channel opens on its day. */
  opening: Date
}

/**
 * Whether a ledger that was lost may have worked on a run: it was asked for before, its hours had
 * begun before, or the CMS has a report of it. *Pure.*
 */
export function mayHaveGone(losses: readonly Loss[], { run, opening }: RunSpan): boolean {
  return losses.some(({ from, until, reported = [] }) => {
    if (run.requestedAt && run.requestedAt <= until) return true
    if (reported.includes(run._id)) return true
    const isInside = run.date >= from && run.date <= localDayOf(until)
    return run.kind === 'daily' && isInside && opening <= until
  })
}
