/** The zone of everything the admin shows. */
const ZONE = 'Asia/Tokyo'

const partsOfMoment = new Intl.DateTimeFormat('ja-JP', {
  timeZone: ZONE,
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  weekday: 'short',
  hour: 'numeric',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** An instant as a clerk in Japan writes it, whatever the zone here: 2026年11月23日(月) 9:05. *Pure.* */
export function japaneseMoment(instant: Date | string): string {
  const at = new Date(instant)
  if (Number.isNaN(at.getTime())) return ''
  const { year, month, day, weekday, hour, minute } = partsOf(at)
  return `${year}年${month}月${day}日(${weekday}) ${Number(hour)}:${minute}`
}

/** The day in Japan of an instant: 2026年11月23日(月). *Pure.* */
export function japaneseDayOf(instant: Date | string): string {
  return japaneseMoment(instant).split(' ')[0] ?? ''
}

function partsOf(at: Date): Record<string, string> {
  const parts = partsOfMoment.formatToParts(at).map(({ type, value }) => [type, value] as const)
  return Object.fromEntries(parts)
}
