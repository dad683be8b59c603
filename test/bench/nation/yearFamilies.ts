import { addDays, daysBetween, type LocalDay } from '../../../src/stage/day'
import type { DeliveryHalf } from '../../../worker/app/deliveryHalf'
import { ledgerCollections } from '../../../worker/ledger/collections'
import { deliveryId } from '../../../src/plan/candidate'
import { readerCollections } from '../../../worker/readers/collections'
import { MAIL_ACCOUNT, type Address } from '../../../worker/readers/reader'
import { createRandom, type Random } from '../../chaos/random'
import { AREAS, lineAccount, range } from '../fixtures'
import { populate, type Family } from '../population'

/** Families are written to from 4w0d, the 28th day of pregnancy, to the third birthday. */
const FIRST_DAY = 28
const BIRTH_DAY = 280
const LAST_DAY = BIRTH_DAY + 1096

/** Share of the families that stop on a day, for whatever reason. */
const STOPS_A_DAY = 0.002
/** One stop of so many is that of a child alone. */
const CHILD_STOPS = 20

/** A family of the year. */
interface OwnFamily {
  readerId: string
  childId: string
  code: string
  /** The 280th day of pregnancy is the due date, and the birthday. */
  dueDate: LocalDay
}

interface YearFamiliesInput {
  delivery: DeliveryHalf
  codes: readonly string[]
  /** How many there are on every day. */
  readers: number
  /** The day before the first. */
  today: LocalDay
}

/**
 * A population that is the same in size and in what it gets: who leaves, at the third birthday or on
 * any day before, is replaced by a family at the first day of texts or at any, and every expected
 * child is reported on its due date. What the first families got before is in the ledger, without
 * the batches, as it is once the details have been removed.
 */
export async function createYearFamilies(input: YearFamiliesInput) {
  const random = createRandom(42)
  const families = await storeFirst(input, random)
  const year: Year = { ...input, random, families, added: input.readers }
  return {
    /** What people do on a day, through the store that the readers' pages use. */
    liveOn: (day: LocalDay) => liveOn(year, day),
  }
}

interface Year extends YearFamiliesInput {
  random: Random
  families: OwnFamily[]
  /** How many families there ever were. */
  added: number
}

/** Where a family is on its way, counted from the beginning of the pregnancy. */
function positionOn({ dueDate }: Pick<OwnFamily, 'dueDate'>, day: LocalDay): number {
  return BIRTH_DAY + daysBetween(dueDate, day)
}

async function storeFirst({ delivery, codes, readers, today }: YearFamiliesInput, random: Random) {
  const { db, ring } = delivery
  for (const [at, municipality] of codes.entries()) {
    const own = range(1, readers).filter((number) => number % codes.length === at)
    const { provider } = lineAccount(municipality)
    const where = { db, ring, municipality, provider, today }
    await populate(
      where,
      own.map(() => anyFamily(random)),
    )
  }
  const children = await readerCollections(db).children.find().sort({ _id: 1 }).toArray()
  const families = children.map(({ _id, readers: [readerId = ''], municipality, ...dates }) => {
    const dueDate = dates.birthDate ?? dates.dueDate ?? today
    return { childId: _id, readerId, code: municipality, dueDate }
  })
  await storeHistory({ delivery, families, today, random })
  return families
}

function anyFamily(random: Random): Family {
  const position = FIRST_DAY + random.upTo(LAST_DAY - FIRST_DAY) - 1
  const isBorn = position >= BIRTH_DAY
  return {
    gestation: isBorn ? null : position,
    age: isBorn ? position - BIRTH_DAY : null,
    channel: random.upTo(100) <= 15 ? 'mail' : 'line',
    edition: random.upTo(10) === 1 ? 'easy' : 'standard',
    area: AREAS[random.upTo(4) - 1] ?? null,
  }
}

interface HistoryInput {
  delivery: DeliveryHalf
  families: OwnFamily[]
  today: LocalDay
  random: Random
}

