import { StageError } from './error'
import type { Slot } from './slot'
import { slotCode } from './slotCode'
import { ANNOUNCEMENT, ANNOUNCEMENT_LABEL } from './announcement'
import { MAX_SUPPORT_DAYS } from './support'

/** One way to write a slot: a pattern over the normalised text and what its groups mean. */
interface Notation {
  pattern: RegExp
  read: (groups: Record<string, string | undefined>) => Slot | null
}

const NOTATIONS: Notation[] = [
  { pattern: /^(?<week>\d+)w(?<day>\d)d$/, read: readPregnancy },
  { pattern: /^(?:妊娠)?(?:満)?(?<week>\d+)週と?(?<day>\d)日目?$/, read: readPregnancy },
  { pattern: /^妊娠(?<week>\d+)週$/, read: readPregnancy },
  { pattern: /^day(?<days>\d+)$/, read: readDays },
  { pattern: /^生後(?<days>\d+)日目?$/, read: readDays },
  { pattern: /^month(?<months>\d+)(?:\+(?<plus>\d+))?$/, read: readMonths },
  {
    pattern:
      /^(?:生後|満)?(?:(?<years>\d+)[歳才](?:の誕生日)?)?(?:(?<months>\d+)[かカヵヶケ箇個]月|(?<half>半))?(?:と(?<plus>\d+)日)?$/,
    read: readMonths,
  },
  { pattern: /^entry(?:(?<years>[+-]\d+)y)?(?<offset>[+-]\d+)$/, read: readEntry },
  { pattern: /^(?<age>\d+)[歳才]学年(?:年)?度末$/, read: readSchoolYearEnd },
  {
    pattern:
      /^入学(?:の(?<years>\d+)年(?<side>前|後))?(?:の(?:日|当日)|の?(?<before>\d+)(?<beforeUnit>日|週間?)前|(?:から|後)(?<after>\d+)(?<afterUnit>日|週間?)後?)$/,
    read: readEntryLabel,
  },
  { pattern: /^support(?<days>\d+)$/, read: readSupport },
  { pattern: /^支えの文の?(?<days>\d+)日目?$/, read: readSupport },
  { pattern: /^手続きや相談先(?<page>のページ)?$/, read: readSupport },
  {
    pattern: new RegExp(`^(?<name>${ANNOUNCEMENT}|${ANNOUNCEMENT_LABEL})$`),
    read: () => ({ anchor: 'announcement' }),
  },
]

/**
 * Reads a slot code (`24w3d`, `day45`, `month18+3`, `entry-84`) or its Japanese label, in full or
 * half width. *Pure.*
 *
 * @throws StageError `BAD_SLOT` when it is neither, `SLOT_OUT_OF_RANGE` when no child gets there.
 */
export function parseSlot(text: string): Slot {
  const written = text.normalize('NFKC').toLowerCase().replace(/\s/g, '').replace(/[−–‐]/g, '-')
  for (const { pattern, read } of NOTATIONS) {
    const groups = pattern.exec(written)?.groups
    const slot = groups ? read(groups) : null
    if (slot) return inRange(slot, text)
  }
  throw new StageError(
    'BAD_SLOT',
    `「${text}」は配信日として読めません。24w3d、day45、month18、month18+3、entry-84、entry+10 のような記号か、「妊娠24週3日」「生後45日」「1歳6か月」「入学の84日前」のような名前で書いてください。`,
  )
}

function readPregnancy({ week, day }: Record<string, string | undefined>): Slot {
  return { anchor: 'dueDate', week: Number(week), day: Number(day ?? 0) }
}

function readDays({ days }: Record<string, string | undefined>): Slot {
  return { anchor: 'birthDate', unit: 'day', days: Number(days) }
}

function readMonths(groups: Record<string, string | undefined>): Slot | null {
  const { years, months, half, plus } = groups
  if (years === undefined && months === undefined) return null
  if (years !== undefined && Number(months) > 11) return null
  const total = Number(years ?? 0) * 12 + (half ? 6 : Number(months ?? 0))
  return { anchor: 'birthDate', unit: 'month', months: total, plusDays: Number(plus ?? 0) }
}

function readEntry({ years, offset }: Record<string, string | undefined>): Slot {
  return entry(Number(years ?? 0), Number(offset))
}

function readSchoolYearEnd({ age }: Record<string, string | undefined>): Slot {
  return entry(Number(age) - 6, -1)
}

function readEntryLabel(groups: Record<string, string | undefined>): Slot {
  const { years, side, before, beforeUnit, after, afterUnit } = groups
  const unit = (beforeUnit ?? afterUnit) === '日' ? 1 : 7
  const offsetDays = (Number(after ?? 0) - Number(before ?? 0)) * unit
  return entry(Number(years ?? 0) * (side === '前' ? -1 : 1), offsetDays)
}

function readSupport({ days }: Record<string, string | undefined>): Slot {
  return { anchor: 'support', days: Number(days ?? 0) }
}

function entry(years: number, offset: number): Slot {
  const offsetDays = offset === 0 ? 0 : offset // never -0
  return { anchor: 'schoolEntry', offsetDays, ...(years === 0 ? {} : { years }) }
}

function inRange(slot: Slot, text: string): Slot {
  const allowed = rangeOf(slot)
  if (allowed === null) return slot
  const code = slotCode(slot)
  const meaning = code === text ? '' : `(${code})`
  throw new StageError('SLOT_OUT_OF_RANGE', `「${text}」${meaning}は範囲の外です。${allowed}`)
}

/** The sentence about what is allowed when the slot is outside it, else null. */
function rangeOf(slot: Slot): string | null {
  switch (slot.anchor) {
    case 'dueDate':
      if (slot.week <= 42 && slot.day <= 6) return null
      return '妊娠の配信日は 0w0d から 42w6d まで、日は 0 から 6 までで書いてください。'
    case 'birthDate':
      if (slot.unit === 'day') {
        return slot.days <= 3650 ? null : '生後の日数は day0 から day3650 までで書いてください。'
      }
      if (slot.months >= 1 && slot.months <= 240 && slot.plusDays <= 366) return null
      return '月齢は month1 から month240 まで、そのあとの日数は +366 までで書いてください。'
    case 'schoolEntry':
      if (Math.abs(slot.offsetDays) <= 800 && isSchoolYear(slot.years ?? 0)) return null
      return '入学の配信日は entry-800 から entry+800 まで、学年年度末は 0 歳から 18 歳までで書いてください。'
    case 'support':
      if (slot.days <= MAX_SUPPORT_DAYS) return null
      return `支えの文の配信日は support1 から support${MAX_SUPPORT_DAYS} まで、手続きや相談先のページは support0 で書いてください。`
    case 'announcement':
      return null
  }
}

/** From the nursery class of age 0 (six years before entry) to the end of high school. */
function isSchoolYear(years: number): boolean {
  return years >= -6 && years <= 12
}
