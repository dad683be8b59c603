import { addDays } from '../../src/stage/day'
import type { Release } from '../../src/release/content'
import { parseKeyRing } from '../../src/secret/seal'
import type { DeliveryHalf } from '../../worker/app/deliveryHalf'
import { checkPairs } from '../../worker/readers/checkPairs'
import { sealIdentity } from '../../worker/readers/identity'
import type { Address, Child, Reader } from '../../worker/readers/reader'
import type { LineAccount, MunicipalitySettings, SendWindow } from '../../src/plan/settings'
import { release, settings, text, TODAY } from '../src/plan/town'
import type { Random } from './random'

/** LINE accounts of the town and of the ward under two providers, and another one of the town's. */
export const ACCOUNTS: LineAccount[] = ['minato', 'oka', 'minato'].map((provider, at) => ({
  id: `L${at + 1}`,
  provider,
  kind: 'dedicated',
  channelId: `165000000${at + 1}`,
  channelSecret: `secret-of-${provider}`,
  basicId: `@${provider}`,
}))

/** A LINE-only town, two mail-only cities and a ward with both, all open from 8 to 20 by default. */
export function municipalities(hours = { from: '08:00', to: '20:00' }): MunicipalitySettings[] {
  const own = { windows: { line: hours, mail: hours } }
  const mail = { ...own, channels: ['mail' as const], lineAccount: null }
  return [
    settings({ ...own, channels: ['line'] }),
    settings({ ...mail, code: '999024', name: 'もり市', mailFrom: 'a@mori.example' }),
    settings({ ...mail, code: '999032', name: 'はま市', mailFrom: 'a@hama.example' }),
    settings({ ...own, code: '999041', name: 'おか区', lineAccount: 'L2' }),
  ]
}

/** Thirty days of pregnancy and twenty of life that have a text in these tests. */
export const SLOTS = [
  ...Array.from({ length: 30 }, (_, at) => `${8 + at}w${at % 7}d`),
  ...Array.from({ length: 20 }, (_, at) => `day${at * 5}`),
]

/** One text a slot; its words name the slot, so that a copy tells which it is. */
export function chaosReleases(): Release[] {
  return SLOTS.map((slot) => release(text({ slot })))
}

/** The slot that the words of a message name. *Pure.* */
export function slotOf(words: string): string {
  return /((?:\d+w\dd)|(?:day\d+)) の文です。/.exec(words)?.[1] ?? 'no slot'
}

/** Something the relay or the API does whenever it meets this address. */
export type AddressKind = 'plain' | (typeof TROUBLES)[number]

const TROUBLES = [
  'soft',
  'full',
  'busy',
  'rate',
  'slow',
  'hard',
  'refused',
  'lost',
  'taken',
  'cut',
] as const

/** A delivery that must come out of the day. */
export interface Expected {
  /** `reader:child:slot` */
  id: string
  channel: 'line' | 'mail'
  address: string
  kind: AddressKind
  /** LINE takes nothing for this id: it is of another provider, or no id at all. */
  isForeign: boolean
}

/** The families of one data set, and the day's plan made by hand. */
export interface Families {
  readers: Reader[]
  children: Child[]
  expected: Expected[]
  /** What may come out of it besides, because of something a reader did on the day. */
  possible: Expected[]
  /** Of the expected those that a change takes away: they may come out in any way, or not at all. */
  freed: Set<string>
  /** Of the freed those that nobody may be sent any more from an instant on. */
  stopped: Map<string, number>
  /** When none of the freed that are meant may go out. */
  quiet: Quiet[]
}

/** A time in which some of what is due may not go out, in milliseconds of the machine's clock. */
export interface Quiet {
  isMeant: (id: string) => boolean
  from: number
  to: number
}

/** How families are made. */
export interface FamilyOptions {
  random: Random
  keys: string
  /** Of the full number of families. @default 1 */
  size?: number
  /** Whether relays and mailboxes make trouble with some addresses. @default true */
  isMailTroubled?: boolean
}

const MAIL_KINDS: AddressKind[] = [...TROUBLES, ...Array<AddressKind>(53).fill('plain')]

