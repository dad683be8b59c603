import { barsOf } from '../../statistics/bars'
import type { NumbersReport } from '../../statistics/report'

interface ChartProps {
  /** What a screen reader says in its place: the table under it has the numbers. */
  name: string
  bars: NumbersReport['bars']
}

const COLUMN = 64
const BARS = { top: 24, height: 160 } as const
const HEIGHT = BARS.top + BARS.height + 28

/**
 * Registrations of each month, the number on each bar. What is certain is filled, what may come on top
 * is an outline with stripes: read in black and white, too.
 */
export function BarChart({ name, bars }: ChartProps) {
  const width = COLUMN * bars.length
  const size = { width, height: BARS.height }
  const bottom = BARS.top + BARS.height
  return (
    <div className="kizuna-chart" role="region" aria-label={`${name}(横に動かせます)`} tabIndex={0}>
      <svg role="img" aria-label={name} viewBox={`0 0 ${width} ${HEIGHT}`} style={{ width }}>
        <defs>
          <pattern
            id="kizuna-chart-maybe"
            width="6"
            height="6"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <line x1="0" y1="0" x2="0" y2="6" className="kizuna-chart__stripe" />
          </pattern>
        </defs>
        {barsOf(
          bars.map(({ sum }) => sum),
          size,
        ).map(({ x, width: wide, certain, most }, at) => (
          <g key={bars[at]?.month}>
            <rect
              className="kizuna-chart__maybe"
              fill="url(#kizuna-chart-maybe)"
              x={x}
              y={bottom - most}
              width={wide}
              height={most}
            />
            <rect
              className="kizuna-chart__bar"
              x={x}
              y={bottom - certain}
              width={wide}
              height={certain}
            />
            <text x={x + wide / 2} y={bottom - most - 6}>
              {bars[at]?.sum === null ? '' : bars[at]?.words}
            </text>
            <text x={x + wide / 2} y={bottom + 20}>
              {bars[at]?.label}
            </text>
          </g>
        ))}
        <line x1="0" y1={bottom} x2={width} y2={bottom} className="kizuna-chart__base" />
      </svg>
    </div>
  )
}
