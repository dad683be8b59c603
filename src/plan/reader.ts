import { readHour, type LocalTime } from '../stage/localTime'
import { isAnnouncement } from '../stage/announcement'
import type { LocalDay } from '../stage/day'
import { monthOf } from '../stage/month'
import { hourOf } from './deliveryHour'
import type { ChannelName } from './settings'
import {
  candidateOf,
  candidatesOf,
  compareChildren,
  deliveryId,
  parseDeliveryId,
  type Candidate,
  type PlanChild,
} from './candidate'
import {
  compareKinds,
  type DeliveryKind,
  type SlotContent,
  type ReaderPreferences,
} from './slotContent'
import type { AddOnEntry, TextEntry } from './entries'
import { isSurveySlot } from './notice'
import type { Program } from './program'
import type { ExclusionReason } from './reason'
import { isRestingOn, type Rest } from './rest'
import type { Route } from './route'
import { isDiscreet, type Wishes } from './wishes'
import { yieldReason, type Yielding } from './yielding'

/** A reader with the children who may be due today. */
export interface Member {
  id: string
  preferences: ReaderPreferences
  status: 'active' | 'stopped'
  /** The reader's own pause; absent when they never asked for one. */
  rest?: Rest | undefined
  /** How the reader's texts are to come; absent when they never said. */
  wishes?: Wishes | undefined
  /** Channel account to send through, or why there is none. */
  route: Route
  children: readonly PlanChild[]
}

/** A delivery as planned: who gets what, before it is rendered. */
export interface PlannedDelivery {
  id: string
  reader: string
  child: string
  slot: string
  kind: DeliveryKind
  channel: ChannelName
  account: string
  /** The edition the reader chose. */
  edition: string
  texts: readonly TextEntry[]
  addOns: readonly AddOnEntry[]
  isPlural: boolean
  isWelcome: boolean
  /** Notifications say no more than whose text it is. */
  isDiscreet: boolean
  /** The hour the reader chose; absent is the municipality's own. */
  hour?: LocalTime
}

/** A candidate that is not delivered, and why. */
export interface PlannedExclusion {
  id: string
  reader: string
  child: string
  slot: string
  reason: ExclusionReason
  /** The delivery that stands for it (twin, merged), which then counts as delivered here too. */
  into?: string
}

/** Everything one reader gets on a day, and everything they do not get. */
export interface ReaderPlan {
  candidates: number
  deliveries: PlannedDelivery[]
  exclusions: PlannedExclusion[]
}

/** A day's planning for one reader. */
export interface ReaderPlanInput {
  program: Program
  member: Member
  /** Deliveries of this reader that exist already, with the day they were planned for. */
  delivered: ReadonlyMap<string, string>
  /** The whole day is over: record everything, deliver nothing. */
  isStale?: boolean
  /** For a reader who has just registered: a greeting, alone if nothing is due. */
  isWelcome?: boolean
  /** What is not sent because a LINE account's month will not last; absent: nothing. */
  yielding?: Yielding | undefined
}

/** Plans one reader's day: `candidates` is always `deliveries` plus `exclusions`. *Pure.* */
export function planReader(input: ReaderPlanInput): ReaderPlan {
  const { program, member } = input
  const children =
    member.children.length === 1 ? member.children : [...member.children].sort(compareChildren)
  const plan: ReaderPlan = { candidates: 0, deliveries: [], exclusions: [] }
  for (const child of children) {
    const candidates = candidatesOf({
      program,
      readerId: member.id,
      preferences: member.preferences,
      child,
    })
    plan.candidates += candidates.length
    const twinOf = children.find((other) => isTwin(other, child)) ?? child
    const isPlural = children.some((other) => other !== child && isTwin(other, child))
    const step: Step = { input, plan, candidates, child, isPlural }
    if (twinOf === child) planChild(step)
    else planTwin(step, twinOf)
  }
  if (input.yielding?.size) applyYielding(plan, input.yielding)
  applyDailyCap(plan, input)
  if (input.isWelcome) addWelcome(plan, input, children)
  return plan
}

/** Children of one reader with the same dates; a child is its own twin here. */
function isTwin(a: PlanChild, b: PlanChild): boolean {
  return (
    a.anchors.birthDate === b.anchors.birthDate &&
    (a.anchors.birthDate !== undefined || a.anchors.dueDate === b.anchors.dueDate) &&
    a.anchors.entryDate === b.anchors.entryDate &&
    a.isCorrected === b.isCorrected
  )
}

interface Step {
  input: ReaderPlanInput
  plan: ReaderPlan
  candidates: readonly Candidate[]
  child: PlanChild
  isPlural: boolean
}

