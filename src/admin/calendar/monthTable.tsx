import { ENTRY_KINDS, type CalendarEntry } from '../../calendar/entries'
import type { TownMonth } from '../../calendar/load'
import { weeksOf, type Month } from '../../stage/month'
import type { LocalDay } from '../../stage/day'
import { monthLabel, weekdayLabel } from '../../stage/japaneseDate'

interface TableProps {
  town: TownMonth & { id: string }
  month: Month
  today: LocalDay
  /** Path of the admin. */
  admin: string
}

/** As the calendars on the walls of town halls begin their weeks. */
const WEEKDAYS = ['日', '月', '火', '水', '木', '金', '土']

/** The weeks of a month with what falls on each day; on a phone a list of days. */
export function MonthTable({ town, month, today, admin }: TableProps) {
  return (
    <table className="kizuna-calendar">
      <caption className="kizuna-unseen">{`${town.name} ${monthLabel(month)}`}</caption>
      <thead>
        <tr>
          {WEEKDAYS.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(month).map((week, at) => (
          <tr key={at}>
            {week.map((day, weekday) =>
              day === null ? (
                <td key={weekday} className="kizuna-calendar__none" />
              ) : (
                <td key={weekday} aria-current={day === today ? 'date' : undefined}>
                  <DayLink day={day} isToday={day === today} town={town.id} admin={admin} />
                  <Entries
                    entries={town.entries.filter((entry) => entry.day === day)}
                    admin={admin}
                  />
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface DayProps {
  day: LocalDay
  isToday: boolean
  town: string
  admin: string
}

/** The way to all that families of this municipality get on a day. */
function DayLink({ day, isToday, town, admin }: DayProps) {
  const [, month, date] = day.split('-').map(Number)
  return (
    <a className="kizuna-calendar__day" href={`${admin}/this-day?municipality=${town}&date=${day}`}>
      <span>
        <span className="kizuna-calendar__phone">{month}月</span>
        <strong>{date}日</strong>
        <span className="kizuna-calendar__phone">({weekdayLabel(day)})</span>
      </span>
      {isToday && <span className="kizuna-calendar__today">今日</span>}
      <span className="kizuna-calendar__way">届くもの</span>
    </a>
  )
}

/** So many of one kind are shown at once; the rest of a full day is opened. */
const MOST_SHOWN = 3

function Entries({ entries, admin }: { entries: readonly CalendarEntry[]; admin: string }) {
  const groups = ENTRY_KINDS.map(({ kind, label }) => ({
    kind,
    label,
    own: entries.filter((entry) => entry.kind === kind),
  })).filter(({ own }) => own.length > 0)
  return groups.map(({ kind, label, own }) => (
    <div key={kind} className={`kizuna-calendar__kind kizuna-calendar__kind--${kind}`}>
      {own.length > MOST_SHOWN ? (
        <details>
          <summary>
            {label} {own.length} 件
          </summary>
          <EntryList entries={own} label={label} admin={admin} />
        </details>
      ) : (
        <>
          <p>{label}</p>
          <EntryList entries={own} label={label} admin={admin} />
        </>
      )}
    </div>
  ))
}

interface ListProps {
  entries: readonly CalendarEntry[]
  label: string
  admin: string
}

function EntryList({ entries, label, admin }: ListProps) {
  return (
    <ul aria-label={label}>
      {entries.map(({ path, title, note }, at) => (
        <li key={at}>
          {path ? <a href={`${admin}${path}`}>{title || '(題名なし)'}</a> : title}
          {note && <span className="kizuna-calendar__note">{note}</span>}
        </li>
      ))}
    </ul>
  )
}
