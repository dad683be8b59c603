import { instantsOf, type Month } from '../../src/stage/month'

/** The first instant of a month in Japan. *Pure.* */
export function beginOf(month: Month): Date {
  return new Date(instantsOf(month).begins)
}

/** The first instant after a month in Japan. *Pure.* */
export function endOf(month: Month): Date {
  return new Date(instantsOf(month).ends)
}
