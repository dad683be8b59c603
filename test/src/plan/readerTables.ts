import type { Release } from '../../../src/release/content'
import type { LocalDay } from '../../../src/stage/day'
import { liveContent } from '../../../src/release/live'
import { pairId, type PlanChild } from '../../../src/plan/candidate'
import { createProgram } from '../../../src/plan/program'
import { planReader, type Member, type ReaderPlanInput } from '../../../src/plan/reader'
import type { MunicipalitySettings } from '../../../src/plan/settings'
import { settings, TODAY, TOWN } from './town'

/** A child of the tables; `id` is its name. */
export function child(id: string, anchors: PlanChild['anchors'], isCorrected = false): PlanChild {
  return { id, pair: pairId(TOWN, id), anchors, isCorrected }
}

/** Hanako reads on LINE in the standard edition, wherever she lives. */
export function hanako(children: PlanChild[], changed: Partial<Member> = {}): Member {
  return {
    id: 'hanako',
    preferences: { edition: 'standard', area: null },
    status: 'active',
    route: { isOpen: true, channel: 'line', account: 'L1' },
    children,
    ...changed,
  }
}

/** What a plan comes to, in a form that fits one line of a table. */
export interface Outcome {
  /** `child slot` of each delivery, with its texts and add-ons. */
  deliveries: string[]
  /** `child slot reason` */
  exclusions: string[]
}

interface Case {
  member: Member
  releases: Release[]
  date?: LocalDay
  municipality?: Partial<MunicipalitySettings>
  delivered?: [string, LocalDay][]
  options?: Partial<ReaderPlanInput>
}

/** Plans one reader's day and checks that every candidate is accounted for. */
export function planOf({
  member,
  releases,
  date,
  municipality,
  delivered,
  options,
}: Case): Outcome {
  const program = createProgram({
    settings: settings(municipality),
    content: liveContent(releases),
    date: date ?? TODAY,
  })
  const plan = planReader({ program, member, delivered: new Map(delivered ?? []), ...options })
  if (plan.candidates !== plan.deliveries.length + plan.exclusions.length) {
    throw new Error('candidates are not accounted for')
  }
  return {
    deliveries: plan.deliveries.map(({ child: id, slot, texts, addOns, isPlural }) => {
      const parts = [
        ...texts.map(({ content }) => content.slot + editionMark(content.edition)),
        ...addOns.map((one) => one.content.title),
      ]
      return `${id} ${slot} [${parts.join(' ')}]${isPlural ? ' 複数' : ''}`
    }),
    exclusions: plan.exclusions.map(({ child: id, slot, reason, into }) =>
      [id, slot, reason, ...(into ? [`→ ${into}`] : [])].join(' '),
    ),
  }
}

function editionMark(edition: string): string {
  return edition === 'standard' ? '' : `(${edition})`
}
