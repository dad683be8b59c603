import type { ImaginedFamily } from '../plan/imagined'
import { planLife, type LifeDates, type LifeDay } from '../plan/life'
import type { LocalDay } from '../stage/day'
import { dayLabel } from '../stage/japaneseDate'
import type { Anchors } from '../stage/due'
import { parseSlot, slotLabel } from '../stage/slot'
import { stageAt } from '../stage/stage'
import { describe, describeExclusion, type LeftOut } from './arrivals'
import type { ArrivalMunicipality } from './municipality'

/** One day of a life, in words. */
export interface LifeRow {
  date: LocalDay
  dateLabel: string
  anchors: Anchors
  stage: string
  /** 妊娠中, 0歳, 1歳 …: the part of the life it stands in. */
  chapter: string
  texts: { slotLabel: string; subject: string; addOns: number }[]
  leftOut: LeftOut[]
  /** Where the series expect a text that is not there, with what a link to write it needs. */
  holes: { series: string; slot: string; slotLabel: string; edition: string; where: string }[]
}

/** The child and the family whose life is asked for. */
export interface LifeQuestion {
  dates: LifeDates
  family: ImaginedFamily
}

/** A whole life in words, day by day, without the days on which nothing is to be told. *Pure.* */
export function lifeRows(
  municipality: ArrivalMunicipality,
  { dates, family }: LifeQuestion,
): LifeRow[] {
  const { settings, content, expected } = municipality
  const days = planLife({ settings, content, expected, family, dates })
  return days.map((day) => rowOf(municipality, day)).filter(hasSomething)
}

function rowOf(
  { seriesNames }: ArrivalMunicipality,
  { date, anchors, plan, notTaken, holes }: LifeDay,
): LifeRow {
  const nameOf = (series: string) => seriesNames.get(series) ?? series
  return {
    date,
    anchors,
    dateLabel: dayLabel(date),
    stage: stageAt(anchors, date).label,
    chapter: chapterOf(anchors, date),
    texts: plan.deliveries.map((delivery) => {
      const { slotLabel: label, parts } = describe(delivery)
      const { addOns } = delivery
      return { slotLabel: label, subject: parts[0]?.label ?? '', addOns: addOns.length }
    }),
    leftOut: [
      ...plan.exclusions.map(describeExclusion),
      ...notTaken.map(({ content }) => ({
        slotLabel: slotLabel(parseSlot(content.slot)),
        reason: `自治体が使わない版かシリーズの範囲(${nameOf(content.series)})`,
        into: null,
      })),
    ],
    holes: holes.map(({ series, slot, edition }) => ({
      series,
      slot,
      edition,
      where: nameOf(series),
      slotLabel: slotLabel(parseSlot(slot)),
    })),
  }
}

function hasSomething({ texts, leftOut, holes }: LifeRow): boolean {
  return texts.length + leftOut.length + holes.length > 0
}

function chapterOf(anchors: Anchors, date: LocalDay): string {
  const stage = stageAt(anchors, date)
  if (stage.kind !== 'child') return '妊娠中'
  return `${Math.floor(stage.months / 12)}歳`
}
