// `npm run load -- [--seconds 600] [--webhooks 200] [--registrations 20] [--readers 60000] [--warm-up 20]`:
// webhooks and registrations at a steady rate while texts go out, on the real programs. One JSON document; it
// ends with 1 when the webhook's p99 is too long, or anything failed, got lost or was answered twice.
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'

import { withHost } from '../bench/host'
import { faultsOf } from './judge'
import { runLoad } from './load'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '600' },
    webhooks: { type: 'string', default: '200' },
    registrations: { type: 'string', default: '20' },
    readers: { type: 'string', default: '60000' },
    'warm-up': { type: 'string', default: '20' },
  },
})
const progress = (sentence: string) => void process.stderr.write(`${sentence}\n`)
const input = {
  seconds: Number(values.seconds),
  webhooks: Number(values.webhooks),
  registrations: Number(values.registrations),
  readers: Number(values.readers),
  warmUpSeconds: Number(values['warm-up']),
}
for (const [name, value] of Object.entries(values)) {
  if (/^[1-9]\d*$/.test(value)) continue
  progress(`--${name}: 1 以上の整数で書きます(「${value}」でした)。`)
  process.exit(2)
}
const report = await withHost({ env: process.env, isQuick: false, progress }, (host) =>
  runLoad(host, input),
)
const faults = faultsOf(report)
const machine = { node: process.version, cpus: availableParallelism() }
process.stdout.write(`${JSON.stringify({ ...machine, input, ...report, faults }, null, 2)}\n`)
process.exit(faults.length > 0 ? 1 : 0)
