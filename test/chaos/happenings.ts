import { addDays } from '../../src/stage/day'
import type { DeliveryHalf } from '../../worker/app/deliveryHalf'
import { TODAY } from '../src/plan/town'
import { datesFor, SLOTS, type Expected, type Families } from './families'
import type { Random } from './random'

/** What people do while their texts go out, as the product's own forms let them. */
export interface Happenings {
  /** One family does one thing. */
  happen: () => Promise<void>
  /** How many did something. */
  count: () => number
}

interface HappeningsOptions {
  random: Random
  families: Families
  delivery: DeliveryHalf
}

/** Lets people stop, lose a child, report a birth, correct a date or add a child. */
export function createHappenings({ random, families, delivery }: HappeningsOptions): Happenings {
  const { readers } = delivery
  const { changed, expected, possible } = families
  // a slot the reader has already would make two of their children's copies look the same
  const freeSlot = (readerId: string, series = '') => {
    const all = [...expected, ...possible].filter(({ id }) => id.startsWith(`${readerId}:`))
    const had = new Set(all.map(({ id }) => id.split(':')[2]))
    return random.pick(SLOTS.filter((slot) => slot.startsWith(series) && !had.has(slot)))
  }
  const mayGet = (of: Expected, childId: string, slot: string) => {
    const [readerId] = of.id.split(':')
    possible.push({ ...of, id: `${readerId}:${childId}:${slot}` })
  }
  const deeds = [
    ({ readerId }: Ids) => readers.stopReader(readerId),
    (ids: Ids) => readers.stopChild(ids),
    (ids: Ids, of: Expected) => {
      const age = Number(freeSlot(ids.readerId, 'day').slice('day'.length))
      mayGet(of, ids.childId, `day${age}`)
      return readers.reportBirth({ ...ids, birthDate: addDays(TODAY, -age) })
    },
    (ids: Ids, of: Expected) => {
      const slot = freeSlot(ids.readerId)
      mayGet(of, ids.childId, slot)
      return readers.changeAnchor({ ...ids, dates: datesFor(slot, 0) })
    },
    ({ readerId, childId }: Ids, of: Expected) => {
      const slot = freeSlot(readerId)
      const added = `${childId}b`
      mayGet(of, added, slot)
      return readers.addChild({
        readerId,
        childId: added,
        answer: 'another',
        ...datesFor(slot, 0),
      })
    },
  ]
  return {
    count: () => changed.size,
    happen: async () => {
      const of = random.pick(expected)
      const [readerId = '', childId = ''] = of.id.split(':')
      if (changed.has(readerId)) return
      changed.add(readerId)
      await random.pick(deeds)({ readerId, childId }, of)
    },
  }
}

interface Ids {
  readerId: string
  childId: string
}
