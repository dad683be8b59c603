import type { Anchors } from '../stage/due'
import { pairId, type PlanChild } from './candidate'
import type { Program } from './program'
import { planReader, type Member, type ReaderPlan } from './reader'
import type { ChannelName } from './settings'
import { preferencesOf, type Wishes } from './wishes'

/** A family nobody has, to see what one like it gets. */
export interface ImaginedFamily {
  edition: string
  area: string | null
  /** How the reader is related to the child; absent: notices for some relations are shown too. */
  relation?: string
  channel: ChannelName
  isTwins: boolean
  /** Whether corrected age was chosen. */
  isCorrected: boolean
  wishes?: Wishes | undefined
}

/** Id of an imagined family and of its child in plans. */
export const IMAGINED = 'imagined'

const TWIN = 'twin'

/** The pair of the imagined reader and the imagined child. */
export const IMAGINED_PAIR = pairId(IMAGINED, 1)

const TWIN_PAIR = pairId(IMAGINED, 2)

/** One imagined family's day, and what it had before. */
export interface ImaginedDay {
  program: Program
  family: ImaginedFamily
  anchors: Anchors
  /** Deliveries it has had already, with their days. */
  delivered?: ReadonlyMap<string, string>
}

/** Plans an imagined family's day with the planning that sends; the twin itself is not told. *Pure.* */
export function imagineDay({ program, family, anchors, delivered }: ImaginedDay): ReaderPlan {
  const child: PlanChild = {
    id: IMAGINED,
    pair: IMAGINED_PAIR,
    anchors,
    isCorrected: family.isCorrected,
  }
  const member: Member = {
    id: IMAGINED,
    preferences: preferencesOf(family),
    status: 'active',
    wishes: family.wishes,
    route: { isOpen: true, channel: family.channel, account: IMAGINED },
    children: family.isTwins ? [child, { ...child, id: TWIN, pair: TWIN_PAIR }] : [child],
  }
  const plan = planReader({ program, member, delivered: delivered ?? new Map() })
  const isOwn = (one: { child: string }) => one.child === IMAGINED
  return {
    candidates: plan.candidates,
    deliveries: plan.deliveries.filter(isOwn),
    exclusions: plan.exclusions.filter(isOwn),
  }
}
