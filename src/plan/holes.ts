import type { ManuscriptContent } from '../release/content'
import type { LiveRelease } from '../release/live'
import type { LocalDay } from '../stage/day'
import type { Anchors } from '../stage/due'
import type { ImaginedFamily } from './imagined'
import { createProgram } from './program'
import type { MunicipalitySettings } from './settings'

/** A place in a series where a text should be. */
export interface ExpectedSlot {
  /** Code of the series. */
  series: string
  slot: string
  edition: string
}

interface HoleInput {
  settings: MunicipalitySettings
  date: LocalDay
  anchors: Anchors
  family: ImaginedFamily
  /** All texts in force of that day. */
  texts: readonly LiveRelease<ManuscriptContent>[]
}

/**
 * The expected slots of a day for which there is no text in the family's edition or the default one,
 * of series the municipality takes. *Pure.*
 */
export function holesAmong(expected: readonly ExpectedSlot[], input: HoleInput): ExpectedSlot[] {
  const { settings, family, texts, date, anchors } = input
  const usable = [family.edition, settings.editions[0]]
  const lacking = expected.filter(
    ({ series, slot, edition }) =>
      usable.includes(edition) &&
      !texts.some(
        ({ content }) =>
          content.series === series && content.slot === slot && usable.includes(content.edition),
      ),
  )
  if (lacking.length === 0) return []
  const content = { texts: lacking.map(standIn), addOns: [] }
  const { texts: taken } = createProgram({ settings, content, date }).dueFor(anchors, false)
  const isTaken = ({ series, slot }: ExpectedSlot) =>
    taken.some(({ content: one }) => one.series === series && one.slot === slot)
  return onePerSlot(lacking.filter(isTaken))
}

function onePerSlot(holes: ExpectedSlot[]): ExpectedSlot[] {
  return [...new Map(holes.map((hole) => [`${hole.series} ${hole.slot}`, hole])).values()]
}

/** A text in the place of the one that is lacking, to ask the planning whether it would be due. */
function standIn({ series, slot, edition }: ExpectedSlot): LiveRelease<ManuscriptContent> {
  const content: ManuscriptContent = {
    type: 'manuscript',
    series,
    slot,
    edition,
    kind: 'stage',
    body: '',
    subject: '',
    ageBasis: 'calendar',
    monthRule: 'friendly',
  }
  return {
    content,
    isSound: true,
    release: {
      id: `${series}|${slot}|${edition}`,
      key: 'hole',
      revision: 0,
      action: 'publish',
      content,
      contentHash: '',
      variables: {},
      publishedAt: '',
      reviewDueAt: null,
      whenOverdue: 'warn',
    },
  }
}
