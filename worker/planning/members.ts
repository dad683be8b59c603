import { deliveryId, parseDeliveryId, type PlanChild } from '../../src/plan/candidate'
import type { Program } from '../../src/plan/program'
import { WELCOME_SLOT, type Member } from '../../src/plan/reader'
import { chooseRoute } from '../../src/plan/route'
import type { LineAccount } from '../../src/plan/settings'
import { instantOf } from '../../src/stage/day'
import type { Delivery } from '../ledger/documents'
import {
  suppressionKey,
  type AudienceChild,
  type AudienceChunk,
  type AudienceMember,
} from './audience'
import type { ExistingDeliveries } from './existingDeliveries'
import { isWelcome, type Planning } from './planning'

/** Some hundred members and what was planned for them before. */
export interface MemberChunk {
  members: Member[]
  /** By reader; absent for a reader for whom nothing was planned. */
  history: Map<string, MemberHistory>
}

/** What was planned for one reader before. */
export interface MemberHistory {
  /** Day of each delivery that exists. */
  dates: Map<string, string>
  /** Those that belong to this very run. */
  own: Set<string>
  /** Those that never went out, because their text was withdrawn. */
  withdrawn: Set<string>
}

/** Adds to a chunk of the audience what was planned for its members before. */
export async function addHistory(
  { members: audience, suppressed }: AudienceChunk,
  { program, input, store }: Planning,
): Promise<MemberChunk> {
  const { line, run } = input
  const members = audience.map((one) => toMember(one, { program, line, suppressed }))
  const ids = members.flatMap((member) => possibleIds(program, member, isWelcome(input)))
  const history = historyOf(await store.findExisting(ids, run), run._id)
  const dayBegins = instantOf(run.date, '00:00')
  const fresh = audience.filter(({ children }) =>
    children.some(({ createdAt }) => createdAt >= dayBegins),
  )
  if (fresh.length > 0) {
    const readers = fresh.map(({ reader }) => reader._id)
    addTaken(history, { taken: await store.findTaken(readers, run.date), ids })
  }
  return { members, history }
}

/**
 * One reader gets one slot once a day, whichever child it is planned for: a child registered today
 * may be one that got today's text before, and was stopped in between.
 */
function addTaken(
  history: Map<string, MemberHistory>,
  { taken, ids }: { taken: readonly Pick<Delivery, '_id' | 'date'>[]; ids: readonly string[] },
): void {
  const days = new Map(taken.map(({ _id, date }) => [readerAndSlot(_id), date]))
  const of = rememberHistory(history)
  for (const id of ids) {
    const date = days.get(readerAndSlot(id))
    if (date !== undefined && !of(id).dates.has(id)) of(id).dates.set(id, date)
  }
}

function readerAndSlot(id: string): string {
  const { reader, slot } = parseDeliveryId(id)
  return `${reader}:${slot}`
}

function historyOf({ existing, withdrawn }: ExistingDeliveries, run: string) {
  const history = new Map<string, MemberHistory>()
  const of = rememberHistory(history)
  for (const { _id, run: planned, date } of existing) {
    of(_id).dates.set(_id, date)
    if (planned === run) of(_id).own.add(_id)
  }
  for (const { _id } of withdrawn) of(_id).withdrawn.add(_id)
  return history
}

/** The history of the reader of a delivery, made when it is first asked for. */
function rememberHistory(history: Map<string, MemberHistory>) {
  return (id: string): MemberHistory => {
    const { reader } = parseDeliveryId(id)
    const known = history.get(reader) ?? {
      dates: new Map(),
      own: new Set(),
      withdrawn: new Set(),
    }
    history.set(reader, known)
    return known
  }
}

interface MemberInput {
  program: Program
  line: Pick<LineAccount, 'id' | 'provider'> | null
  suppressed: ReadonlySet<string>
}

/** A stored reader and children as planning sees them, without any address. *Pure.* */
export function toMember({ reader, children }: AudienceMember, input: MemberInput): Member {
  const isSuppressed = (identity: Parameters<typeof suppressionKey>[0]) =>
    input.suppressed.size > 0 && input.suppressed.has(suppressionKey(identity))
  const route = chooseRoute(reader.identities, input.program, { line: input.line, isSuppressed })
  return {
    id: reader._id,
    preferences: { edition: reader.edition, area: reader.area },
    status: reader.municipality === input.program.settings.code ? reader.status : 'stopped',
    route,
    children: children.map((child) => toPlanChild(child, reader._id)),
  }
}

function toPlanChild(child: AudienceChild, reader: string): PlanChild {
  const { _id: id, dueDate, birthDate, entryDate, corrected } = child
  const isCorrected = corrected?.includes(reader) ?? false
  return { id, anchors: { dueDate, birthDate, entryDate }, isCorrected }
}

/** Ids of every delivery that may come out of planning a member. *Pure.* */
export function possibleIds(program: Program, member: Member, isWelcome: boolean): string[] {
  const ids: string[] = []
  for (const child of member.children) {
    const { slots } = program.dueFor(child.anchors, child.isCorrected)
    for (const slot of slots) ids.push(deliveryId(member.id, child.id, slot))
    if (isWelcome) ids.push(deliveryId(member.id, child.id, WELCOME_SLOT))
  }
  return ids
}
