// `npm run bench:nation -- --readers N [--latency MS] [--towns N]`: a day of all 1,741 municipalities
// (or fewer of them, as large as they are among all), each with a LINE channel of its own, as one JSON
// document.
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'

import { withHost } from '../host'
import { benchNation } from './day'
import { MUNICIPALITIES } from './municipalities'

const { values } = parseArgs({
  options: {
    readers: { type: 'string', default: '20000' },
    latency: { type: 'string', default: '0' },
    towns: { type: 'string', default: String(MUNICIPALITIES) },
  },
})
const [readers, count, latencyMs] = [
  Number(values.readers),
  Number(values.towns),
  Number(values.latency),
]
const isCount = (value: number) => Number.isInteger(value) && value >= 1
if (!isCount(readers) || !(latencyMs >= 0) || !isCount(count) || count > MUNICIPALITIES) {
  progress(
    `--readers は 1 以上の整数、--latency は 0 以上のミリ秒、--towns は 1〜${MUNICIPALITIES} の整数で書きます。`,
  )
  process.exit(2)
}
const figures = await withHost({ env: process.env, isQuick: false, progress }, (host) =>
  benchNation(host, { readers, latencyMs, count }),
)
const machine = { node: process.version, cpus: availableParallelism() }
process.stdout.write(`${JSON.stringify({ ...machine, ...figures }, null, 2)}\n`)
process.exit(0)

function progress(sentence: string): void {
  process.stderr.write(`${sentence}\n`)
}
