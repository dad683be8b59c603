import type { Db } from 'mongodb'

import { localDayOf } from '../../src/stage/day'
import { monthOf, type Month } from '../../src/stage/month'
import { forgottenAfter } from './collections'

/** How the registration of one municipality was used in a month: numbers only. */
export interface FormUse {
  /** `code|2026-10`, and `code|2026-10|source` of those who came by a source. */
  _id: string
  opened?: number
  started?: number
  /** The database forgets it at this instant. */
  removeAt: Date
}

/** What is counted: the registration was opened, and its first question answered. */
export type FormStep = 'opened' | 'started'

/** Long enough for the month to be told of, and for a person to ask about it. */
const KEPT_MS = 400 * 24 * 60 * 60 * 1000

/** The counts of the registration's use, by municipality and month. */
export function formUses(db: Db) {
  return db.collection<FormUse>('formUses')
}

/** Id of one of them: of all, or of those who came by a source. *Pure.* */
export function formUseId(municipality: string, month: Month, source?: string): string {
  return source === undefined ? `${municipality}|${month}` : `${municipality}|${month}|${source}`
}

/** What is counted of those whose address named no source. */
export const NO_SOURCE = 'none'

/** Anybody can write a source into an address: of so many a month each is counted by itself. */
const MOST_SOURCES = 500

/** Creates their index; may be called at every start. */
export async function ensureFormUseIndexes(db: Db): Promise<void> {
  await formUses(db).createIndex({ removeAt: 1 }, { expireAfterSeconds: 0 })
}

/**
 * Counts that a form was opened or its first answer given, by the source of its address; nothing tells
 * the visitors apart.
 */
export function createFormUse({ db, now }: { db: Db; now: () => Date }) {
  return {
    countForm: async (municipality: string, step: FormStep, source: string | null) => {
      const month = monthOf(localDayOf(now()))
      await count(db, formUseId(municipality, month), step)
      const id = formUseId(municipality, month, source ?? NO_SOURCE)
      const isCounted = (await formUses(db).countDocuments({ _id: id })) > 0
      if (isCounted || (await hasRoom(db, formUseId(municipality, month)))) {
        await count(db, id, step)
      }
    },
  }
}

async function count(db: Db, id: string, step: FormStep): Promise<void> {
  await formUses(db).updateOne(
    { _id: id },
    { $inc: { [step]: 1 }, $setOnInsert: { removeAt: forgottenAfter(KEPT_MS) } },
    { upsert: true },
  )
}

async function hasRoom(db: Db, ofMonth: string): Promise<boolean> {
  const bySource = { _id: { $gte: `${ofMonth}|`, $lt: `${ofMonth}}` } }
  return (await formUses(db).countDocuments(bySource, { limit: MOST_SOURCES })) < MOST_SOURCES
}
