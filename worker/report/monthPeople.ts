import type { Db } from 'mongodb'

import {
  ACTIVE_DIMENSIONS,
  STAGE_BANDS,
  type Dimension,
  type StageBand,
} from '../../src/statistics/figures'
import type { Counted } from '../../src/statistics/protect'
import { OCCASIONS } from '../../src/source/occasions'
import { localDayOf, type LocalDay } from '../../src/stage/day'
import { stageAt } from '../../src/stage/stage'
import type { SyncedMunicipality } from '../../src/plan/readCmsDocuments'
import { NO_SOURCE } from '../readers/formUse'
import type { Child, Reader, Relation } from '../readers/reader'

/** Code of people who fall under no known one. */
const OTHER = 'other'

/** Code of those of whom nothing is known. */
const NONE = NO_SOURCE

const RELATIONS: readonly Relation[] = ['mother', 'father', 'grandparent', 'other']

/** What somebody is told apart by. */
type Kinds = Record<Dimension, string>

type Counts = Record<Dimension, Map<string, number>>

/** The codes that may be told of a municipality, in their public order, whoever is there. */
export type KnownCodes = Record<Dimension, readonly string[]>

/** The known codes of a municipality: never taken from its readers, as a code alone tells of one. *Pure.* */
export function knownCodes(
  { areas, editions }: Pick<SyncedMunicipality, 'areas' | 'editions'>,
  sources: readonly string[],
): KnownCodes {
  return {
    source: [...new Set([...sources, ...SAID])].filter(isOwn).concat(OTHER, NONE),
    relation: RELATIONS,
    stage: STAGE_BANDS,
    channel: ['line', 'mail'],
    area: [...areas.filter(isOwn), OTHER, NONE],
    edition: [...editions, OTHER],
  }
}

/** What a reader may say of how they heard of the texts. */
const SAID: readonly string[] = OCCASIONS.map(({ value }) => value)

function isOwn(code: string): boolean {
  return code !== OTHER && code !== NONE
}

type Person = Pick<
  Reader,
  'relation' | 'source' | 'area' | 'edition' | 'identities' | 'consentedAt'
> & {
  children: Pick<Child, 'birthDate' | 'dueDate'>[]
}

/** Counts readers of one municipality by everything they are told apart by. */
export async function countPeople(
  db: Db,
  { who, codes, on }: { who: object; codes: KnownCodes; on: 'consent' | LocalDay },
): Promise<{ total: number; by: Record<Dimension, Counted[]> }> {
  const people = db.collection<Reader>('readers').aggregate<Person>([
    { $match: who },
    {
      $project: {
        relation: 1,
        source: 1,
        area: 1,
        edition: 1,
        consentedAt: 1,
        'identities.channel': 1,
      },
    },
    {
      $lookup: {
        from: 'children',
        localField: '_id',
        foreignField: 'readers',
        pipeline: [{ $project: { birthDate: 1, dueDate: 1 } }],
        as: 'children',
      },
    },
  ])
  const counts = emptyCounts()
  let total = 0
  for await (const person of people) {
    total += 1
    const day = on === 'consent' ? localDayOf(person.consentedAt) : on
    for (const [name, code] of Object.entries(kindsOf(person, day)) as [Dimension, string][]) {
      const known = codes[name].includes(code)
        ? code
        : (codes[name].find((one) => one === OTHER) ?? '')
      counts[name].set(known, (counts[name].get(known) ?? 0) + 1)
    }
  }
  const by = Object.fromEntries(
    Object.entries(counts).map(([name, found]) => [
      name,
      codes[name as Dimension].map((code) => ({ code, count: found.get(code) ?? 0 })),
    ]),
  )
  return { total, by: by as Record<Dimension, Counted[]> }
}

function emptyCounts(): Counts {
  const names: Dimension[] = ['source', 'relation', ...ACTIVE_DIMENSIONS]
  return Object.fromEntries(names.map((name) => [name, new Map()])) as Counts
}

function kindsOf({ children, identities, ...person }: Person, day: LocalDay): Kinds {
  return {
    source: person.source ?? NONE,
    relation: person.relation,
    stage: youngestBand(children, day),
    channel: identities.some(({ channel }) => channel === 'line') ? 'line' : 'mail',
    area: person.area ?? NONE,
    edition: person.edition,
  }
}

/** The stage of somebody by their children: of several the youngest. *Pure.* */
export function youngestBand(
  children: readonly Pick<Child, 'birthDate' | 'dueDate'>[],
  day: LocalDay,
): StageBand {
  const bands = children.map((child) => bandOf(child, day))
  return STAGE_BANDS.find((band) => bands.includes(band)) ?? 'unknown'
}

const YEAR = 12

function bandOf(
  { birthDate, dueDate }: Pick<Child, 'birthDate' | 'dueDate'>,
  day: LocalDay,
): StageBand {
  if (birthDate === undefined && dueDate === undefined) return 'unknown'
  const stage = stageAt({ birthDate, dueDate }, day)
  if (stage.kind !== 'child') return 'pregnant'
  if (stage.months < YEAR) return 'age0'
  return stage.months < 3 * YEAR ? 'age1to2' : 'age3up'
}
