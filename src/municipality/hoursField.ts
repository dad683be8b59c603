import type { Field } from 'payload'

import { OFFERABLE_HOURS, readHour, writeHour } from '../stage/localTime'
import { isHourWithin, LAST_HOUR_MINUTES } from '../plan/deliveryHour'
import { usedWindows, type OfMunicipality } from '../fields/usedWindows'

/** The hours of the day that readers may choose; none is the usual case, and shows them nothing. */
export const hoursField: Field = {
  name: 'hours',
  type: 'select',
  label: '読者が選べる時刻',
  hasMany: true,
  options: OFFERABLE_HOURS.map((hour) => ({ value: writeHour(hour), label: hour })),
  admin: {
    description:
      '空のままなら、全員に「送る時間」の始まりから送り、読者の画面には何も出ません。時刻を選ぶと、読者は始まりの時刻とここの時刻から、自分の文が届く時刻を選べます。あとで外した時刻を選んでいた読者には、始まりの時刻に送ります。その日の日報は、最後の時刻の分を送り終えてから届きます。',
  },
  validate: (value: unknown, { data }: { data: unknown }) => checkHours(value, data),
}

/** Whether what is offered lies in the hours of every channel that is used. *Pure.* */
export function checkHours(value: unknown, data: unknown): true | string {
  const hours = Array.isArray(value) ? value.map((one) => readHour(String(one))) : []
  const unknown = hours.find((hour) => !OFFERABLE_HOURS.includes(hour))
  if (unknown !== undefined) return '選択肢から選んでください。'
  for (const { label, window } of usedWindows((data ?? {}) as OfMunicipality)) {
    const outside = hours.filter((hour) => !isHourWithin(hour, window))
    if (outside.length > 0) {
      return `${outside.join('、')} は、「${label}」の送る時間(${window.from}〜${window.to})に合いません。始まりより後で、終わりの ${LAST_HOUR_MINUTES} 分前までの時刻を選んでください。`
    }
  }
  return true
}
