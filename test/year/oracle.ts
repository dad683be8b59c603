// Judges a year by dates, by what families did, and by what the providers took; it knows nothing of
// the product's code.
import { createInForce, type ContentPlan } from './contents'
import { isToldOn, japaneseDay, type Day } from './days'
import {
  apply,
  dueFor,
  freshReader,
  leaveBehind,
  type Due,
  type KnownReader,
  type Town,
} from './known'
import { townsOnAccount } from './merge'
import type { Act, PlannedReader } from './plan'
import type { Channel } from './setting'

/** What a provider took for one recipient. */
export interface Taken {
  at: number
  channel: Channel
  to: string
  /** Town of the account or the sender. */
  town: string
  /** The texts in it. */
  texts: { slot: string; edition: string; revision: number }[]
  /** Names of what towns add or tell. */
  addOns: string[]
  notices: string[]
}

/** What is wrong. */
export interface Complaint {
  kind:
    | 'another day'
    | 'after a stop'
    | 'twice'
    | 'not approved'
    | 'of another edition'
    | 'of another town'
    | 'to a former contact'
    | 'to a stranger'
    | 'missed'
    | 'missed without a word'
    | 'wrong add-ons'
  day: Day
  reader: string
  says: string
}

/** A text that did not come for a reason that is known. */
export interface Missed {
  reader: string
  /** Where it would have gone. */
  address: string
  slot: string
  why: string
}

/** Opens a judge of a year. */
export function createOracle(of: { readers: readonly PlannedReader[]; contents: ContentPlan }) {
  const readers = new Map(of.readers.map((one) => [one.key, freshReader(one)]))
  const byAddress = new Map([...readers.values()].map((one) => [one.address, one]))
  const children = new Map()
  const inForce = createInForce(of.contents)
  const judge: Judge = { readers, byAddress, children, inForce, contents: of.contents }
  return {
    /** Judges one day, whose acts and takings are given; days come in order. */
    judge: (day: Day, acts: readonly Act[], taken: readonly Taken[]) =>
      judgeDay(judge, { day, acts, taken }),
    /** Who was told something, and whether it still concerns them; who cannot be asked is left out. */
    toldOf: (name: string) =>
      [...readers.values()]
        .filter(({ told, isBlocked, isLeft }) => told.has(name) && !isBlocked && !isLeft)
        .map(({ key, silentFrom }) => ({ key, isThere: silentFrom === null })),
  }
}

interface Judge extends Town {
  byAddress: Map<string, KnownReader>
  contents: ContentPlan
}

interface Today {
  day: Day
  acts: readonly Act[]
  taken: readonly Taken[]
}

/** What a day came to. */
export interface Verdict {
  complaints: Complaint[]
  missed: Missed[]
  /** Texts that came as they had to. */
  right: number
  notices: number
}

function judgeDay(judge: Judge, today: Today): Verdict {
  const { day, acts, taken } = today
  const verdict: Verdict = { complaints: [], missed: [], right: 0, notices: 0 }
  const of = (time: Act['time']) => acts.filter((act) => act.time === time)
  for (const { reader, deed } of acts) {
    const known = judge.readers.get(reader)
    if (known && 'address' in deed && deed.address) judge.byAddress.set(deed.address, known)
  }
  for (const act of of('morning')) apply(judge, act)
  leaveBehind(judge, judge.contents.merge, day)
  const first = new Map([...judge.readers].map(([key, one]) => [key, dueFor(judge, one, day)]))
  const morning = new Map([...judge.readers].map(([key, one]) => [key, stateOf(one)]))
  for (const act of of('afternoon')) apply(judge, act)
  leaveBehind(judge, judge.contents.merge, day)
  const got = new Map<string, Taken[]>()
  for (const one of taken) {
    const reader = judge.byAddress.get(one.to)
    if (reader) got.set(reader.key, [...(got.get(reader.key) ?? []), one])
    else complain(verdict, day, { kind: 'to a stranger', reader: one.to, says: saysOf(one) })
  }
  for (const reader of judge.readers.values()) {
    const due = { first: first.get(reader.key)!, second: dueFor(judge, reader, day) }
    const before = morning.get(reader.key)!
    judgeReader(judge, { reader, due, before, got: got.get(reader.key) ?? [], day, verdict })
  }
  return verdict
}

interface OneDay {
  reader: KnownReader
  due: { first: Due; second: Due }
  /** As they were when the day's texts went out. */
  before: ReturnType<typeof stateOf>
  got: Taken[]
  day: Day
  verdict: Verdict
}

function stateOf(reader: KnownReader) {
  const { address, town, edition, isActive, isBlocked, isRefusing, isLeft } = reader
  return { address, town, edition, isActive, isBlocked, isRefusing, isLeft }
}

