import { parse } from 'csv-parse/sync'

import { addDays, type LocalDay } from '../stage/day'
import { anchorDaysFor, birthRangeForEntryYear } from '../stage/inverse'
import { parseSlot } from '../stage/slot'

const COLUMNS =
  'municipality,channel,address,anchor,date,edition,relation,area,source,consentedAt,consentVersion,consentBasis'

/** Sample readers by stage (CSV with a `stage` column) as an import file for a day. *Pure.* */
export function dateReaders(csv: string, today: LocalDay): string {
  const rows = parse(csv, { columns: true, skip_empty_lines: true, bom: true }) as Row[]
  const columns = [...COLUMNS.split(','), ...(rows[0]?.twins === undefined ? [] : ['twins'])]
  const lines = rows.map((row) => {
    const dated: Row = {
      ...row,
      date: anchorDateAt(row.stage ?? '', today),
      consentedAt: today,
      consentBasis: '見本',
    }
    return columns.map((name) => dated[name] ?? '').join(',')
  })
  return `${[columns.join(','), ...lines].join('\n')}\n`
}

type Row = Record<string, string>

/** An anchor date that has the stage today; the nearest one where the calendar has none. *Pure.* */
export function anchorDateAt(stage: string, today: LocalDay): LocalDay {
  const slot = parseSlot(stage)
  // On some days nobody completes a month (no 31st): then the child is a day or two further.
  for (const later of [0, 1, 2, 3]) {
    const found = anchorDaysFor(slot, addDays(today, -later), 'friendly')
    if (found.field === 'schoolEntry') return entrantBirth(today)
    const [day] = found.days
    if (day) return day
  }
  throw new Error(`${stage} にあたる基準日がありません`)
}

/** A birth date that enters school at the first 1 April after a day. */
function entrantBirth(today: LocalDay): LocalDay {
  const year = Number(today.slice(0, 4)) + (today.slice(5) >= '04-01' ? 1 : 0)
  return addDays(birthRangeForEntryYear(year).from, 120)
}
