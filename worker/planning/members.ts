import { deliveryId, parseDeliveryId, type PlanChild } from '../../src/plan/candidate'
import type { Program } from '../../src/plan/program'
import { WELCOME_SLOT, type Member } from '../../src/plan/reader'
import { isByItself, isSurveySlot } from '../../src/plan/notice'
import { channelOf, chooseRoute } from '../../src/plan/route'
import type { LineAccount } from '../../src/plan/settings'
import { preferencesOf } from '../../src/plan/wishes'
import { instantOf, type LocalDay } from '../../src/stage/day'
import { dueDay } from '../../src/stage/due'
import { parseSlot } from '../../src/stage/slot'
import { type AudienceChunk, type AudienceMember, type AudiencePair } from './audience'
import { readerAndSlot, type ExistingDeliveries } from './existingDeliveries'
import { suppressionId } from '../readers/identity'
import { isGreeted, type Planning, type PlanInput } from './planning'
import type { AskedBefore, ToAsk } from './surveysBefore'

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

/** What tells whom a planning is for, and what was planned before. */
export interface HistoryInput extends Pick<Planning, 'program'> {
  input: Pick<PlanInput, 'line' | 'otherLine' | 'run'>
  store: Pick<Planning['store'], 'findExisting' | 'findTaken' | 'findAsked'>
}

/** Adds to a chunk of the audience what was planned for its members before. */
export async function addHistory(
  { members: audience, suppressed }: Pick<AudienceChunk, 'members' | 'suppressed'>,
  { program, input, store }: HistoryInput,
): Promise<MemberChunk> {
  const { line, otherLine, run } = input
  const members = audience.map((one) => toMember(one, { program, line, otherLine, suppressed }))
  const ids = members.flatMap((member) => possibleIds(program, member, isGreeted(input)))
  const history = createHistory(members)
  history.add(await store.findExisting(ids, run), run._id)
  history.add(await findFormer(audience, ids, store), run._id)
  history.addAsked(await store.findAsked(toAsk(program, members), run), run._id)
  history.addElsewhere(audience, program)
  const dayBegins = instantOf(run.date, '00:00')
  const fresh = audience
    .filter(({ pairs }) => pairs.some(({ createdAt }) => createdAt >= dayBegins))
    .map(({ reader }) => reader._id)
  if (fresh.length > 0) history.addTaken(await store.findTaken(fresh, run), { ids, date: run.date })
  return { members, history: history.byReader }
}

/** What the same two got in the towns they come from, under the ids it would have here. */
async function findFormer(
  audience: readonly AudienceMember[],
  ids: readonly string[],
  store: HistoryInput['store'],
): Promise<ExistingDeliveries> {
  const formerOf = new Map(
    audience.flatMap(({ pairs }) => pairs.map(({ _id, former = [] }) => [_id, former] as const)),
  )
  const idHere = new Map(
    ids.flatMap((id) => {
      const { pair, slot } = parseDeliveryId(id)
      return (formerOf.get(pair) ?? []).map((former) => [deliveryId(former, slot), id] as const)
    }),
  )
  if (idHere.size === 0) return { existing: [], withdrawn: [] }
  const { existing } = await store.findExisting([...idHere.keys()])
  const named = existing.map((one) => ({ ...one, _id: idHere.get(one._id) ?? one._id }))
  // A welcome of the new town is a greeting of its own.
  const texts = named.filter(({ _id }) => parseDeliveryId(_id).slot !== WELCOME_SLOT)
  return { existing: texts, withdrawn: [] }
}

