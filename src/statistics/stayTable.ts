import { monthsFrom } from '../stage/month'
import { cellsOf, type Cell } from './cells'
import { runsOf } from './period'
import { rateInWords, without } from './sum'

/** A row for each group of registrations and number of days: who gets texts still. *Pure.* */
export function stayRows(cells: Iterable<Cell>): { item: string; figure: string }[] {
  const own = cellsOf(cells, 'stays')
  return own.flatMap(({ of: [, days = '', from = '', to = '', what], sum: registered }) => {
    if (what !== 'registered') return []
    const [left] = cellsOf(own, 'stays', days, from, to, 'left')
    if (!left) return []
    const there = ['受け取っている人', without(registered, left.sum)] as const
    const figure = rateInWords(there, ['登録', registered.least])
    return figure === null ? [] : [{ item: itemOf({ days, from, to }), figure }]
  })
}

function itemOf({ from, to, days }: { from: string; to: string; days: string }): string {
  const after = days === '365' ? '1 年あと' : `${days} 日あと`
  return `${from.slice(0, 4)}年${runsOf(monthsFrom(from, to))}に登録した人の ${after}`
}
