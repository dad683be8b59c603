import { civilOf, dayNumberOf } from './civil'
import { fromDayNumber, toDayNumber, type LocalDay } from './day'

/**
 * 1 April of the year a child enters primary school; children born on 1 April still belong to the
 * year before them. *Pure.*
 *
 * Source: 学校教育法17条1項 with 年齢計算ニ関スル法律 (six years are complete on 31 March).
 */
export function schoolEntryDay(birthDate: LocalDay): LocalDay {
  return fromDayNumber(schoolEntryDayNumber(toDayNumber(birthDate)))
}

/** {@link schoolEntryDay} on day numbers. *Pure.* */
export function schoolEntryDayNumber(birth: number): number {
  const { year, month, day } = civilOf(birth)
  const isEarly = month < 4 || (month === 4 && day === 1)
  return dayNumberOf(year + (isEarly ? 6 : 7), 4, 1)
}
