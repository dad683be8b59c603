import type { Db } from 'mongodb'

import type { LocalDay } from '../../src/stage/day'

/** Creates the index of what asks surveys; may be called at every start. */
export async function ensureAskedSurveys(db: Db): Promise<void> {
  await releasesOf(db).createIndex(
    { 'content.municipality': 1, 'content.validTo': 1 },
    { partialFilterExpression: ASKS },
  )
}

interface Days {
  /** Code of the municipality. */
  municipality: string
  from: LocalDay
  to: LocalDay
}

/** Ids of the surveys that texts of a municipality ask between two days, of withdrawn ones too. */
export function surveysAsked(db: Db, { municipality, from, to }: Days): Promise<string[]> {
  return releasesOf(db).distinct(ASKED, {
    ...ASKS,
    'content.municipality': municipality,
    'content.validTo': { $gte: from },
    $or: [{ 'content.validFrom': null }, { 'content.validFrom': { $lte: to } }],
  })
}

const ASKED = 'content.blocks.survey'
const ASKS = { [ASKED]: { $exists: true } }

function releasesOf(db: Db) {
  return db.collection('synced_releases')
}
