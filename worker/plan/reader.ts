import type { LineAccount } from '../settings'
import type { ChannelName, Identity } from '../readers/reader'
import {
  candidatesOf,
  chooseEdition,
  compareChildren,
  compareKinds,
  deliveryId,
  everyAddOns,
  type Candidate,
  type DeliveryKind,
  type PlanChild,
  type Taste,
} from './candidate'
import type { AddOnEntry, Program, TextEntry } from './program'
import type { ExclusionReason } from './reason'

/** A reader with the children who may be due today. */
export interface Member {
  id: string
  taste: Taste
  status: 'active' | 'stopped'
  /** Channel account to send through, or why there is none. */
  route: Route
  children: readonly PlanChild[]
}

/** Where a reader's texts of this run go. */
export type Route =
  | { isOpen: true; channel: ChannelName; account: string }
  | { isOpen: false; reason: 'suppressed' | 'noChannel' }

/** A delivery as planned: who gets what, before it is rendered. */
export interface PlannedDelivery {
  id: string
  reader: string
  child: string
  slot: string
  kind: DeliveryKind
  channel: ChannelName
  account: string
  texts: TextEntry[]
  addOns: AddOnEntry[]
  isPlural: boolean
  isWelcome: boolean
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
}

/**
 * The route of a reader: LINE when the municipality has it and the reader's identity of that
 * provider works, else mail. *Pure.*
 */
export function chooseRoute(
  identities: readonly Identity[],
  { settings }: Pick<Program, 'settings'>,
  {
    line,
    isSuppressed,
  }: {
    line: Pick<LineAccount, 'id' | 'provider'> | null
    isSuppressed: (identity: Identity) => boolean
  },
): Route & { identity?: Identity } {
  const usable = identities.filter(
    ({ channel, account }) =>
      settings.channels.includes(channel) && (channel === 'mail' || account === line?.provider),
  )
  const working = usable.filter((one) => one.status === 'active' && !isSuppressed(one))
  const identity = working.find(({ channel }) => channel === 'line') ?? working[0]
  if (!identity) return { isOpen: false, reason: usable.length > 0 ? 'suppressed' : 'noChannel' }
  const account = identity.channel === 'line' ? (line?.id ?? '') : settings.mailFrom
  return { isOpen: true, channel: identity.channel, account, identity }
}

