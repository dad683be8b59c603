import { addDays } from '../../src/stage/day'
import type { Address } from '../../worker/readers/reader'
import { TODAY } from '../src/plan/town'
import { datesFor, SLOTS, type Expected } from './families'
import { createOffice, OFFICE_DEED_NAMES, type OfficeDeedName } from './office'
import { free, stopFrom, type Setting } from './setting'

/** What people do while their texts go out, as the product's own forms let them. */
export interface Happenings {
  /** One family does one thing. */
  happen: () => Promise<void>
  /** How many did something. */
  count: () => number
  /** Whether a pause or a withdrawal goes on. */
  isBusy: () => boolean
  /** Ends pauses and withdrawals. */
  calm: () => Promise<void>
}

interface HappeningsOptions extends Setting {
  /** What may happen. */
  names: readonly HappeningName[]
}

/** What people do by themselves, and what the town does. */
export const HAPPENING_NAMES = ['changes', 'town-moves', ...OFFICE_DEED_NAMES] as const

/** Something that may happen on a day. */
export type HappeningName = 'changes' | 'town-moves' | OfficeDeedName

interface Stage extends Setting {
  /** Readers who did something already. */
  done: Set<string>
}

interface Ids {
  readerId: string
  childId: string
}

type Deed = (stage: Stage, ids: Ids, of: Expected) => Promise<unknown>

/** Lets people stop, lose a child, report a birth or move, and towns pause or change their mind. */
export function createHappenings({ names, ...setting }: HappeningsOptions): Happenings {
  const stage: Stage = { ...setting, done: new Set() }
  const office = createOffice({ ...setting, names })
  const deeds = [
    ...(names.includes('changes') ? DEEDS : []),
    ...(names.includes('town-moves') ? [moveTown, moveTown] : []),
  ]
  let count = 0
  return {
    count: () => count + stage.done.size,
    isBusy: office.isBusy,
    calm: office.calm,
    happen: async () => {
      const isOfOffice = office.hasDeeds && (deeds.length === 0 || stage.random.next() < 0.4)
      if (isOfOffice) count += await office.act()
      else if (deeds.length > 0) await happen(stage, stage.random.pick(deeds))
    },
  }
}

async function happen(stage: Stage, deed: Deed): Promise<void> {
  const { random, families, done } = stage
  const of = random.pick(families.expected)
  const [readerId = '', childId = ''] = of.id.split(':')
  if (done.has(readerId)) return
  done.add(readerId)
  await deed(stage, { readerId, childId }, of)
}

const DEEDS: readonly Deed[] = [
  stopReader,
  stopAndComeBack,
  unsubscribeMail,
  loseChild,
  leaveChild,
  reportBirth,
  correctDate,
  addChild,
]

async function stopReader({ families, delivery }: Stage, { readerId }: Ids) {
  await delivery.readers.stopReader(readerId)
  stopFrom(families, `${readerId}:`)
}

/** Whoever registers again on the same day gets no text twice, whether it had gone out or not. */
async function stopAndComeBack(stage: Stage, ids: Ids, of: Expected) {
  await stage.delivery.readers.stopReader(ids.readerId)
  free(stage.families, `${ids.readerId}:`)
  const reader = stage.families.readers.find(({ _id }) => _id === ids.readerId)!
  await registerIn(stage, reader.municipality, { ids, of })
}

/** The two cities that send by mail alone. */
const MAIL_CITIES = ['999024', '999032']

/** Whoever moves stops in one town and registers in another, which owes them its own texts. */
async function moveTown(stage: Stage, ids: Ids, of: Expected) {
  const reader = stage.families.readers.find(({ _id }) => _id === ids.readerId)!
  const to = MAIL_CITIES.find((code) => code !== reader.municipality)!
  if (!MAIL_CITIES.includes(reader.municipality)) return
  await stopReader(stage, ids)
  await registerIn(stage, to, { ids, of })
}

async function registerIn(stage: Stage, municipality: string, who: { ids: Ids; of: Expected }) {
  const { families, delivery } = stage
  const { ids, of } = who
  const reader = families.readers.find(({ _id }) => _id === ids.readerId)!
  const { dueDate, birthDate } = families.children.find(({ _id }) => _id === ids.childId)!
  const { channel, account } = reader.identities[0]!
  const registered = await delivery.readers.register({
    municipality,
    address: { channel, account, address: of.address } as Address,
    edition: reader.edition,
    relation: reader.relation,
    area: null,
    source: null,
    consentedAt: delivery.now(),
    consentVersion: '1',
    child: { ...(dueDate && { dueDate }), ...(birthDate && { birthDate }) },
  })
  const slot = of.id.split(':')[2]
  const id = `${registered.readerId}:${registered.childId}:${slot}`
  if (id !== of.id) families.possible.push({ ...of, id })
}

/** Only who reads by mail gets less by it. */
async function unsubscribeMail({ families, delivery }: Stage, ids: Ids, of: Expected) {
  await delivery.readers.unsubscribeMail(ids.readerId)
  if (of.channel === 'mail') stopFrom(families, `${ids.readerId}:`)
}

async function leaveChild({ families, delivery }: Stage, ids: Ids) {
  await delivery.readers.leaveChild(ids)
  stopFrom(families, `${ids.readerId}:${ids.childId}:`)
}

/** With it ends what could be the same child, registered once more; no other reader has it. */
async function loseChild({ families, delivery }: Stage, ids: Ids) {
  await delivery.readers.stopChild(ids)
  stopFrom(families, `${ids.readerId}:${ids.childId}:`)
  free(families, `${ids.readerId}:`)
}

async function reportBirth(stage: Stage, ids: Ids, of: Expected) {
  const age = Number(mayGet(stage, of, { ...ids, isOf: isOfLife }).slice('day'.length))
  await stage.delivery.readers.reportBirth({ ...ids, birthDate: addDays(TODAY, -age) })
  stopFrom(stage.families, of.id)
}

/** Of the same kind: a due date besides a birthday would change nothing. */
async function correctDate(stage: Stage, ids: Ids, of: Expected) {
  const isBorn = isOfLife(of.id.split(':')[2]!)
  const slot = mayGet(stage, of, { ...ids, isOf: (one) => isOfLife(one) === isBorn })
  await stage.delivery.readers.changeAnchor({ ...ids, dates: datesFor(slot, 0) })
  stopFrom(stage.families, of.id)
}

/** A child more takes nothing away from the others. */
async function addChild(stage: Stage, { readerId, childId }: Ids, of: Expected) {
  const added = `${childId}b`
  const dates = datesFor(mayGet(stage, of, { readerId, childId: added }), 0)
  await stage.delivery.readers.addChild({ readerId, childId: added, answer: 'another', ...dates })
}

/** Another slot than those the reader has, so that a text of before is told from the one of after. */
function mayGet(
  { random, families: { expected, possible } }: Stage,
  of: Expected,
  { readerId, childId, isOf = () => true }: Ids & { isOf?: (slot: string) => boolean },
): string {
  const all = [...expected, ...possible].filter(({ id }) => id.startsWith(`${readerId}:`))
  const had = new Set(all.map(({ id }) => id.split(':')[2]))
  const slot = random.pick(SLOTS.filter((one) => isOf(one) && !had.has(one)))
  possible.push({ ...of, id: `${readerId}:${childId}:${slot}` })
  return slot
}

function isOfLife(slot: string): boolean {
  return slot.startsWith('day')
}
