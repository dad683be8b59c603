import { familiesDue, type FamilyGroup } from '../plan/families'
import { imagineDay, type ImaginedFamily } from '../plan/imagined'
import { createProgram } from '../plan/program'
import type { LocalDay } from '../stage/day'
import { dayLabel } from '../stage/japaneseDate'
import type { AnchorKind } from '../stage/slot'
import { stageAt } from '../stage/stage'
import { describe, describeExclusion, type LeftOut } from './arrivals'
import type { ArrivalMunicipality } from './municipality'

/** Families with one date, and what they get in each edition. */
export interface DayRow {
  anchor: AnchorKind
  anchors: FamilyGroup['anchors']
  /** Where the child is that day. */
  stage: string
  /** Whose date it is: 出産予定日 2027年3月15日(月). */
  family: string
  editions: DayEdition[]
}

/** One edition of a row. */
export interface DayEdition {
  edition: string
  texts: { subject: string; addOns: number; isOtherEdition: boolean }[]
  leftOut: LeftOut[]
}

/** What a whole municipality gets on a day, one page of it. */
export interface DayQuestion {
  date: LocalDay
  family: Omit<ImaginedFamily, 'channel' | 'edition'>
  /** From 1; after the last one, the last one. */
  page: number
}

/** Families on one page: only these are planned. */
export const PAGE_SIZE = 60

const ANCHOR_WORDS: Readonly<Record<AnchorKind, string>> = {
  dueDate: '出産予定日',
  birthDate: '誕生日',
  schoolEntry: '入学',
  support: '支えの文を希望した日',
  announcement: '届く日',
}

/** The families of one page that something is due to on a day, with their texts, and how many there are in all. *Pure.* */
export function dayRows(
  { settings, content }: ArrivalMunicipality,
  { date, family, page }: DayQuestion,
): { rows: DayRow[]; count: number; page: number; last: number } {
  const program = createProgram({ settings, content, date })
  const channel = settings.channels[0] ?? 'mail'
  const rowOf = ({ anchor, anchors, date: own }: FamilyGroup): DayRow => ({
    anchor,
    anchors,
    stage: stageAt(anchors, date).label,
    family: `${ANCHOR_WORDS[anchor]} ${dayLabel(own)}`,
    editions: settings.editions.map((edition) => {
      const plan = imagineDay({ program, family: { ...family, edition, channel }, anchors })
      return {
        edition,
        texts: plan.deliveries.map((delivery) => ({
          subject: describe(delivery).parts[0]?.label ?? '',
          addOns: delivery.addOns.length,
          isOtherEdition: delivery.texts.some(({ content: text }) => text.edition !== edition),
        })),
        leftOut: plan.exclusions.map(describeExclusion),
      }
    }),
  })
  const groups = familiesDue(program)
  const last = Math.max(1, Math.ceil(groups.length / PAGE_SIZE))
  const at = Math.min(page, last)
  const shown = groups.slice((at - 1) * PAGE_SIZE, at * PAGE_SIZE).map(rowOf)
  return {
    page: at,
    last,
    count: groups.length,
    rows: shown.filter(({ editions }) => editions.some(hasSomething)),
  }
}

function hasSomething({ texts, leftOut }: DayEdition): boolean {
  return texts.length + leftOut.length > 0
}
