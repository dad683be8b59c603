import type { Db } from 'mongodb'

import { createClosing } from './closing'
import { createLastSecondDrops } from './lastSecondDrops'
import { createSendingMarks } from './sendingMarks'
import { createOutcomes } from './outcomes'
import { createPageReads } from './pages'

/** All that a sender reads and writes of a claimed run: five stores under one name. */
export function createSendingStore(context: { db: Db; now: () => Date }) {
  return {
    ...createPageReads(context),
    ...createLastSecondDrops(context),
    ...createSendingMarks(context),
    ...createOutcomes(context),
    ...createClosing(context),
  }
}

/** The sender's store. */
export type SendingStore = ReturnType<typeof createSendingStore>
