import type { LocalDay } from '../../src/stage/day'
import { dueDay, type Anchors } from '../../src/stage/due'
import type { MonthRule } from '../../src/stage/months'
import { parseSlot, slotCode, slotLabel, type Slot } from '../../src/stage/slot'
import { asUsageError, optionalDay, readArguments, readChoice, UsageError } from './arguments'
import type { Arguments } from './arguments'
import type { CliIo } from './commands'
import { readAnchor } from './stages'
import { dayText, renderJson, renderTable, type Column } from './table'

/** A slot and the day it falls on. */
export interface WhenRow {
  /** Slot code, also when the label was typed. */
  slot: string
  date: LocalDay
}

const COLUMNS: Column<WhenRow & { label: string }>[] = [
  { heading: '記号', cell: (row) => row.slot },
  { heading: '配信日', cell: (row) => row.label },
  { heading: '日付', cell: (row) => dayText(row.date) },
]

/** What to add so that a slot of each anchor gets a date. */
const MISSING_ANCHOR: Record<Slot['anchor'], string> = {
  dueDate: '出産予定日から数えます。--birth ではなく --due を指定してください。',
  birthDate: '誕生日から数えます。--due ではなく --birth を指定してください。',
  schoolEntry: '入学日から数えます。--birth か --school-entry を指定してください。',
  support: '読者が支えの文を希望した日から数えます。日付は読者ごとに違います。',
  announcement: '前のしくみから移った読者に、一度だけ届きます。日付は読者ごとに違います。',
}

/** `when`: the day of each slot for a due date or a birth date. */
export async function run(args: string[], io: CliIo): Promise<number> {
  const given = readArguments(args, {
    options: { due: 'value', birth: 'value', 'month-rule': 'value', 'school-entry': 'value' },
    maxWords: Infinity,
  })
  const anchors = readAnchors(given)
  const monthRule = readChoice(given, 'month-rule', ['friendly', 'legal'])
  if (given.words.length === 0) {
    throw new UsageError(
      '配信日がありません。24w3d、day45、month18、entry-84 のように書いてください。',
    )
  }
  const slots = given.words.map((word) => asUsageError('', () => parseSlot(word)))
  const rows = slots.map((slot) => ({
    slot: slotCode(slot),
    date: dayOf(slot, anchors, monthRule),
    label: slotLabel(slot),
  }))
  const json = () => renderJson(rows.map(({ slot, date }) => ({ slot, date }) satisfies WhenRow))
  for (const line of given.isJson ? json() : renderTable(COLUMNS, rows)) await io.out(line)
  return 0
}

function readAnchors(args: Arguments): Anchors {
  const anchor = readAnchor(args)
  const entryDate = optionalDay(args, 'school-entry')
  if (entryDate === undefined) return anchor
  if ('birthDate' in anchor && entryDate <= anchor.birthDate) {
    throw new UsageError(
      '--school-entry が誕生日より前です。入学する年の 4 月 1 日を指定してください。',
    )
  }
  return { ...anchor, entryDate }
}

function dayOf(slot: Slot, anchors: Anchors, monthRule: MonthRule): LocalDay {
  const day = dueDay(slot, anchors, { monthRule })
  if (day === null) throw new UsageError(`${slotCode(slot)} は${MISSING_ANCHOR[slot.anchor]}`)
  return day
}
