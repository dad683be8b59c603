// What the CMS publishes in the year, decided before it begins.
import { allSlots, later, type Day } from './days'
import { planMerge, type Merge } from './merge'
import { FIRST_DAY, TOWNS } from './setting'

/** Editions of the year's texts. */
export const EDITIONS = ['standard', 'easy'] as const

/** One act of the CMS on a text, before the day's texts go out. */
export interface Published {
  day: Day
  slot: string
  edition: string
  revision: number
  /** `unapproved`: what it holds is not what was approved. */
  action: 'publish' | 'withdraw' | 'unapproved'
}

/** The share of the year after which each town asks its survey, on the same day: nobody is asked two. */
const SURVEYED = 0.52

/** What goes with each text of a town for a while. */
export interface YearAddOn {
  town: string
  name: string
  from: Day
  to: Day
}

/** What a town tells once, or at once. */
export interface YearNotice {
  town: string
  name: string
  day: Day
  kind: 'notice' | 'urgent' | 'correction' | 'survey'
  /** The last day on which a survey is answered. */
  endsOn?: Day
  /** Name of the warning that a correction corrects. */
  corrects?: string
}

/** The CMS's year. */
export interface ContentPlan {
  published: Published[]
  addOns: YearAddOn[]
  notices: YearNotice[]
  merge: Merge
}

/** The fiscal year ends here. */
export const LAST_OF_FISCAL_YEAR: Day = '2032-03-31'

/** The year of the CMS; the same in each year of families. *Pure.* */
export function planContents(days: number): ContentPlan {
  const at = (share: number) => later(FIRST_DAY, Math.floor(days * share))
  const all = EDITIONS.flatMap((edition) =>
    allSlots().map((slot) => ({ day: later(FIRST_DAY, -1), slot, edition, revision: 1 })),
  )
  const published: Published[] = all.map((one) => ({ ...one, action: 'publish' }))
  for (const [at, slot] of allSlots().entries()) {
    const change = CHANGES[at % CHANGES.length]
    if (change)
      published.push(...change(slot, (share) => later(FIRST_DAY, Math.floor(days * share))))
  }
  return {
    published: published.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0)),
    addOns: TOWNS.flatMap(({ code }) => [
      { town: code, name: '2031', from: later(FIRST_DAY, -30), to: LAST_OF_FISCAL_YEAR },
      { town: code, name: '2032', from: later(LAST_OF_FISCAL_YEAR, 1), to: '2033-03-31' },
    ]),
    merge: planMerge(days),
    notices: TOWNS.flatMap(({ code: town }, nth) => [
      {
        ...{ town, name: `s${nth}`, day: at(SURVEYED), kind: 'survey' as const },
        endsOn: at(SURVEYED + 0.2),
      },
      { town, name: `k${nth}`, day: at(0.3 + nth / 10), kind: 'notice' as const },
      { town, name: `u${nth}`, day: at(0.55 + nth / 10), kind: 'urgent' as const },
      {
        ...{ town, name: `v${nth}`, day: at(0.55 + nth / 10), kind: 'correction' as const },
        corrects: `u${nth}`,
      },
    ]),
  }
}

type Change = ((slot: string, at: (share: number) => Day) => Published[]) | null

/** What becomes of every ninth, seventeenth … text in the year. */
const CHANGES: Change[] = [
  null,
  (slot, at) => [{ ...TEXT, day: at(0.25), slot, revision: 2, action: 'publish' }],
  null,
  null,
  (slot, at) => [
    { ...TEXT, day: at(0.2), slot, revision: 2, action: 'withdraw' },
    { ...TEXT, day: at(0.5), slot, revision: 3, action: 'publish' },
  ],
  null,
  null,
  null,
  (slot, at) => [
    { ...TEXT, day: at(0.6), slot, revision: 2, action: 'unapproved' },
    { ...TEXT, day: at(0.8), slot, revision: 3, action: 'publish' },
  ],
  null,
  null,
  null,
  null,
]

const TEXT = { edition: 'standard' }

/** The revision in force on a day of a slot of an edition; null: there is none. *Pure.* */
export function createInForce({ published }: ContentPlan) {
  const byText = new Map<string, Published[]>()
  for (const one of published) {
    const key = `${one.slot}/${one.edition}`
    byText.set(key, [...(byText.get(key) ?? []), one])
  }
  return (slot: string, edition: string, day: Day): number | null => {
    const past = (byText.get(`${slot}/${edition}`) ?? []).filter((one) => one.day <= day)
    const newest = past.at(-1)
    return newest?.action === 'publish' ? newest.revision : null
  }
}

/** Answers {@link createInForce}. */
export type InForce = ReturnType<typeof createInForce>