function planTwin(step: Step, twinOf: PlanChild) {
  const { plan, candidates, input } = step
  // Which of them stands for the reader that is to be told does not matter: nothing in it is of a child.
  const isOwn = ({ slotContent }: Candidate) => isAnnouncement(slotContent.slot)
  planChild({ ...step, candidates: candidates.filter(isOwn) })
  for (const candidate of candidates.filter((one) => !isOwn(one))) {
    const reason = generalReason(candidate, input)
    if (reason) exclude(plan, candidate, { reason })
    else {
      const into = deliveryId(twinOf.pair, candidate.slotContent.slot)
      exclude(plan, candidate, { reason: 'twin', into })
    }
  }
}

function planChild(step: Step) {
  const { input, plan, child } = step
  const ready: Ready[] = []
  for (const candidate of step.candidates) {
    const { slotContent } = candidate
    const reason =
      generalReason(candidate, input) ?? (slotContent.isUsable ? null : slotContent.reason)
    if (reason) exclude(plan, candidate, { reason })
    else if (slotContent.isUsable) ready.push({ ...slotContent, candidate })
  }
  // The announcement goes by itself: it depends on no date, and all else of the day does. So does a
  // notice, at its own hour, and an alert at once.
  const isAnnounced = ({ candidate }: Ready) => isAnnouncement(candidate.slotContent.slot)
  const announced = ready.filter(isAnnounced)
  const notices = ready.filter(isByItself)
  const isOfStage = (one: Ready) => !isByItself(one) && !isAnnounced(one)
  const ofStage = announced.length + notices.length > 0 ? ready.filter(isOfStage) : ready
  const leading = ofStage.length > 1 ? mergeSameDay(ofStage, plan) : ofStage
  const [first] = leading
  if (first && first.kind !== 'question' && first.texts.length > 0) {
    const { every } = input.program.contentFor(child, input.member.preferences)
    if (every.length > 0) first.addOns = [...first.addOns, ...every]
  }
  for (const one of announced) deliver(one, { ...step, isPlural: false })
  for (const one of leading) deliver(one, step)
  for (const one of notices) deliverNotice(one, step)
}

/** Usable content of a slot for one reader, before and after others of the day have joined it. */
interface Ready extends Pick<PlannedDelivery, 'kind' | 'texts' | 'addOns'> {
  candidate: Candidate
}

/** Notices, surveys and alerts are joined to nothing. */
function isByItself({ kind }: Pick<Ready, 'kind'>): boolean {
  return kind === 'notice' || kind === 'survey' || kind === 'urgent'
}

/** One notice comes to a reader once, and one survey a month, however many children it is about. */
function deliverNotice({ candidate, ...one }: Ready, step: Step) {
  const { plan, input } = step
  const { slot } = candidate.slotContent
  const before = plan.deliveries.find((delivery) => delivery.slot === slot)
  const isSent = [...input.delivered.keys()].some((id) => parseDeliveryId(id).slot === slot)
  const isOver = one.kind === 'survey' && isAskedThisMonth(step)
  if (before) exclude(plan, candidate, { reason: 'twin', into: before.id })
  else if (isSent) exclude(plan, candidate, { reason: 'alreadyDelivered' })
  else if (isOver) exclude(plan, candidate, { reason: 'alreadyDelivered' })
  else deliver({ candidate, ...one }, { ...step, isPlural: false })
}

/** Nobody is asked two surveys in a month (municipality.md, Surveys). */
function isAskedThisMonth({ plan, input: { delivered, program } }: Step): boolean {
  const isOfMonth = (day: LocalDay) => monthOf(day) === monthOf(program.date)
  return (
    plan.deliveries.some(({ kind }) => kind === 'survey') ||
    [...delivered].some(([id, day]) => isSurveySlot(parseDeliveryId(id).slot) && isOfMonth(day))
  )
}

function deliver(
  { candidate, kind, texts, addOns }: Ready,
  { input, plan, child: { anchors }, isPlural }: Omit<Step, 'candidates'>,
) {
  const { program, member } = input
  const { route, wishes, preferences } = member
  if (!route.isOpen) return
  const { id, reader, child, slotContent } = candidate
  const hour = isByItself({ kind })
    ? noticeHour(addOns)
    : hourOf(program.settings, route.channel, wishes)
  const isSupport = anchors.supportFrom !== undefined
  // A warning has to be read on the locked screen, and says nothing of a child.
  const mayBeDiscreet = kind !== 'urgent'
  plan.deliveries.push({
    id,
    reader,
    child,
    slot: slotContent.slot,
    kind,
    channel: route.channel,
    account: route.account,
    edition: preferences.edition,
    texts,
    addOns,
    isPlural,
    isWelcome: input.isWelcome === true && !isSupport && !plan.deliveries.some(isGreeting),
    isDiscreet: mayBeDiscreet && isDiscreet(wishes, anchors, program.date),
    ...(hour !== null && { hour }),
  })
}

/** Of a notice the hour is its own: it may be of something that begins on that day. */
function noticeHour([notice]: readonly AddOnEntry[]): LocalTime | null {
  const hour = notice?.content.hour
  return hour === undefined ? null : readHour(hour)
}

