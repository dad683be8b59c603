/** What the latencies of one kind of request come to, in milliseconds. */
export interface Latencies {
  count: number
  p50: number
  p99: number
  max: number
}

/** The nearest-rank percentiles of latencies. *Pure.* */
export function latenciesOf(all: readonly number[]): Latencies {
  const sorted = [...all].sort((a, b) => a - b)
  const at = (share: number) => rounded(sorted[Math.ceil(sorted.length * share) - 1] ?? 0)
  return { count: sorted.length, p50: at(0.5), p99: at(0.99), max: at(1) }
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10
}

/** The slope of the straight line nearest to values at times (least squares). *Pure.* */
export function slopeOf(points: readonly { at: number; value: number }[]): number {
  const mean = (of: (point: { at: number; value: number }) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length
  const [at, value] = [mean((point) => point.at), mean((point) => point.value)]
  const spread = points.reduce((sum, point) => sum + (point.at - at) ** 2, 0)
  const shared = points.reduce((sum, point) => sum + (point.at - at) * (point.value - value), 0)
  return spread === 0 ? 0 : shared / spread
}
