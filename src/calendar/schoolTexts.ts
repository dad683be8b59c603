import type { ArrivalMunicipality } from '../arrivals/municipality'
import type { TextEntry } from '../plan/entries'
import { familiesDue } from '../plan/families'
import { createProgram, type DueToday } from '../plan/program'
import type { LocalDay } from '../stage/day'
import { slotLabel } from '../stage/slot'

/** A text that all families of one school year get on one day. */
export interface SchoolText {
  day: LocalDay
  /** Key of its release. */
  key: string
  slotLabel: string
  /** As its readers see it. */
  title: string
}

type Sent = Pick<ArrivalMunicipality, 'settings' | 'content'>

/**
 * The texts that count from the entry into school: they alone come to all their families on one day.
 * Selected by the planning that sends; of one slot, the first edition stands for all. *Pure.*
 */
export function schoolTextsOf(sent: Sent, days: readonly LocalDay[]): SchoolText[] {
  return days.flatMap((date) => {
    const program = createProgram({ ...sent, date })
    const due = familiesDue(program).map(({ anchors }) => program.dueFor(anchors, false))
    return due.flatMap((one) => textsOf(one, sent, date))
  })
}

function textsOf({ texts, once }: DueToday, { settings }: Sent, day: LocalDay): SchoolText[] {
  const rankOf = ({ content }: TextEntry) => settings.editions.indexOf(content.edition)
  const common = texts
    .filter(({ slot, isHidden, ...text }) => slot.anchor === SCHOOL && !isHidden && isSent(text))
    .toSorted((one, other) => rankOf(one) - rankOf(other))
    .filter((text, at, all) => all.findIndex((other) => isSamePlace(text, other)) === at)
  const own = once.filter(({ from, ...addOn }) => from.anchor === SCHOOL && isSent(addOn))
  return [
    ...common.map(({ release: { key }, slot, content }) => ({
      day,
      key,
      slotLabel: slotLabel(slot),
      title: content.subject,
    })),
    ...own.map(({ release: { key }, from, content }) => ({
      day,
      key,
      slotLabel: slotLabel(from),
      title: content.title,
    })),
  ]
}

const SCHOOL = 'schoolEntry'

function isSent({ isSound, isOverdue }: Pick<TextEntry, 'isSound' | 'isOverdue'>): boolean {
  return isSound && !isOverdue
}

function isSamePlace({ content: one }: TextEntry, { content: other }: TextEntry): boolean {
  return one.series === other.series && one.slot === other.slot
}
