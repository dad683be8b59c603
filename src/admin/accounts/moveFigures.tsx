import type { MoveKind } from '../../accounts/movePlan'
import { READER_STATES, stateLabel } from '../../accounts/readerState'
import type { DayFigures } from '../../accountMoves/stored'
import { monthDayLabel } from '../../stage/japaneseDate'

const COLUMN = 48
const TOP = 24
const HEIGHT = 140

interface FiguresProps {
  figures: readonly DayFigures[]
  kind: MoveKind
}

/** How many have moved on each day, as a curve with its numbers, and where everybody stands. */
export function MoveFigures({ figures, kind }: FiguresProps) {
  const days = [...figures].sort((a, b) => (a.day < b.day ? -1 : 1))
  const last = days.at(-1)
  if (!last) return <p>数は、始めてから数分でここに出ます。</p>
  return (
    <section aria-label="進みぐあい">
      <h3>進みぐあい</h3>
      <p className="kizuna-panel__hint">数は 10 人きざみです(ひとりを当てられないように)。</p>
      {days.length > 1 && <Curve days={days} title={stateLabel('linked', kind)} />}
      <table className="kizuna-moves__table">
        <caption>{monthDayLabel(last.day)}に、だれがどこにいるか</caption>
        <thead>
          <tr>
            <th scope="col">どこにいるか</th>
            <th scope="col">およその人数</th>
          </tr>
        </thead>
        <tbody>
          {READER_STATES.map(({ value }) => (
            <tr key={value}>
              <th scope="row">{stateLabel(value, kind)}</th>
              <td>{about(last.counts[value])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function about(count: number | undefined): string {
  return !count || count <= 10 ? '10人まで' : `約${count.toLocaleString('ja-JP')}人`
}

function Curve({ days, title }: { days: readonly DayFigures[]; title: string }) {
  const width = COLUMN * days.length
  const most = Math.max(10, ...days.map(({ counts }) => counts.linked))
  const points = days.map(({ day, counts }, at) => ({
    day,
    linked: counts.linked,
    x: COLUMN * (at + 0.5),
    y: TOP + HEIGHT * (1 - counts.linked / most),
  }))
  return (
    <figure className="kizuna-moves__curve">
      <figcaption>{title}の人数</figcaption>
      <div className="kizuna-moves__scroll">
        <svg
          role="img"
          aria-label={points
            .map(({ day, linked }) => `${monthDayLabel(day)} ${linked}人`)
            .join('、')}
          viewBox={`0 0 ${width} ${TOP + HEIGHT + 28}`}
          style={{ width }}
        >
          <polyline points={points.map(({ x, y }) => `${x},${y}`).join(' ')} />
          {points.map(({ day, linked, x, y }) => (
            <g key={day}>
              <circle cx={x} cy={y} r="4" />
              <text x={x} y={y - 8}>
                {linked}
              </text>
              <text x={x} y={TOP + HEIGHT + 20}>
                {day.slice(5).replace('-', '/')}
              </text>
            </g>
          ))}
        </svg>
      </div>
    </figure>
  )
}
