import { normalizeDay } from '../fields/dayField'

/** First years of the eras a clerk may write. */
const ERAS: Readonly<Record<string, number>> = { 令和: 2019, R: 2019, 平成: 1989, H: 1989 }

/** Excel counts days from here (its 1900 date system, for days after February 1900). */
const SERIAL_START = Date.UTC(1899, 11, 30)
const DAY_MS = 86_400_000
/** The years 2000 to 2099 as Excel's serial numbers: other numbers are no days. */
const SERIAL_DAYS = { from: 36_526, to: 73_050 }

/**
 * Reads a day as spreadsheets and clerks write it: 2026/4/1, 2026年4月1日, 令和8年4月1日, R8.4.1 or
 * Excel's serial number; anything else stays as it is, for the field's own check to refuse. *Pure.*
 */
export function readDay(written: string): string {
  const text = written.normalize('NFKC').trim()
  return serialDay(text) ?? eraDay(text) ?? String(normalizeDay(text))
}

function serialDay(text: string): string | null {
  const days = /^\d{5}(\.0+)?$/.test(text) ? Number(text) : 0
  if (days < SERIAL_DAYS.from || days > SERIAL_DAYS.to) return null
  return new Date(SERIAL_START + days * DAY_MS).toISOString().slice(0, 10)
}

function eraDay(text: string): string | null {
  const match = /^(令和|平成|[RH])\s*(元|\d{1,2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/i.exec(text)
  const [, era = '', year, month, day] = match ?? []
  const first = ERAS[era.toUpperCase()]
  if (first === undefined) return null
  const years = year === '元' ? 1 : Number(year)
  return String(normalizeDay(`${first + years - 1}-${month}-${day}`))
}
