import { addDays } from '../../src/stage/day'
import type { DeliveryHalf } from '../../worker/app/deliveryHalf'
import type { Address } from '../../worker/readers/reader'
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

interface Stage extends HappeningsOptions {
  /** Readers who did something already. */
  done: Set<string>
}

interface Ids {
  readerId: string
  childId: string
}

type Deed = (stage: Stage, ids: Ids, of: Expected) => Promise<unknown>

/** Lets people stop, lose a child, report a birth, correct a date or add a child. */
export function createHappenings(options: HappeningsOptions): Happenings {
  const stage: Stage = { ...options, done: new Set() }
  return { count: () => stage.done.size, happen: () => happen(stage) }
}

async function happen(stage: Stage): Promise<void> {
  const { random, families, done } = stage
  const of = random.pick(families.expected)
  const [readerId = '', childId = ''] = of.id.split(':')
  const deed = random.pick(DEEDS)
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
async function stopAndComeBack({ families, delivery }: Stage, ids: Ids, of: Expected) {
  await delivery.readers.stopReader(ids.readerId)
  free(families, `${ids.readerId}:`)
  const reader = families.readers.find(({ _id }) => _id === ids.readerId)!
  const { dueDate, birthDate } = families.children.find(({ _id }) => _id === ids.childId)!
  const { channel, account } = reader.identities[0]!
  const registered = await delivery.readers.register({
    municipality: reader.municipality,
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

/** What begins so is not owed any more, and may not go out from now on. */
function stopFrom(families: Families, prefix: string) {
  const now = Date.now()
  for (const id of free(families, prefix)) families.stopped.set(id, now)
}

function free({ expected, freed }: Families, prefix: string): string[] {
  const ids = expected.map(({ id }) => id).filter((id) => id.startsWith(prefix))
  for (const id of ids) freed.add(id)
  return ids
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
