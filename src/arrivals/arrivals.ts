import type { LineMessage } from '../release/lineMessage'
import { LINE_MAX_OWN_MESSAGES } from '../release/lineMessageLimits'
import type { RenderedMail } from '../release/mail'
import { SAMPLE_PLACES } from '../release/quietRow'
import { imagineDay, type ImaginedFamily } from '../plan/imagined'
import { parseDeliveryId } from '../plan/candidate'
import { createProgram, type Program } from '../plan/program'
import type { PlannedDelivery, PlannedExclusion } from '../plan/reader'
import { REASON_LABELS } from '../plan/reason'
import { createRenderer } from '../plan/render'
import type { ChannelName } from '../plan/settings'
import { slotText } from '../plan/slotText'
import { stageAt } from '../stage/stage'
import type { ArrivalQuery } from './query'
import type { ArrivalMunicipality } from './municipality'

/** What one family gets on one day, composed and rendered by the code that sends. */
export interface Arrivals {
  /** Where the child is that day: 妊娠24週3日. */
  stage: string
  deliveries: Arrival[]
  leftOut: LeftOut[]
}

/** One text that arrives, for each channel of the municipality. */
export interface Arrival {
  slot: string
  slotLabel: string
  /** Release keys of what it is made of: manuscripts first, then add-ons. */
  parts: { key: string; label: string; isAddOn: boolean }[]
  line: LineMessage[] | null
  mail: RenderedMail | null
  /** How many add-ons do not fit into LINE's messages. */
  leftOutOfLine: number
  /** Why nothing could be put together, or null. */
  problem: string | null
}

/** A text that does not arrive, and why. */
export interface LeftOut {
  slotLabel: string
  reason: string
  /** The text it is part of. */
  into: string | null
}

/** Composes what an imagined family of a municipality gets on a day. *Pure.* */
export function arrivalsOf(
  municipality: ArrivalMunicipality,
  { date, anchors, family }: ArrivalQuery,
): Arrivals {
  const { settings, content } = municipality
  const program = createProgram({ settings, content, date })
  return arrivalsIn(program, { anchors, family })
}

/** {@link arrivalsOf} in a program that is there already. *Pure.* */
export function arrivalsIn(
  program: Program,
  { anchors, family }: Pick<ArrivalQuery, 'anchors' | 'family'>,
): Arrivals {
  const { settings, date } = program
  const day = (channel: ChannelName) =>
    imagineDay({ program, family: { ...family, channel } satisfies ImaginedFamily, anchors })
  const plan = day(settings.channels[0] ?? 'mail')
  const render = createRenderer({ settings, places: SAMPLE_PLACES })
  return {
    stage: stageAt(anchors, date).label,
    deliveries: plan.deliveries.map((delivery) => ({
      ...describe(delivery),
      ...NOT_SHOWN,
      ...settings.channels
        .map((channel) => show(channel, delivery))
        .reduce((all, one) => ({ ...all, ...one }), {}),
    })),
    leftOut: plan.exclusions.map(describeExclusion),
  }

  function show(channel: ChannelName, delivery: PlannedDelivery): Partial<Arrival> {
    const outcome = render({ ...delivery, channel })
    if (!outcome.isRendered) return { problem: PROBLEMS[outcome.code] ?? UNRENDERABLE }
    const { payload, leftOut } = outcome
    if (payload?.channel === 'mail') return { mail: payload.mail }
    return payload ? { line: payload.messages, leftOutOfLine: leftOut } : {}
  }
}

const NOT_SHOWN = { line: null, mail: null, leftOutOfLine: 0, problem: null }

const UNRENDERABLE = '文章を組み立てられません。原稿を直して、公開し直してください。'

const PROBLEMS: Readonly<Record<string, string>> = {
  UNKNOWN_VARIABLE:
    '文章の中に、この自治体が決めていない差し込み語があります。自治体の「問い合わせ先」に足すか、原稿から外してください。',
  TOO_LONG: `LINE の ${LINE_MAX_OWN_MESSAGES} つの吹き出しに入りきりません。文章を短くしてください。`,
}

/** What a planned delivery is made of, in words. *Pure.* */
export function describe({ slot, texts, addOns }: PlannedDelivery) {
  return {
    slot,
    slotLabel: slotText(slot),
    parts: [
      ...texts.map(({ release: { key }, content }) => ({
        key,
        label: content.subject,
        isAddOn: false,
      })),
      ...addOns.map(({ release: { key }, content }) => ({
        key,
        label: content.title || '見出しのない自治体原稿',
        isAddOn: true,
      })),
    ],
  }
}

/** Why a text does not arrive, in words. *Pure.* */
export function describeExclusion({ slot, reason, into }: PlannedExclusion): LeftOut {
  return {
    slotLabel: slotText(slot),
    reason: REASON_LABELS[reason],
    into: into ? slotText(parseDeliveryId(into).slot) : null,
  }
}
