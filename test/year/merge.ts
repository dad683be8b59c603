// Two towns' accounts become one: もり市 moves to the account of みなと町, of another provider, and
// those who do not come along by the end are left behind.
import { later, type Day } from './days'
import type { FamilyPlan } from './plan'
import { FIRST_DAY } from './setting'

/** When the accounts become one, and which. */
export interface Merge {
  /** Code of the town that moves, and of the one whose account it shares then. */
  town: string
  host: string
  /** The first and the last day on which readers may come along. */
  begin: Day
  until: Day
  /** From this day on the former account sends nothing. */
  end: Day
}

const TOWN = '999024'
const HOST = '999016'
const BEGIN = 0.2
const SHARE = 0.12
const SHORTEST = 2
const LONGEST = 45

/** The merge in a year of so many days. *Pure.* */
export function planMerge(days: number): Merge {
  const begin = Math.floor(days * BEGIN)
  const length = Math.min(LONGEST, Math.max(SHORTEST, Math.floor(days * SHARE)))
  const day = (number: number) => later(FIRST_DAY, number)
  return {
    ...{ town: TOWN, host: HOST },
    ...{ begin: day(begin), until: day(begin + length - 1), end: day(begin + length) },
  }
}

/** Code of the town whose account takes new readers of a town on a day. *Pure.* */
export function accountOn({ town, host, begin }: Merge, of: string, day: Day): string {
  return of === town && day >= begin ? host : of
}

/** Codes of the towns whose texts an account may send on a day. *Pure.* */
export function townsOnAccount({ town, host, begin, end }: Merge, account: string, day: Day) {
  if (account === host) return day >= begin ? [host, town] : [host]
  return account === town && day >= end ? [] : [account]
}

/**
 * Id on LINE of a reader by their number: an account's provider gives everybody another one. *Pure.*
 */
export function lineId(number: number, account: string): string {
  return `U${account}${number.toString(16).padStart(26, '0')}`
}

/** Code of the town of whose account an id on LINE is. *Pure.* */
export function accountOfLineId(id: string): string {
  return id.slice(1, 7)
}

/** Whether texts to an address come to the account that is no more on a day. *Pure.* */
export function isLeftBehind({ town, end }: Merge, address: string, day: Day): boolean {
  return day >= end && !address.includes('@') && accountOfLineId(address) === town
}

/**
 * What people do without what they could do only through texts and talks of an account that is no more.
 * *Pure.*
 */
export function withoutLeftBehind({ readers, acts }: FamilyPlan, merge: Merge) {
  const addresses = new Map(readers.map(({ key, address }) => [key, address]))
  return acts.filter(({ reader, deed, day }) => {
    if ('address' in deed && deed.address) addresses.set(reader, deed.address)
    const own = addresses.get(deed.kind === 'join' ? deed.of : reader) ?? ''
    return !isLeftBehind(merge, own, day)
  })
}

/** What the CMS serves of the move on a day; none before it begins. *Pure.* */
export function moveDocuments({ town, host, begin, until, end }: Merge, day: Day): object[] {
  if (day < begin) return []
  return [
    {
      ...{ id: MOVE, municipality: `cms-${town}`, kind: 'otherProvider' },
      stage: day < end ? 'running' : 'finished',
      ...{ from: `L${town}`, to: `L${host}`, begin, until },
    },
  ]
}

/** Id of the move in the CMS. */
export const MOVE = '00000000000000000000a0e1'
