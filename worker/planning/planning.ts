import { withoutNotices } from '../../src/plan/notice'
import { createProgram, type Program } from '../../src/plan/program'
import type { createRenderer } from '../../src/plan/render'
import type { LineAccount, MunicipalitySettings } from '../../src/plan/settings'
import type { Needs, Yielding } from '../../src/plan/yielding'
import type { LiveContent } from '../../src/release/live'
import type { Run, RunNumbers } from '../ledger/documents'
import type { Batcher } from './batcher'
import type { PlanningStore } from './planningStore'

/** What a planning is made from; the same input gives the same plan. */
export interface PlanInput {
  run: Pick<
    Run,
    | '_id'
    | 'municipality'
    | 'date'
    | 'kind'
    | 'reader'
    | 'hasNoGreeting'
    | 'alert'
    | 'isStale'
    | 'attempts'
    | 'sealed'
    | 'plannedWith'
  >
  settings: MunicipalitySettings
  /** The municipality's LINE account, or null. */
  line: Pick<LineAccount, 'id' | 'provider' | 'answers'> | null
  /** The other account of a move; absent or null: none. */
  otherLine?: Pick<LineAccount, 'id' | 'provider' | 'answers'> | null
  content: LiveContent
  /** What is not sent because a LINE account's month will not last; absent: nothing. */
  yielding?: Yielding | undefined
}

const programs = new WeakMap<PlanInput, Program>()

/**
 * What is due on the day of a plan: made once for all who ask. What follows a registration or a change
 * of contact comes at once, and so without the notices, which the day's run sends at their hour. *Pure*
 * but for that memory.
 */
export function programOf(input: PlanInput): Program {
  const known = programs.get(input)
  if (known) return known
  const { settings, run } = input
  const content = isWelcome(input) ? withoutNotices(input.content) : input.content
  const program = createProgram({ settings, content, date: run.date, alert: run.alert })
  programs.set(input, program)
  return program
}

/** Where a planning is written; a dry run writes nothing. */
export type PlanSink = Pick<
  PlanningStore,
  | 'freeWithdrawn'
  | 'addPayloads'
  | 'addDeliveries'
  | 'addBatches'
  | 'takeOut'
  | 'addExclusions'
  | 'replaceExclusions'
>

/** A sink that keeps nothing: for a dry run. */
export const DRY_SINK: PlanSink = {
  freeWithdrawn: async () => undefined,
  addPayloads: async () => undefined,
  addDeliveries: async () => [],
  addBatches: async () => undefined,
  takeOut: async () => undefined,
  addExclusions: async () => undefined,
  replaceExclusions: async () => undefined,
}

/** What one planning added; `kept` were in this run before. */
export interface PlanTally extends RunNumbers {
  kept: number
  /** Its texts by LINE account and by what leads them. */
  ofLine: Map<string, Needs>
}

/** The tally before anybody is planned. *Pure.* */
export function emptyTally(): PlanTally {
  return {
    candidates: 0,
    deliveries: 0,
    exclusions: {},
    audience: 0,
    kept: 0,
    groups: 0,
    batches: 0,
    calls: 0,
    leftOut: 0,
    ofLine: new Map(),
  }
}

/** One planning while it is made. */
export interface Planning {
  input: PlanInput
  program: Program
  sink: PlanSink
  store: Pick<PlanningStore, 'findExisting' | 'findTaken' | 'findAsked' | 'mergedSlots'>
  tally: PlanTally
  render: ReturnType<typeof createRenderer>
  batcher: Batcher
}

/** Whether a planning begins with a greeting. *Pure.* */
export function isGreeted({ run }: Pick<PlanInput, 'run'>): boolean {
  return run.kind === 'welcome' && !run.hasNoGreeting
}

/** Whether a planning is for one reader who has just registered, or come to another contact. *Pure.* */
export function isWelcome({ run }: Pick<PlanInput, 'run'>): boolean {
  return run.kind === 'welcome'
}

/** Key of the alert that a run corrects, or null. *Pure.* */
export function correctedBy({ run, content }: Pick<PlanInput, 'run' | 'content'>): string | null {
  const own = content.addOns.find(({ release }) => release.key === run.alert)
  return own?.content.alert?.corrects ?? null
}