/** What was planned before, reader by reader; a reader's is made when there is something. */
function createHistory(members: readonly Member[]) {
  const byReader = new Map<string, MemberHistory>()
  const readerOfPair = new Map(
    members.flatMap(({ id, children }) => children.map(({ pair }) => [pair, id] as const)),
  )
  const readerOf = (id: string) => readerOfPair.get(parseDeliveryId(id).pair) ?? ''
  const ofReader = (reader: string): MemberHistory => {
    const known = byReader.get(reader) ?? {
      dates: new Map(),
      own: new Set(),
      withdrawn: new Set(),
    }
    byReader.set(reader, known)
    return known
  }
  const of = (id: string) => ofReader(readerOf(id))
  const add = ({ existing, withdrawn }: ExistingDeliveries, own: string) => {
    for (const { _id, run, date } of existing) {
      of(_id).dates.set(_id, date)
      if (run === own) of(_id).own.add(_id)
    }
    for (const { _id } of withdrawn) of(_id).withdrawn.add(_id)
  }
  const addAsked = (asked: readonly AskedBefore[], own: string) => {
    for (const { reader, _id, run, date } of asked) {
      ofReader(reader).dates.set(_id, date)
      if (run === own) ofReader(reader).own.add(_id)
    }
  }
  /**
   * One reader gets one slot once a day, whichever child it is planned for: a child registered today
   * may be one that got today's text before, and was stopped in between.
   */
  const addTaken = (
    taken: ReadonlySet<string>,
    { ids, date }: { ids: readonly string[]; date: LocalDay },
  ) => {
    for (const id of ids) {
      const isTaken = taken.has(readerAndSlot(readerOf(id), parseDeliveryId(id).slot))
      if (isTaken && !of(id).dates.has(id)) of(id).dates.set(id, date)
    }
  }
  /** What another system has delivered, by the dates the child had then. */
  const addElsewhere = (audience: readonly AudienceMember[], program: Program) => {
    for (const pair of audience.flatMap(({ pairs }) => pairs)) {
      for (const [id, day] of elsewhereOf(pair, program)) {
        if (!of(id).dates.has(id)) of(id).dates.set(id, day)
      }
    }
  }
  return { byReader, add, addAsked, addTaken, addElsewhere }
}

/** Today's deliveries of a pair that another system has made, and on which day. *Pure.* */
function elsewhereOf(pair: AudiencePair, program: Program): [id: string, day: LocalDay][] {
  const { elsewhere, dueDate, birthDate, entryDate, isCorrected = false } = pair
  if (!elsewhere) return []
  const { slots } = program.dueFor({ dueDate, birthDate, entryDate }, isCorrected)
  const ofStage = slots.filter((slot) => !isByItself(slot)) // another system has sent none of ours
  return ofStage.flatMap((slot): [string, LocalDay][] => {
    const day = dueDay(parseSlot(slot), elsewhere, { monthRule: 'friendly' })
    return day !== null && day <= elsewhere.through ? [[deliveryId(pair._id, slot), day]] : []
  })
}

interface MemberInput {
  program: Program
  line: Pick<LineAccount, 'id' | 'provider'> | null
  otherLine?: Pick<LineAccount, 'id' | 'provider'> | null | undefined
  suppressed: ReadonlySet<string>
}

/** A stored reader and children as planning sees them, without any address. *Pure.* */
export function toMember({ reader, pairs }: AudienceMember, input: MemberInput): Member {
  const isSuppressed = (identity: Parameters<typeof suppressionId>[0]) =>
    input.suppressed.size > 0 && input.suppressed.has(suppressionId(identity))
  const { line, otherLine } = input
  const route = chooseRoute(reader.identities, input.program, { line, otherLine, isSuppressed })
  return {
    id: reader._id,
    preferences: { ...preferencesOf(reader), ...channelOf(route) },
    status: reader.municipality === input.program.settings.code ? reader.status : 'stopped',
    rest: reader.rest,
    wishes: reader.wishes,
    route,
    children: pairs.map(toPlanChild),
  }
}

function toPlanChild(pair: AudiencePair): PlanChild {
  const { _id, child: id, isCorrected = false } = pair
  const { dueDate, birthDate, entryDate, supportFrom, announceOn } = pair
  const anchors = { dueDate, birthDate, entryDate, supportFrom, announceOn }
  return { id, pair: _id, anchors, isCorrected }
}

/** Ids of every delivery that may come out of planning a member. *Pure.* */
export function possibleIds(program: Program, member: Member, isWelcome: boolean): string[] {
  const ids: string[] = []
  for (const child of member.children) {
    const { slots } = program.dueFor(child.anchors, child.isCorrected)
    for (const slot of slots) ids.push(deliveryId(child.pair, slot))
    if (isWelcome) ids.push(deliveryId(child.pair, WELCOME_SLOT))
  }
  return ids
}

/** Whom today's surveys may be for. */
function toAsk(program: Program, members: readonly Member[]): ToAsk {
  const surveysFor = ({ children }: Member) =>
    children
      .flatMap(({ anchors, isCorrected }) => program.dueFor(anchors, isCorrected).slots)
      .filter(isSurveySlot)
  const asked = members.map((member) => ({ reader: member.id, slots: surveysFor(member) }))
  return {
    readers: asked.filter(({ slots }) => slots.length > 0).map(({ reader }) => reader),
    slots: [...new Set(asked.flatMap(({ slots }) => slots))],
  }
}
