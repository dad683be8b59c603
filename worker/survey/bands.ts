import type { Db } from 'mongodb'

import { SMALL } from '../../src/statistics/figures'
import type { LocalDay } from '../../src/stage/day'
import { youngestBand } from '../report/monthPeople'
import type { Child, Reader } from '../readers/reader'
import type { Bands } from './collections'

/** Readers that are looked at to find some who share what is told of one: it has to be quick. */
const LOOKED_AT = 2000

interface Answerer {
  reader: Pick<Reader, 'municipality' | 'relation' | 'area'>
  children: readonly Pick<Child, 'birthDate' | 'dueDate'>[]
  day: LocalDay
}

/**
 * What is told of somebody who answers: no more than at least five readers of the town share, so that no
 * answer is of the one grandfather in the north. The area is left out first, then the relation, then the
 * stage.
 */
export async function sharedBands(db: Db, { reader, children, day }: Answerer): Promise<Bands> {
  const { municipality, relation, area } = reader
  const stage = youngestBand(children, day)
  const steps: Bands[] = [
    { stage, relation, area },
    { stage, relation, area: null },
    { stage, relation: null, area: null },
  ]
  for (const bands of steps) {
    if (await areShared(db, { municipality, bands, day })) return bands
  }
  return { stage: 'unknown', relation: null, area: null }
}

interface Shared {
  municipality: string
  bands: Bands
  day: LocalDay
}

async function areShared(db: Db, { municipality, bands, day }: Shared): Promise<boolean> {
  const { stage, relation, area } = bands
  const found = db.collection<Reader>('readers').aggregate<{ children: Child[] }>([
    {
      $match: {
        municipality,
        status: 'active',
        ...(relation !== null && { relation }),
        ...(area !== null && { area }),
      },
    },
    { $limit: LOOKED_AT },
    {
      $lookup: {
        from: 'children',
        localField: '_id',
        foreignField: 'readers',
        pipeline: [{ $project: { birthDate: 1, dueDate: 1 } }],
        as: 'children',
      },
    },
    { $project: { children: 1 } },
  ])
  let alike = 0
  for await (const { children } of found) {
    if (children.length > 0 && youngestBand(children, day) === stage) alike += 1
    if (alike >= SMALL) return true
  }
  return false
}
