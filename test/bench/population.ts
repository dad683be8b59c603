import { createHash } from 'node:crypto'

import type { Db } from 'mongodb'

import type { KeyRing } from '../../src/secret/seal'
import { addDays, type LocalDay } from '../../src/stage/day'
import { checkPairs } from '../../worker/readers/checkPairs'
import { sealIdentity } from '../../worker/readers/identity'
import { MAIL_ACCOUNT, type Address, type Child, type Reader } from '../../worker/readers/reader'
import { AREAS, range } from './fixtures'

/** Days from conception by the book to the due date (40w0d). */
const PREGNANCY_DAYS = 280

/** A reader to be made, with one child (or twins, or an older sibling). */
export interface Family {
  /** Day of pregnancy, or null when the child is born. */
  gestation: number | null
  /** Days since birth, or null. */
  age: number | null
  channel: 'line' | 'mail'
  edition?: string
  area?: string | null
  /** Ages of further children in days. */
  siblings?: number[]
  isBlocked?: boolean
}

/** The same number of readers at each day with a daily text, today and on the days after. */
export function evenFamilies(perDay: number, channel: 'line' | 'mail', daysAhead: number) {
  const days: Pick<Family, 'gestation' | 'age'>[] = [
    ...range(28 - daysAhead, 293).map((gestation) => ({ gestation, age: null })),
    ...range(0, 100).map((age) => ({ gestation: null, age })),
  ]
  return days.flatMap((day) => range(1, perDay).map((): Family => ({ ...day, channel })))
}

/** Days after birth up to which the mixed readers are spread: the third birthday. */
const OLDEST = 1096

/**
 * Readers spread evenly from 4w0d to the third birthday: 15 % by mail, 10 % in the easy edition,
 * four areas of choice, 8 % with an older sibling, 1 % twins, 2 % blocked. About a quarter of them
 * are due on any day. `after` readers were made before, so that towns differ.
 */
export function mixedFamilies(
  count: number,
  { after = 0, mailPercent = 15 }: { after?: number; mailPercent?: number } = {},
): Family[] {
  return range(after + 1, after + count).map((number) => {
    const dice = (name: string) =>
      createHash('md5').update(`${name}${number}`).digest().readUInt32BE()
    const day = 28 + (dice('day') % (PREGNANCY_DAYS - 28 + OLDEST))
    const age = day - PREGNANCY_DAYS
    return {
      gestation: age < 0 ? day : null,
      age: age < 0 ? null : age,
      channel: dice('channel') % 100 < mailPercent ? 'mail' : 'line',
      edition: dice('edition') % 10 === 0 ? 'easy' : 'standard',
      area: AREAS[dice('area') % 4] ?? null,
      siblings: siblingsOf(dice('sibling') % 100, age),
      isBlocked: dice('blocked') % 50 === 0,
    }
  })
}

function siblingsOf(dice: number, age: number): number[] {
  if (dice === 0 && age >= 0) return [age]
  return dice < 9 ? [Math.max(0, age) + 400 + dice * 30] : []
}

/** Where a municipality's families are stored. */
export interface PopulateOptions {
  db: Db
  ring: KeyRing
  municipality: string
  /** LINE provider of the municipality. */
  provider: string
  today: LocalDay
  /** Number of the first reader, to add more later. */
  first?: number
}

/** Documents written at once. */
const WRITE_CHUNK = 5000

/** Stores readers, children and their pairs as a registration or import would. */
export async function populate(options: PopulateOptions, families: Family[]): Promise<void> {
  await storeFamilies(options, families)
  await checkPairs(options.db)
}

/** Stores readers and children with sealed addresses; the pairs are made for many towns at once. */
export async function storeFamilies(options: PopulateOptions, families: Family[]): Promise<void> {
  for (let at = 0; at < families.length; at += WRITE_CHUNK) {
    const made = families
      .slice(at, at + WRITE_CHUNK)
      .map((family, index) => documentsOf(options, family, (options.first ?? 0) + at + index))
    const { db } = options
    await Promise.all([
      db.collection<Reader>('readers').insertMany(made.map(({ reader }) => reader)),
      db.collection<Child>('children').insertMany(made.flatMap(({ children }) => children)),
    ])
  }
}

/** When everybody registered: long before, so that nobody counts as just changed. */
const REGISTERED_AT = new Date('2026-01-01T00:00:00Z')

function documentsOf(
  { ring, municipality, provider, today }: PopulateOptions,
  family: Family,
  number: number,
) {
  const id = uuidOf(`reader:${municipality}:${number}`)
  const stamps = { createdAt: REGISTERED_AT, changedAt: REGISTERED_AT }
  const identity = sealIdentity(ring, addressOf(family, { provider, municipality, number }))
  const reader: Reader = {
    _id: id,
    municipality,
    edition: family.edition ?? 'standard',
    relation: 'mother',
    area: family.area ?? null,
    source: null,
    consentedAt: REGISTERED_AT,
    consentVersion: '1',
    status: 'active',
    ...stamps,
    identities: [{ ...identity, status: family.isBlocked ? 'blocked' : 'active' }],
  }
  const child = (dates: Pick<Child, 'dueDate' | 'birthDate'>, at: number): Child => ({
    _id: uuidOf(`child:${id}:${at}`),
    municipality,
    readers: [id],
    status: 'active',
    ...dates,
    ...stamps,
  })
  const siblings = (family.siblings ?? []).map((age) => ({ birthDate: addDays(today, -age) }))
  const children = [datesOf(family, today), ...siblings].map(child)
  return { reader, children }
}

function datesOf({ gestation, age }: Family, today: LocalDay) {
  return gestation === null
    ? { birthDate: addDays(today, -(age ?? 0)) }
    : { dueDate: addDays(today, PREGNANCY_DAYS - gestation) }
}

interface AddressInput {
  provider: string
  municipality: string
  number: number
}

function addressOf({ channel }: Family, { provider, municipality, number }: AddressInput): Address {
  return channel === 'line'
    ? { channel, account: provider, address: lineUserOf(municipality, number) }
    : {
        channel,
        account: MAIL_ACCOUNT,
        address: `r${number}@f${municipality}${domainOf(number)}.example`,
      }
}

/** Id on LINE of a town's reader by their number. *Pure.* */
export function lineUserOf(municipality: string, number: number): string {
  return `U${md5(`${municipality}:${number}`)}`
}

/** Families are of many domains, each of which has a pace of its own. */
function domainOf(number: number): string {
  return `x${number % 100}`
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex')
}

function uuidOf(text: string): string {
  return md5(text).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-8$3-8$4-$5')
}