/** Families over all municipalities: siblings, families with nothing today, and stopped ones. */
export function createFamilies(options: FamilyOptions): Families {
  const { random, keys, size = 1, isMailTroubled = true } = options
  const families: Families = {
    readers: [],
    children: [],
    expected: [],
    possible: [],
    freed: new Set(),
    stopped: new Map(),
    quiet: [],
  }
  const groups = [
    { code: '999016', channel: 'line', account: 'minato', count: 150 },
    { code: '999024', channel: 'mail', account: 'mail', count: 110 },
    { code: '999032', channel: 'mail', account: 'mail', count: 90 },
    { code: '999041', channel: 'line', account: 'oka', count: 70 },
    { code: '999041', channel: 'mail', account: 'mail', count: 60 },
  ] as const
  for (const { count, ...group } of groups) {
    for (let at = 0; at < count * size; at += 1) {
      addFamily(families, { random, keys, isMailTroubled, ...group })
    }
  }
  return families
}

interface FamilyInput {
  random: Random
  keys: string
  isMailTroubled: boolean
  code: string
  channel: 'line' | 'mail'
  account: string
}

function addFamily(families: Families, input: FamilyInput) {
  const { random, keys, code, channel, account, isMailTroubled } = input
  const number = families.readers.length
  const kind = channel === 'mail' && isMailTroubled ? random.pick(MAIL_KINDS) : 'plain'
  const isMalformed = channel === 'line' && random.next() < 0.02
  const isForeign = isMalformed || (channel === 'line' && random.next() < 0.02)
  const id = isMalformed ? `Unobody${number}` : userId(number)
  const address = channel === 'mail' ? `${kind}${number}@family.example` : id
  const isStopped = random.next() < 0.04
  const _id = `reader${number}`
  families.readers.push({
    _id,
    municipality: code,
    edition: 'standard',
    relation: 'mother',
    area: null,
    source: null,
    consentedAt: BEFORE,
    consentVersion: '1',
    createdAt: BEFORE,
    status: isStopped ? 'stopped' : 'active',
    changedAt: BEFORE,
    identities: [sealIdentity(parseKeyRing(keys), { channel, account, address } as Address)],
  })
  const count = random.next() < 0.12 ? 2 : 1
  const slots = new Set(Array.from({ length: count }, () => random.pick(SLOTS)))
  for (const slot of slots) {
    const child = `child${families.children.length}`
    const isDue = random.next() > 0.06
    families.children.push({
      _id: child,
      municipality: code,
      readers: [_id],
      status: 'active',
      createdAt: BEFORE,
      changedAt: BEFORE,
      ...datesFor(slot, isDue ? 0 : 1),
    })
    const due = { id: `${_id}:${child}:${slot}`, channel, address, kind, isForeign }
    if (isDue && !isStopped) families.expected.push(due)
  }
}

const BEFORE = new Date('2026-09-01T00:00:00Z')

function userId(number: number): string {
  return `U${number.toString(16).padStart(32, '0')}`
}

/** Dates on which a slot is due today; `late` days later it is not. */
export function datesFor(slot: string, late: number): Pick<Child, 'dueDate' | 'birthDate'> {
  const [, week, day] = /^(\d+)w(\d)d$/.exec(slot) ?? []
  if (week === undefined || day === undefined) {
    return { birthDate: addDays(TODAY, -Number(slot.slice(3)) - 2 * late) }
  }
  return { dueDate: addDays(TODAY, 280 - 7 * Number(week) - Number(day) + 365 * late) }
}

/** Puts families, settings and texts into a delivery database. */
export async function settle(
  { db, contentStore }: DeliveryHalf,
  families: Families,
  hours?: SendWindow,
): Promise<void> {
  await db.collection<Reader>('readers').insertMany(families.readers)
  await db.collection<Child>('children').insertMany(families.children)
  await checkPairs(db)
  await contentStore.addReleases(chaosReleases())
  const syncedContent = municipalities(hours).map((one) => ({ ...one, cmsId: `cms-${one.code}` }))
  await contentStore.replaceSettings(syncedContent, ACCOUNTS)
  await contentStore.saveProgress({ lastReleaseId: null, syncedAt: new Date(0) })
}
