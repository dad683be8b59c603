// `npm run bench:nation -- --readers N [--latency MS] [--towns N] [--workers N]`: a day of all 1,741
// municipalities (or fewer of them, as large as they are among all), each with a LINE channel of its
// own, by one worker program or more, as one JSON document.
// `--days N [--keep N]`: so many days of a few towns instead, with details kept for 60.
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'

import { withHost } from '../host'
import { LEAST_KEPT_DAYS } from '../../../worker/retention/dailyRemoval'
import { benchNation } from './day'
import { MUNICIPALITIES } from './municipalities'
import { benchYear } from './openYear'

const { values } = parseArgs({
  options: {
    readers: { type: 'string', default: '20000' },
    latency: { type: 'string', default: '0' },
    towns: { type: 'string', default: String(MUNICIPALITIES) },
    workers: { type: 'string', default: '1' },
    days: { type: 'string', default: '1' },
    keep: { type: 'string', default: '60' },
  },
})
const [days, keptDays] = [Number(values.days), Number(values.keep)]
const [readers, count, workers, latencyMs] = [
  Number(values.readers),
  Number(values.towns),
  Number(values.workers),
  Number(values.latency),
]
const isCount = (value: number) => Number.isInteger(value) && value >= 1
if (
  !isCount(readers) ||
  !isCount(workers) ||
  !(latencyMs >= 0) ||
  !isCount(count) ||
  count > MUNICIPALITIES
) {
  progress(
    `--readers と --workers は 1 以上の整数、--latency は 0 以上のミリ秒、--towns は 1〜${MUNICIPALITIES} の整数で書きます。`,
  )
  process.exit(2)
}
if (!isCount(days) || !isCount(keptDays) || keptDays < LEAST_KEPT_DAYS) {
  progress(`--days は 1 以上、--keep(記録を残す日数)は ${LEAST_KEPT_DAYS} 以上の整数で書きます。`)
  process.exit(2)
}
const figures = await withHost({ env: process.env, isQuick: false, progress }, async (host) =>
  days === 1
    ? benchNation(host, { readers, latencyMs, count, workers })
    : benchYear(host, { readers, days, keptDays }),
)
const machine = { node: process.version, cpus: availableParallelism() }
process.stdout.write(`${JSON.stringify({ ...machine, ...figures }, null, 2)}\n`)
process.exit(0)

function progress(sentence: string): void {
  process.stderr.write(`${sentence}\n`)
}
