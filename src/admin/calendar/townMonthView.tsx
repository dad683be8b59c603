import type { TownMonth } from '../../calendar/load'
import { monthOf, type Month } from '../../stage/month'
import type { LocalDay } from '../../stage/day'
import { monthLabel } from '../../stage/japaneseDate'
import { MonthChoice } from './monthChoice'
import { MonthTable } from './monthTable'

interface ViewProps {
  town: TownMonth & { id: string }
  month: Month
  today: LocalDay
  /** Path of the page, and of the admin. */
  path: string
  admin: string
  /** Whether the person may look at other municipalities, too. */
  isOneOfMany: boolean
  /** Whether the person writes this municipality's add-ons. */
  canWrite: boolean
}

/** A month of one municipality, and the way to the others. */
export function TownMonthView(props: ViewProps) {
  const { town, month, today, path, admin, isOneOfMany, canWrite } = props
  return (
    <section className="kizuna-calendar-month" aria-labelledby="kizuna-calendar-month">
      <h2 className="kizuna-page__subtitle" id="kizuna-calendar-month">
        {town.name} {monthLabel(month)}
      </h2>
      {town.pause !== null && (
        <p className="kizuna-panel__note" role="note">
          いま、この自治体の配信はお休みしています({town.pause})。再開するまで、どの日も届きません。
        </p>
      )}
      <MonthChoice town={town.id} month={month} current={monthOf(today)} path={path} />
      {isOneOfMany && (
        <p>
          <a href={`${path}?month=${month}`}>ほかの自治体を選ぶ</a>
        </p>
      )}
      <p role="status">
        {town.entries.length > 0
          ? `この月に決まっていることは ${town.entries.length} 件です。`
          : `この月に、日付の決まっていることはありません。${nextStep(canWrite)}`}
        {town.entries.length === 0 && canWrite && (
          <a href={`${admin}/collections/kizuna-add-ons/create`}>自治体原稿を書く</a>
        )}
      </p>
      <MonthTable town={town} month={month} today={today} admin={admin} />
    </section>
  )
}

function nextStep(canWrite: boolean): string {
  return canWrite
    ? '行事や募集を「お知らせ」で書くと送る日が、ふつうの自治体原稿で書くと「掲載を始める日」と「掲載を終える日」が、ここに出ます。'
    : '自治体原稿に掲載の期間を入れるか、自治体の設定でシリーズを使う日を決めると、ここに出ます。'
}
