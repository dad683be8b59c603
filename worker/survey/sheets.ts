import { createHash, randomBytes } from 'node:crypto'

import type { Db } from 'mongodb'

import { blindIndex, type KeyRing } from '../../src/secret/seal'
import { localDayOf } from '../../src/stage/day'
import type { Answers } from '../../src/survey/answers'
import { inTransaction } from '../database/transaction'
import type { Child, Reader } from '../readers/reader'
import { wasAsked } from './asked'
import { sharedBands } from './bands'
import { openBands, sealAnswer, sealBands } from './sealed'
import {
  surveyCollections,
  type SurveyCollections,
  type SurveyToken,
  type SyncedSurvey,
} from './collections'

/** Who asks to answer a survey: a reader whose texts come, with the children they come for. */
export interface Asking {
  survey: string
  reader: Reader
  children: readonly Child[]
}

/** What became of asking: the token of the page, or why there is none. */
export type Taken =
  | { status: 'open'; token: string }
  | { status: 'answered' }
  | { status: 'ended' }
  | { status: 'notAsked' }
  | { status: 'unknown' }

/** A survey somebody may answer now. */
export interface OpenSheet {
  token: Pick<SurveyToken, 'municipality'>
  survey: SyncedSurvey
}

interface SheetsOptions {
  db: Db
  ring: KeyRing
  now: () => Date
}

/**
 * Lets readers answer surveys without anybody learning who answered what.
 *
 * The token follows from the reader and the survey by the installation's key, and is stored as a hash
 * alone: so the reader's link opens the same page again until it is answered, after a closed browser
 * too, and the database does not say whose a token is. Who holds the key as well can tell which tokens
 * are still unused; the answer has a random id and nothing of the token, which is gone with it, so nobody
 * can tell what was answered. All that is stored is stored in the order of hashes or random ids, and
 * what was answered is sealed: asked day by day, there may be one alone who has been asked yet.
 */
export function createSheets(options: SheetsOptions) {
  const stored = surveyCollections(options.db)
  const deps: Deps = { ...options, ...stored }
  return {
    /** The survey with this id, as long as it is kept. */
    survey: (id: string): Promise<SyncedSurvey | null> => stored.surveys.findOne({ _id: id }),
    /** The surveys that a reader was asked and may still answer. */
    toAnswer: (reader: Reader): Promise<SyncedSurvey[]> => toAnswer(deps, reader),
    /** Notes that the reader has opened it, and gives the token of the page, the same each time. */
    take: (asking: Asking): Promise<Taken> => take(deps, asking),
    /** What a token opens; null when it was answered, has ended or is none. */
    open: (token: string): Promise<OpenSheet | null> => open(deps, token),
    /** Keeps the answers and ends the token; false when it was ended before: nothing is kept twice. */
    answer: (token: string, given: Given): Promise<boolean> => answer(deps, token, given),
  }
}

/** Lets readers answer surveys. */
export type Sheets = ReturnType<typeof createSheets>

/** What somebody answered, and on what. */
export interface Given {
  answers: Answers
  device: string
}

type Deps = SheetsOptions & SurveyCollections

async function take(deps: Deps, { survey: id, reader, children }: Asking): Promise<Taken> {
  const { ring, now, db } = deps
  const survey = await deps.surveys.findOne({ _id: id })
  if (!survey || !isOf(survey, reader.municipality)) return { status: 'unknown' }
  const day = localDayOf(now())
  if (survey.content.endsOn < day) return { status: 'ended' }
  const { municipality } = reader
  if (!(await wasAsked(db, { survey: id, municipality, reader: reader._id }))) {
    return { status: 'notAsked' }
  }
  const { token, mark: markId } = keysOf(deps, { survey: id, reader: reader._id })
  const shared = {
    survey: id,
    municipality,
    removeAt: survey.removeAt,
  }
  const mark = { _id: markId, ...shared }
  if ((await deps.marks.findOne({ _id: mark._id })) === null) {
    const sealed = sealBands(ring, await sharedBands(db, { reader, children, day }))
    await inTransaction(db, async (session) => {
      if ((await deps.marks.findOne({ _id: mark._id }, { session })) !== null) return
      await deps.marks.insertOne(mark, { session })
      await deps.tokens.insertOne({ _id: hashOf(token), ...shared, sealed }, { session })
    })
  }
  const isUnused = (await deps.tokens.findOne({ _id: hashOf(token) })) !== null
  return isUnused ? { status: 'open', token } : { status: 'answered' }
}

async function toAnswer(deps: Deps, reader: Reader): Promise<SyncedSurvey[]> {
  const { municipality, _id } = reader
  const today = localDayOf(deps.now())
  const running = await deps.surveys
    .find({
      'content.endsOn': { $gte: today },
      'content.municipality': { $in: [null, municipality] },
    })
    .toArray()
  const found = await Promise.all(
    running.map(async (survey) => {
      const { token, mark } = keysOf(deps, { survey: survey._id, reader: _id })
      const isOpen =
        (await wasAsked(deps.db, { survey: survey._id, municipality, reader: _id })) &&
        ((await deps.marks.findOne({ _id: mark })) === null ||
          (await deps.tokens.findOne({ _id: hashOf(token) })) !== null)
      return isOpen ? [survey] : []
    }),
  )
  return found.flat()
}

/** The reader's token for a survey, and their mark: by the installation's key alone. */
function keysOf({ ring }: Deps, { survey, reader }: { survey: string; reader: string }) {
  const who = `${survey}:${reader}`
  return {
    token: blindIndex(ring, who, 'survey-token'),
    mark: blindIndex(ring, who, 'survey-mark'),
  }
}

function isOf({ content }: SyncedSurvey, municipality: string): boolean {
  return content.municipality === null || content.municipality === municipality
}

async function open(deps: Deps, token: string): Promise<OpenSheet | null> {
  const found = await deps.tokens.findOne({ _id: hashOf(token) })
  const survey = found && (await deps.surveys.findOne({ _id: found.survey }))
  if (!survey || survey.content.endsOn < localDayOf(deps.now())) return null
  return { survey, token: { municipality: found.municipality } }
}

async function answer(deps: Deps, token: string, given: Given): Promise<boolean> {
  const { db, ring } = deps
  let isKept = false
  await inTransaction(db, async (session) => {
    isKept = false
    const used = await deps.tokens.findOneAndDelete({ _id: hashOf(token) }, { session })
    if (!used) return
    const sealed = sealAnswer(ring, { ...openBands(ring, used.sealed), ...given })
    await deps.answers.insertOne({ ...used, _id: randomId(), sealed }, { session })
    isKept = true
  })
  return isKept
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

function randomId(): string {
  return randomBytes(16).toString('base64url')
}
