import type { CollectionBeforeValidateHook } from 'payload'

import { municipalityOf } from '../cms/municipalityOf'
import { relatedId } from '../cms/relation'
import { checkDay, type Verdict } from '../fields/checks'
import { usedWindows, type OfMunicipality } from '../fields/usedWindows'
import { isHourWithin, LAST_HOUR_MINUTES } from '../plan/deliveryHour'
import { isSurveyRow } from '../release/blocks/survey'
import { NOTICE_CHANNELS, NOTICE_HOURS, NOTICE_RELATIONS } from '../release/choices'
import { checkAddOnField, type FieldContext } from '../review/gate/contentChecks'
import { localDayOf } from '../stage/day'
import { dayLabel } from '../stage/japaneseDate'
import { readHour, shownHour } from '../stage/localTime'

type Data = Record<string, unknown>

/** Whether what a form holds is a notice. *Pure.* */
export function isNoticeForm(data: unknown): boolean {
  return (data as Data | undefined)?.timing === 'notice'
}

/** Whether what a form holds goes by itself: a notice, or a survey by stage. *Pure.* */
export function goesByItself(data: unknown): boolean {
  const { timing, blocks } = (data ?? {}) as { timing?: unknown; blocks?: unknown }
  if (isNoticeForm(data)) return true
  return timing === 'once' && Array.isArray(blocks) && blocks.some(isSurveyRow)
}

const NOT_A_NOTICE = {
  hour: NOTICE_HOURS[0]?.value,
  relation: NOTICE_RELATIONS[0]?.value,
  channel: NOTICE_CHANNELS[0]?.value,
}

/** A notice has one day; of what does not go by itself, nothing that is said of such alone is kept. */
export const keepNotice: CollectionBeforeValidateHook = ({ data, originalDoc }) => {
  if (!data) return data
  const whole: Data = { ...(originalDoc as Data | undefined), ...(data as Data) }
  if (isNoticeForm(whole)) return { ...data, validTo: whole.validFrom ?? null }
  return 'timing' in data && !goesByItself(whole) ? { ...data, ...NOT_A_NOTICE } : data
}

interface DayContext extends FieldContext {
  previousValue?: unknown
}

/** The day a period begins, or the one of a notice: tomorrow at the earliest, as today is planned. */
export async function checkFirstDay(
  value: unknown,
  { previousValue, ...context }: DayContext,
  now: () => Date,
): Promise<Verdict> {
  const verdict = checkDay(value)
  if (verdict !== true || !isNoticeForm(context.data)) return verdict
  const today = localDayOf(now())
  if (typeof value === 'string' && value !== previousValue && value !== '' && value <= today) {
    return `送る日が ${dayLabel(value)} です。きょう(${dayLabel(today)})の配信はもう始まっているので、あしたか、それより後の日を選んでください。`
  }
  return checkAddOnField('validFrom', context)
}

/** The hour of what goes by itself lies in the sending hours of every channel it takes. */
export async function checkHour(value: unknown, context: FieldContext): Promise<Verdict> {
  const verdict = await checkAddOnField('hour', context)
  if (verdict !== true || context.event === 'onChange') return verdict
  if (!goesByItself(context.data) || typeof value !== 'string') return true
  if (value === NOT_A_NOTICE.hour) return true
  const { municipality, channel } = context.data as Data
  const town = await municipalityOf(relatedId(municipality), context.req)
  const isMeant = (one: string) =>
    !channel || [one, NOT_A_NOTICE.channel].includes(channel as string)
  const hour = readHour(value)
  for (const { channel: one, label, window } of usedWindows((town ?? {}) as OfMunicipality)) {
    if (isMeant(one) && hour !== window.from && !isHourWithin(hour, window)) {
      return `${shownHour(hour)} は、「${label}」の送る時間(${window.from}〜${window.to})に合いません。始まりから、終わりの ${LAST_HOUR_MINUTES} 分前までの時刻を選んでください。`
    }
  }
  return true
}