function judgeReader(judge: Judge, one: OneDay): void {
  const { reader, due, before, got, day, verdict } = one
  const open = new Map([...due.first, ...due.second])
  for (const taken of got) {
    for (const text of taken.texts) judgeText(judge, { ...one, open }, { taken, text })
    judgeNotices(judge, one, taken)
  }
  const isReached = whyNot(before) === null
  for (const [slot] of open) {
    const isAfternoon = !due.first.has(slot)
    const why = isAfternoon ? whyNot(reader) : isReached ? null : whyNot({ ...reader, ...before })
    if (why) verdict.missed.push({ reader: reader.key, address: before.address, slot, why })
    else complain(verdict, day, { kind: 'missed', reader: reader.key, says: slot })
  }
  missedNotices(judge, one)
}

type Reach = Pick<KnownReader, 'isBlocked' | 'isRefusing' | 'isLeft'>

function whyNot({ isBlocked, isRefusing, isLeft }: Reach) {
  return isLeft ? 'left on an account' : isBlocked ? 'blocked' : isRefusing ? 'refused' : null
}

interface TextOfDay extends OneDay {
  open: Due
}

function judgeText(
  { inForce, contents }: Judge,
  { reader, open, before, day, verdict }: TextOfDay,
  { taken, text }: { taken: Taken; text: Taken['texts'][number] },
): void {
  const { slot, edition, revision } = text
  const says = `${slot}/${edition}/${revision} ${taken.channel}`
  const fault = (kind: Complaint['kind']) =>
    complain(verdict, day, { kind, reader: reader.key, says })
  const childrenOf = open.get(slot)
  if (japaneseDay(taken.at) !== day) fault('another day')
  if (reader.silentFrom !== null && taken.at >= reader.silentFrom) fault('after a stop')
  else if (!childrenOf) {
    const isAgain = [...reader.got].some((one) => one.endsWith(`:${slot}`))
    fault(isAgain ? 'twice' : 'another day')
  }
  if (![before.address, reader.address].includes(taken.to)) fault('to a former contact')
  if (edition !== reader.edition) fault('of another edition')
  const towns = townsOf(contents, taken, day)
  const own = [before.town, reader.town].filter((one) => towns.includes(one))
  if (own.length === 0) fault('of another town')
  if (inForce(slot, edition, day) !== revision) fault('not approved')
  const isQuestion = slot === '42w0d'
  const valid = contents.addOns.filter(({ from, to }) => from <= day && day <= to && !isQuestion)
  const isOfTown = (code: string) =>
    valid
      .filter(({ town }) => town === code)
      .map(({ town, name }) => `${town}-${name}`)
      .join() === taken.addOns.join()
  if (own.length > 0 && !own.some(isOfTown)) fault('wrong add-ons')
  if (!childrenOf) return
  open.delete(slot)
  verdict.right += 1
  for (const child of childrenOf) reader.got.add(`${child}:${slot}`)
}

/** Towns whose texts come from where one came from. */
function townsOf({ merge }: ContentPlan, { channel, town }: Taken, day: Day): string[] {
  return channel === 'line' ? townsOnAccount(merge, town, day) : [town]
}

function judgeNotices({ contents }: Judge, one: OneDay, taken: Taken): void {
  const { reader, day, verdict } = one
  for (const name of taken.notices) {
    const fault = (kind: Complaint['kind']) =>
      complain(verdict, day, { kind, reader: reader.key, says: `notice ${name}` })
    const notice = contents.notices.find((known) => known.name === name)
    if (!notice) fault('not approved')
    else if (notice.day !== day) fault('another day')
    if (notice && notice.town !== reader.town) fault('of another town')
    if (reader.silentFrom !== null && taken.at >= reader.silentFrom) fault('after a stop')
    if (reader.told.has(name)) fault('twice')
    reader.told.add(name)
    verdict.notices += 1
  }
}

/** A notice that a reader should have had, who was there before and after it. */
function missedNotices(
  { contents, children }: Judge,
  { reader, before, day, verdict }: OneDay,
): void {
  const isThere = (one: Reach & Pick<KnownReader, 'isActive'>) =>
    one.isActive && whyNot(one) === null
  if (!isThere(before) || !isThere(reader) || reader.silentFrom !== null) return
  if (before.town !== reader.town) return
  const isTold = [...reader.children].some(([key, { isCorrected }]) => {
    const child = children.get(key)
    return child && !child.isOver && isToldOn({ ...child, isCorrected }, day)
  })
  if (!isTold) return
  for (const { name, town, day: on } of contents.notices) {
    if (on !== day || town !== reader.town || reader.told.has(name)) continue
    complain(verdict, day, { kind: 'missed', reader: reader.key, says: `notice ${name}` })
  }
}

function complain(verdict: Verdict, day: Day, of: Omit<Complaint, 'day'>): void {
  verdict.complaints.push({ day, ...of })
}

function saysOf({ texts, channel }: Taken): string {
  return `${texts.map(({ slot }) => slot).join()} ${channel}`
}
