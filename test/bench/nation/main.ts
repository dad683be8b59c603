// `npm run bench:nation -- --readers N [--latency MS]`: a day of all 1,741 municipalities, each with
// a LINE channel of its own, as one JSON document.
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'

import { withHost } from '../host'
import { benchNation } from './day'

const { values } = parseArgs({
  options: {
    readers: { type: 'string', default: '20000' },
    latency: { type: 'string', default: '0' },
  },
})
const [readers, latencyMs] = [Number(values.readers), Number(values.latency)]
if (!Number.isInteger(readers) || readers < 1 || !(latencyMs >= 0)) {
  progress('--readers は 1 以上の整数、--latency は 0 以上のミリ秒で書きます。')
  process.exit(2)
}
const figures = await withHost({ env: process.env, isQuick: false, progress }, (host) =>
  benchNation(host, { readers, latencyMs }),
)
const machine = { node: process.version, cpus: availableParallelism() }
process.stdout.write(`${JSON.stringify({ ...machine, ...figures }, null, 2)}\n`)
process.exit(0)

function progress(sentence: string): void {
  process.stderr.write(`${sentence}\n`)
}
