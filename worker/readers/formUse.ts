import type { Db } from 'mongodb'

import { localDayOf } from '../../src/stage/day'
import { monthOf, type Month } from '../../src/stage/month'
import { forgottenAfter } from './collections'

/** How the registration of one municipality was used in a month: numbers only. */
export interface FormUse {
  /** `code|2026-10` */
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

/** Id of one of them. *Pure.* */
export function formUseId(municipality: string, month: Month): string {
  return `${municipality}|${month}`
}

/** Creates their index; may be called at every start. */
export async function ensureFormUseIndexes(db: Db): Promise<void> {
  await formUses(db).createIndex({ removeAt: 1 }, { expireAfterSeconds: 0 })
}

/** Counts that a form was opened or its first answer given; nothing tells the visitors apart. */
export function createFormUse({ db, now }: { db: Db; now: () => Date }) {
  return {
    countForm: async (municipality: string, step: FormStep): Promise<void> => {
      const at = now()
      await formUses(db).updateOne(
        { _id: formUseId(municipality, monthOf(localDayOf(at))) },
        { $inc: { [step]: 1 }, $setOnInsert: { removeAt: forgottenAfter(KEPT_MS) } },
        { upsert: true },
      )
    },
  }
}