/** Plans one reader's day: `candidates` is always `deliveries` plus `exclusions`. *Pure.* */
export function planReader(input: ReaderPlanInput): ReaderPlan {
  const { program, member } = input
  const children = [...member.children].sort(compareChildren)
  const steps = children.map((child) => ({
    child,
    twinOf: children.find((other) => isTwin(other, child)) ?? child,
    candidates: candidatesOf({ program, readerId: member.id, taste: member.taste, child }),
  }))
  const plan: ReaderPlan = { candidates: 0, deliveries: [], exclusions: [] }
  for (const step of steps) plan.candidates += step.candidates.length
  for (const { child, twinOf, candidates } of steps) {
    const isPlural = children.some((other) => other !== child && isTwin(other, child))
    if (twinOf !== child) planTwin({ ...input, plan, candidates, twinOf })
    else planChild({ ...input, plan, candidates, child, isPlural })
  }
  applyDailyCap(plan, input)
  if (input.isWelcome) addWelcome(plan, { ...input, children })
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

interface Step extends ReaderPlanInput {
  plan: ReaderPlan
  candidates: readonly Candidate[]
}

function planTwin({ plan, candidates, twinOf, ...input }: Step & { twinOf: PlanChild }) {
  for (const candidate of candidates) {
    const into = deliveryId(input.member.id, twinOf.id, candidate.slot)
    const general = generalReason(candidate, input)
    if (general) exclude(plan, candidate, general)
    else exclude(plan, candidate, 'twin', into)
  }
}

function planChild(step: Step & { child: PlanChild; isPlural: boolean }) {
  const { plan, program, member, child } = step
  const ready: Ready[] = []
  for (const candidate of step.candidates) {
    const reason = generalReason(candidate, step)
    const chosen = reason ?? chooseContent(candidate, member.taste, program)
    if (typeof chosen === 'string') exclude(plan, candidate, chosen)
    else ready.push({ candidate, ...chosen })
  }
  const leading = mergeSameDay(ready, plan)
  const [first] = leading
  if (first && first.candidate.kind !== 'question') {
    const every = everyAddOns({ program, taste: member.taste, child }).filter(isUsable)
    if (first.texts.length > 0) first.addOns.push(...every)
  }
  for (const one of leading) deliver(one, step)
}

interface Ready {
  candidate: Candidate
  texts: TextEntry[]
  addOns: AddOnEntry[]
}

function deliver({ candidate, texts, addOns }: Ready, step: Step & { isPlural: boolean }) {
  const { member, plan, isPlural } = step
  if (!member.route.isOpen) return
  const { channel, account } = member.route
  plan.deliveries.push({
    ...{ id: candidate.id, reader: member.id, child: candidate.child.id, slot: candidate.slot },
    ...{ kind: candidate.kind, channel, account, texts, addOns, isPlural },
    isWelcome: step.isWelcome === true && plan.deliveries.length === 0,
  })
}

function generalReason(candidate: Candidate, input: ReaderPlanInput): ExclusionReason | null {
  const { member, program, delivered, isStale } = input
  if (member.status === 'stopped') return 'stopped'
  if (delivered.has(candidate.id)) return 'alreadyDelivered'
  if (!program.settings.isActive) return 'paused'
  if (!member.route.isOpen) return member.route.reason
  return isStale ? 'stale' : null
}

/** The contents a candidate is delivered with, or why it has none. *Pure.* */
function chooseContent(
  candidate: Candidate,
  taste: Taste,
  program: Program,
): Omit<Ready, 'candidate'> | ExclusionReason {
  const chosen = chooseEdition(candidate.texts, taste, program)
  if (candidate.texts.length > 0 && chosen.length === 0) return 'edition'
  const texts = chosen.filter(isUsable).sort(byKind)
  const addOns = candidate.addOns.filter(isUsable)
  if (texts.length + addOns.length > 0) return { texts, addOns }
  return [...chosen, ...candidate.addOns].some(({ isSound }) => !isSound)
    ? 'hashMismatch'
    : 'overdue'
}

function isUsable({ isSound, isOverdue }: TextEntry | AddOnEntry): boolean {
  return isSound && !isOverdue
}

function byKind(a: TextEntry, b: TextEntry): number {
  return compareKinds(a.content.kind, b.content.kind)
}

/**
 * Milestones and add-ons join the first text of the day; only further stage texts (of another
 * series) stay deliveries of their own. *Pure* but for the exclusions it adds.
 */
function mergeSameDay(ready: readonly Ready[], plan: ReaderPlan): Ready[] {
  const sorted = ready
    .map((one) => ({ ...one, candidate: { ...one.candidate, kind: kindAfter(one) } }))
    .sort((a, b) => compareKinds(a.candidate.kind, b.candidate.kind))
  const leading: Ready[] = []
  for (const one of sorted) {
    const [first] = leading
    const { kind } = one.candidate
    if (!first || kind === 'stage' || first.candidate.kind === 'question') {
      leading.push(one)
      continue
    }
    first.texts.push(...one.texts)
    first.addOns.push(...one.addOns)
    exclude(plan, one.candidate, 'merged', first.candidate.id)
  }
  return leading
}

/** The kind of what is left of a candidate after unusable contents are gone. */
function kindAfter({ texts }: Ready): DeliveryKind {
  return texts[0]?.content.kind ?? 'addOn'
}

function applyDailyCap(plan: ReaderPlan, { program, delivered }: ReaderPlanInput) {
  const today = [...delivered.values()].filter((date) => date === program.date).length
  const room = Math.max(0, program.settings.dailyCap - today)
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

function addWelcome(plan: ReaderPlan, input: ReaderPlanInput & { children: PlanChild[] }) {
  const { member, children, delivered } = input
  const [youngest] = children
  if (!youngest || plan.deliveries.length > 0) return
  const candidate: Candidate = {
    ...{ id: deliveryId(member.id, youngest.id, WELCOME_SLOT), child: youngest },
    ...{ slot: WELCOME_SLOT, kind: 'welcome', texts: [], addOns: [] },
  }
  if ([...delivered.keys()].length > 0) return
  plan.candidates += 1
  const reason = generalReason(candidate, input)
  if (reason) exclude(plan, candidate, reason)
  else {
    const isPlural = children.some((other) => other !== youngest && isTwin(other, youngest))
    deliver({ candidate, texts: [], addOns: [] }, { ...input, plan, candidates: [], isPlural })
  }
}

// eslint-disable-next-line max-params -- the last one is only for what stands in another delivery
function exclude(plan: ReaderPlan, candidate: Candidate, reason: ExclusionReason, into?: string) {
  const { id, child, slot } = candidate
  const reader = id.slice(0, id.indexOf(':'))
  plan.exclusions.push({ id, reader, child: child.id, slot, reason, ...(into ? { into } : {}) })
}

function excluded(
  { id, reader, child, slot }: PlannedDelivery,
  reason: ExclusionReason,
): PlannedExclusion {
  return { id, reader, child, slot, reason }
}
