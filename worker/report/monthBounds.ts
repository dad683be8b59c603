import { instantOf } from '../../src/stage/day'
import { addMonths, type Month } from '../../src/stage/month'

/** The first instant of a month in Japan. *Pure.* */
export function beginOf(month: Month): Date {
  return instantOf(`${month}-01`, '00:00')
}

/** The first instant after a month in Japan. *Pure.* */
export function endOf(month: Month): Date {
  return beginOf(addMonths(month, 1))
}
