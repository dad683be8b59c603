import type { PayloadRequest } from 'payload'

import { toStore } from '../cms/stored'
import { municipalityIdOf } from '../people/roles'
import type { Denominator } from '../statistics/denominators'

/** A number as a person gave it. */
export interface GivenDenominator extends Denominator {
  source: string
  /** `2026-11-01`. */
  countedOn: string
}

/** What was done with it; `before` is the number that stood there. */
export type Saved =
  { action: 'created' } | { action: 'changed' | 'unchanged'; before: GivenDenominator }

/**
 * Writes a number of the person's own municipality, over the one that is there for its kind and period;
 * the collection's access and checks are asked.
 */
export async function saveDenominator(
  req: PayloadRequest,
  given: GivenDenominator,
): Promise<Saved> {
  const { kind, period, count, source, countedOn } = given
  const municipality = municipalityIdOf(req.user)
  const { docs } = await req.payload.find({
    collection: 'kizuna-denominators',
    where: {
      and: [
        { municipality: { equals: municipality ?? '' } },
        { kind: { equals: kind } },
        { period: { equals: period } },
      ],
    },
    depth: 0,
    limit: 1,
    pagination: false,
    overrideAccess: false,
    req,
  })
  const [found] = docs
  const write = { depth: 0, overrideAccess: false, req } as const
  if (!found) {
    const data = toStore({ ...given, municipality })
    await req.payload.create({ collection: 'kizuna-denominators', data, ...write })
    return { action: 'created' }
  }
  const before = { ...given, ...pick(found) }
  const isSame =
    before.count === count && before.source === source && before.countedOn === countedOn
  if (isSame) return { action: 'unchanged', before }
  const data = { count, source, countedOn }
  await req.payload.update({ collection: 'kizuna-denominators', id: found.id, data, ...write })
  return { action: 'changed', before }
}

function pick({ count, source, countedOn }: Omit<GivenDenominator, 'kind' | 'period'>) {
  return { count, source, countedOn }
}
