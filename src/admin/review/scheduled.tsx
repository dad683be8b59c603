import { scheduleWords } from '../../review/rules/schedule'

/** 「公開予約 12月1日 9:00」 beside a state; nothing where no time is chosen. */
export function Scheduled({ publishAt }: { publishAt: string }) {
  if (publishAt === '') return null
  return <span className="kizuna-panel__aside">{scheduleWords(publishAt)}</span>
}
