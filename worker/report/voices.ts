import type { Collection, Db } from 'mongodb'

import type { SyncedMunicipality } from '../../src/plan/readCmsDocuments'
import type { VoicedText } from '../../src/release/voiceLink'
import { instantOf, localDayOf } from '../../src/stage/day'
import { addMonths, monthOf, type Month } from '../../src/stage/month'
import { CmsError, type Cms } from '../content/cms'

/** What somebody says of a text: nothing in it is of who they are. */
export interface Voice extends VoicedText {
  /** Of one page that was opened: a second press brings the same voice. */
  once: string
  /** Six-digit code of the municipality that sent the text. */
  municipality: string
  /** What the text is called there. */
  title: string
  verdict: 'helpful' | 'notHelpful' | null
  /** Without numbers and addresses; null without words. */
  comment: string | null
  mayQuote: boolean
  asksForHelp: boolean
  hasPersonalDetails: boolean
}

/**
 * A voice until the CMS has it. It has a random id and of the time its month alone: by the day, a text
 * that went to one reader on it would tell who wrote.
 */
export interface StoredVoice extends Omit<Voice, 'once'> {
  _id: string
  month: Month
  /** The database forgets it at this instant, the same for all of a month. */
  removeAt: Date
}

/** Months that a voice waits for a CMS that does not take it. */
const KEPT_MONTHS = 4

/** Voices that a push brings to the CMS; the rest waits for the next tick. */
const PUSHED_AT_ONCE = 50

/** Creates the index of the voices; may be called at every start. */
export async function ensureVoiceIndexes(db: Db): Promise<void> {
  await voicesOf(db).createIndex({ removeAt: 1 }, { expireAfterSeconds: 0 })
}

interface VoicesOptions {
  db: Db
  cms: Pick<Cms, 'hasVoice' | 'createVoice'>
  municipalities: () => SyncedMunicipality[]
  now: () => Date
}

/** Keeps what readers say of texts. */
export function createVoices({ db, now }: Pick<VoicesOptions, 'db' | 'now'>) {
  return {
    /** Keeps a voice; one that was kept before stays as it is. */
    keep: async ({ once, ...voice }: Voice): Promise<void> => {
      const month = monthOf(localDayOf(now()))
      const removeAt = instantOf(`${addMonths(month, KEPT_MONTHS)}-01`, '00:00')
      const kept = { ...voice, month, removeAt }
      await voicesOf(db).updateOne({ _id: once }, { $setOnInsert: kept }, { upsert: true })
    },
  }
}

/** Brings voices to the CMS, again until it takes them, and forgets them here. */
export function createVoicePush(options: VoicesOptions) {
  const stored = voicesOf(options.db)
  return { push: () => push(options, stored) }
}

async function push(
  { cms, municipalities }: VoicesOptions,
  stored: Collection<StoredVoice>,
): Promise<void> {
  const idOf = new Map(municipalities().map(({ code, cmsId }) => [code, cmsId]))
  // Only of those the CMS has: voices of others must not keep these waiting.
  const waiting = await stored
    .find({ municipality: { $in: [...idOf.keys()] } })
    .sort({ _id: 1 })
    .limit(PUSHED_AT_ONCE)
    .toArray()
  for (const { _id, removeAt: _, municipality: code, key: textKey, ...voice } of waiting) {
    const municipality = idOf.get(code) ?? ''
    try {
      const isThere = await cms.hasVoice(_id)
      if (!isThere) await cms.createVoice({ id: _id, municipality, textKey, ...voice })
    } catch (error) {
      if (error instanceof CmsError) return
      throw error
    }
    await stored.deleteOne({ _id })
  }
}

function voicesOf(db: Db): Collection<StoredVoice> {
  return db.collection<StoredVoice>('voices')
}
