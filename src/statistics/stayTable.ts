import { monthsFrom } from '../stage/month'
import type { Stay } from './figures'
import { runsOf } from './period'
import { rateInWords, sumOf, without } from './sum'

/** A row for each group of registrations and number of days: who gets texts still. *Pure.* */
export function stayRows(stays: readonly Stay[]): { item: string; figure: string }[] {
  const groups = new Map<string, Stay[]>()
  for (const stay of stays) {
    // who is not told of is in neither number
    if (typeof stay.registered !== 'number' || stay.left === 'withheld') continue
    const item = itemOf(stay)
    groups.set(item, [...(groups.get(item) ?? []), stay])
  }
  return [...groups].flatMap(([item, group]) => {
    const registered = sumOf(group.map((stay) => stay.registered))
    const left = sumOf(group.map((stay) => stay.left))
    if (!registered || !left) return []
    const there = ['受け取っている人', without(registered, left)] as const
    const figure = rateInWords(there, ['登録', registered.least])
    return figure === null ? [] : [{ item, figure }]
  })
}

function itemOf({ from, to, days }: Stay): string {
  const after = days === 365 ? '1 年あと' : `${days} 日あと`
  return `${from.slice(0, 4)}年${runsOf(monthsFrom(from, to))}に登録した人の ${after}`
}