/** Deliveries that are written at once. */
const WRITE_CHUNK = 20_000

/** The deliveries of each family since it registered, as long ago as one is that has not stopped. */
async function storeHistory({ delivery: { db }, families, today, random }: HistoryInput) {
  const { deliveries } = ledgerCollections(db)
  const pairs = await readerCollections(db).pairs.find().toArray()
  const pairOf = new Map(pairs.map(({ _id, child }) => [child, _id]))
  let waiting: { _id: string; batch: string }[] = []
  for (const { childId, code, dueDate } of families) {
    const position = positionOn({ dueDate }, today)
    const stayed = Math.floor(-Math.log(1 - random.next()) / STOPS_A_DAY)
    const pair = pairOf.get(childId) ?? ''
    const slots = slotsBetween(Math.max(FIRST_DAY, position - stayed), position)
    const batch = `${code}:${addDays(today, -LAST_DAY)}/1.1`
    waiting.push(...slots.map((slot) => ({ _id: deliveryId(pair, slot), batch })))
    if (waiting.length < WRITE_CHUNK) continue
    await deliveries.insertMany(waiting, { ordered: false })
    waiting = []
  }
  if (waiting.length > 0) await deliveries.insertMany(waiting, { ordered: false })
}

/** Slots of the fixtures' texts whose day has come for certain. *Pure.* */
function slotsBetween(from: number, to: number): string[] {
  return range(from, to - 1).flatMap((day) => {
    if (day < BIRTH_DAY) return `${Math.floor(day / 7)}w${day % 7}d`
    const age = day - BIRTH_DAY
    if (age <= 100) return `day${age}`
    return age % 31 === 0 ? `month${age / 31}` : []
  })
}

async function liveOn(year: Year, day: LocalDay): Promise<void> {
  const { delivery, families, random, readers } = year
  const isLeaving = (one: OwnFamily) =>
    positionOn(one, day) > LAST_DAY || random.next() < STOPS_A_DAY
  const leaving = families.filter(isLeaving)
  const gone = new Set(leaving)
  year.families = families.filter((one) => !gone.has(one))
  for (const { readerId, childId } of leaving) {
    if (random.upTo(CHILD_STOPS) === 1) await delivery.readers.stopChild({ readerId, childId })
    else await delivery.readers.stopReader(readerId)
  }
  for (const { readerId, childId, dueDate } of year.families) {
    if (dueDate === day) await delivery.readers.reportBirth({ readerId, childId, birthDate: day })
  }
  const grown = leaving.filter((one) => positionOn(one, day) > LAST_DAY).length
  for (let count = year.families.length; count < readers; count += 1) {
    await join(year, { day, isFirstDay: count >= readers - grown })
  }
}

async function join(year: Year, { day, isFirstDay }: { day: LocalDay; isFirstDay: boolean }) {
  const { delivery, codes, random } = year
  const code = random.pick(codes)
  const family = anyFamily(random)
  const position = isFirstDay ? FIRST_DAY : (family.gestation ?? BIRTH_DAY + (family.age ?? 0))
  const dueDate = addDays(day, BIRTH_DAY - position)
  year.added += 1
  const { readerId, childId } = await delivery.readers.register({
    municipality: code,
    address: addressOf(family.channel, code, year.added),
    edition: family.edition ?? 'standard',
    relation: 'mother',
    area: family.area ?? null,
    source: null,
    consentedAt: delivery.now(),
    consentVersion: '1',
    child: position >= BIRTH_DAY ? { birthDate: dueDate } : { dueDate },
  })
  await delivery.welcomes.requestWelcome(readerId)
  year.families.push({ readerId, childId, code, dueDate })
}

function addressOf(channel: Family['channel'], code: string, number: number): Address {
  if (channel === 'mail') {
    return { channel, account: MAIL_ACCOUNT, address: `n${number}@f${code}.example` }
  }
  const address = `U${number.toString(16).padStart(32, 'f')}`
  return { channel, account: lineAccount(code).provider, address }
}
