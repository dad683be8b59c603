import { z } from 'zod'

import { address, day, httpRefusal, word, type Reader, type Refuse } from '../cms/endpoint'
import type { ImaginedFamily } from '../plan/imagined'
import type { LocalDay } from '../stage/day'
import type { Anchors } from '../stage/due'

/** One imagined family on one day, as it is asked for. */
export interface ArrivalQuery {
  municipality: string
  date: LocalDay
  anchors: Anchors
  family: Omit<ImaginedFamily, 'channel'>
}

/** A calendar day, or nothing. */
export const optionalDay = z.preprocess((text) => text || undefined, day.optional())
const flag = z.preprocess((text) => text === '1', z.boolean())

const query = z.object({
  municipality: word.min(1, '自治体を選んでください。'),
  date: day,
  due: optionalDay,
  birth: optionalDay,
  entry: optionalDay,
  support: optionalDay,
  announce: optionalDay,
  edition: word.default(''),
  area: word.optional().transform((area) => area || null),
  relation: word.optional(),
  twins: flag,
  corrected: flag,
})

/** 400 with the sentence of each mistake. *Pure.* */
export const eachMistake: Refuse = (issues) =>
  httpRefusal(issues.map(({ message }) => message).join('\n'), 400)

/** Reads the question from the address; 400 with a Japanese sentence for each mistake. */
export const arrivalQuery: Reader<ArrivalQuery> = address(
  query.transform(asArrivalQuery),
  eachMistake,
)

function asArrivalQuery(asked: z.output<typeof query>): ArrivalQuery {
  const { municipality, date, due, birth, entry, support, announce } = asked
  const { edition, area, relation, twins, corrected } = asked
  return {
    municipality,
    date,
    anchors: {
      ...(due && { dueDate: due }),
      ...(birth && { birthDate: birth }),
      ...(entry && { entryDate: entry }),
      ...(support && { supportFrom: support }),
      ...(announce && { announceOn: announce }),
    },
    family: {
      edition,
      area,
      ...(relation && { relation }),
      isTwins: twins,
      isCorrected: corrected,
    },
  }
}