function generalReason(candidate: Candidate, input: ReaderPlanInput): ExclusionReason | null {
  const { member, program, delivered, isStale } = input
  if (member.status === 'stopped') return 'stopped'
  if (delivered.size > 0 && delivered.has(candidate.id)) return 'alreadyDelivered'
  if (!program.settings.isActive) return 'paused'
  if (isRestingOn(member.rest, program.date)) return 'resting'
  if (!member.route.isOpen) return member.route.reason
  return isStale ? 'stale' : null
}

/**
 * Milestones and add-ons join the first text of the day; only further stage texts (of another
 * series) stay deliveries of their own. *Pure* but for the exclusions it adds.
 */
function mergeSameDay(ready: readonly Ready[], plan: ReaderPlan): Ready[] {
  const leading: Ready[] = []
  for (const one of [...ready].sort((a, b) => compareKinds(a.kind, b.kind))) {
    const [first] = leading
    if (!first || one.kind === 'stage' || first.kind === 'question') {
      leading.push(one)
      continue
    }
    first.texts = [...first.texts, ...one.texts]
    first.addOns = [...first.addOns, ...one.addOns]
    exclude(plan, one.candidate, { reason: 'merged', into: first.candidate.id })
  }
  return leading
}

/** What was joined to a text that yields, and a twin's that was joined to that, is not sent either. */
function applyYielding(plan: ReaderPlan, yielding: Yielding) {
  const yielded = new Map<string, ExclusionReason>()
  for (const delivery of plan.deliveries) {
    const reason = yieldReason(delivery, yielding)
    if (reason) yielded.set(delivery.id, reason)
  }
  for (let before = 0; before < yielded.size;) {
    before = yielded.size
    for (const { id, into } of plan.exclusions) {
      const reason = into && yielded.get(into)
      if (reason) yielded.set(id, reason)
    }
  }
  plan.exclusions = plan.exclusions.map((one) => {
    const reason = yielded.get(one.id)
    if (!reason) return one
    const { into: _, ...rest } = one
    return { ...rest, reason }
  })
  for (const delivery of plan.deliveries) {
    const reason = yielded.get(delivery.id)
    if (reason) plan.exclusions.push(excluded(delivery, reason))
  }
  plan.deliveries = plan.deliveries.filter(({ id }) => !yielded.has(id))
}

function applyDailyCap(plan: ReaderPlan, { program, delivered }: ReaderPlanInput) {
  const today = [...delivered.values()].filter((date) => date === program.date).length
  const room = Math.max(0, program.settings.dailyCap - today)
  if (plan.deliveries.length <= room) return
  const byRank = plan.deliveries
    .map((delivery, at) => ({ delivery, at }))
    .sort((a, b) => compareKinds(a.delivery.kind, b.delivery.kind) || a.at - b.at)
  const kept = new Set(byRank.slice(0, room).map(({ delivery }) => delivery))
  for (const delivery of plan.deliveries) {
    if (!kept.has(delivery)) plan.exclusions.push(excluded(delivery, 'dailyCap'))
  }
  plan.deliveries = plan.deliveries.filter((delivery) => kept.has(delivery))
}

/** Slot of a greeting that goes out alone. */
export const WELCOME_SLOT = 'welcome'

/** Nobody is greeted in a support text: it goes out as it was approved. */
function isGreeting({ isWelcome }: PlannedDelivery): boolean {
  return isWelcome
}

const GREETING: SlotContent = {
  slot: WELCOME_SLOT,
  isUsable: true,
  kind: 'welcome',
  texts: [],
  addOns: [],
}

function addWelcome(plan: ReaderPlan, input: ReaderPlanInput, children: readonly PlanChild[]) {
  const [youngest] = children.filter(({ anchors }) => anchors.supportFrom === undefined)
  if (!youngest || plan.deliveries.some(isGreeting) || input.delivered.size > 0) return
  const candidate = candidateOf(input.member.id, youngest, GREETING)
  plan.candidates += 1
  const reason = generalReason(candidate, input)
  if (reason) exclude(plan, candidate, { reason })
  else {
    const isPlural = children.some((other) => other !== youngest && isTwin(other, youngest))
    const greeting: Ready = { candidate, kind: 'welcome', texts: [], addOns: [] }
    deliver(greeting, { input, plan, child: youngest, isPlural })
  }
}

function exclude(
  plan: ReaderPlan,
  { id, reader, child, slotContent }: Candidate,
  why: Pick<PlannedExclusion, 'reason' | 'into'>,
) {
  plan.exclusions.push({ id, reader, child, slot: slotContent.slot, ...why })
}

function excluded(
  { id, reader, child, slot }: PlannedDelivery,
  reason: ExclusionReason,
): PlannedExclusion {
  return { id, reader, child, slot, reason }
}
