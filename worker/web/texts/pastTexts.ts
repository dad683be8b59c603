import type { Db } from 'mongodb'

import { WELCOME_SLOT } from '../../../src/plan/reader'
import { sentWords, type SentWords } from '../../../src/release/sentWords'
import type { LocalDay } from '../../../src/stage/day'
import { isSupport } from '../../../src/stage/support'
import type { SyncedContent, SyncedReleases } from '../../content/syncedContent'
import { isWithdrawn } from '../../deliver/content'
import type { StoredPayload } from '../../ledger/documents'
import { createReaderTexts, type ReaderText } from '../../ledger/readerTexts'

/** A text that a provider took for a reader, or may have taken: `accepted` does not mean arrived. */
export type PastText = Omit<ReaderText, 'status'> & { status: 'accepted' | 'unknown' }

/** What may be shown of a text: nothing of one that was withdrawn. */
export type PastWords =
  | { isWithdrawn: true }
  | {
      isWithdrawn: false
      words: SentWords
      /** Part of it was published anew since, with other words. */
      isRenewed: boolean
    }

/** The texts readers got, as far as they are kept. */
export interface PastTexts {
  /** Those of some of a reader's children, newest first; of all others nothing is told. */
  of: (asked: {
    readerId: string
    children: readonly string[]
    since: LocalDay
  }) => Promise<PastText[]>
  /** Support texts that a reader asked for, newest first, whichever child it was after. */
  support: (asked: { readerId: string; since: LocalDay }) => Promise<PastText[]>
  /** Every delivery to a reader, whatever became of it and of the child: a copy for them. */
  every: (asked: { readerId: string; since: LocalDay }) => Promise<ReaderText[]>
  /** Their words as they went out, by the hash of the payload. */
  words: (texts: readonly Pick<PastText, 'payload'>[]) => Promise<Map<string, PastWords>>
}

interface PastTextsOptions {
  db: Db
  syncedContent: Pick<SyncedContent, 'refresh' | 'releases'>
}

/**
 * Reads the texts readers got from the ledger. The words are those of the payload that went out, not
 * composed again: the town's contact, its add-ons and the edition may be others today.
 */
export function createPastTexts({ db, syncedContent }: PastTextsOptions): PastTexts {
  const texts = createReaderTexts(db)
  const slotsOf = async () => {
    await syncedContent.refresh()
    return [...syncedContent.releases().slots(), WELCOME_SLOT]
  }
  return {
    of: async ({ readerId: reader, ...asked }) =>
      (await texts.of({ reader, ...asked, slots: await slotsOf() })).filter(isTaken),
    support: async ({ readerId: reader, since }) => {
      const slots = (await slotsOf()).filter(isSupport)
      return (await texts.of({ reader, children: 'every', since, slots })).filter(isTaken)
    },
    every: async ({ readerId: reader, since }) =>
      texts.of({ reader, children: 'every', since, slots: await slotsOf() }),
    words: async (asked) => {
      await syncedContent.refresh()
      const releases = syncedContent.releases()
      const payloads = await texts.payloads(asked.map(({ payload }) => payload))
      return new Map([...payloads].map(([hash, one]) => [hash, wordsOfPayload(one, releases)]))
    },
  }
}

function isTaken(text: ReaderText): text is PastText {
  return text.status === 'accepted' || text.status === 'unknown'
}

function wordsOfPayload(payload: StoredPayload, releases: SyncedReleases): PastWords {
  if (isWithdrawn(payload, releases)) return { isWithdrawn: true }
  const isRenewed = payload.releaseKeys.some(
    (key, at) => releases.latest(key)?.contentHash !== payload.contentHashes[at],
  )
  return { isWithdrawn: false, words: sentWords(payload), isRenewed }
}
