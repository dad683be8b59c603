// `npm run bench`: measures the delivery half against bare loops and prints one JSON document;
// `--only coverage`: the map of the manuscripts in a browser, on the production build;
// `--only sheets`: a workbook of 500 manuscripts; `--only texts`: the editors' pages over 2,500 texts;
// `--only numbers`: the page of numbers over all municipalities of Japan;
// `--only held`: how long the largest files and the costliest requests hold everybody else's.
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'

import { withHost, type Host } from './host'
import { benchLimiter } from './limiter'
import { benchLine } from './line'
import { benchMail } from './mail'
import { benchMemory } from './memory'
import { benchPlanning } from './planning'

type Bench = (host: Host) => Promise<object>

const OF_DELIVERY: Record<string, Bench> = {
  limiter: benchLimiter,
  line: benchLine,
  mail: benchMail,
  planning: benchPlanning,
  memory: benchMemory,
}

/** With what is measured, and loaded, only when it is asked for. */
const BENCHES: Record<string, Bench> = {
  ...OF_DELIVERY,
  coverage: async (host) => (await import('./coverage')).benchCoverage(host),
  sheets: async (host) => (await import('./sheets')).benchSheets(host),
  held: async (host) => (await import('./held')).benchHeld(host),
  numbers: async (host) => (await import('./numbers')).benchNumbers(host),
  texts: async (host) => (await import('./texts')).benchTexts(host),
}

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } },
})
const names = values.only?.split(',') ?? Object.keys(OF_DELIVERY)
const unknown = names.filter((name) => !BENCHES[name])
if (unknown.length > 0) {
  progress(
    `--only: ${unknown.join()} はありません。${Object.keys(BENCHES).join('・')} から選びます。`,
  )
  process.exit(2)
}

const startedAt = performance.now()
const figures = await withHost({ env: process.env, isQuick: values.quick, progress }, measure)
const seconds = Math.round((performance.now() - startedAt) / 1000)
const machine = { node: process.version, cpus: availableParallelism() }
process.stdout.write(
  `${JSON.stringify({ isQuick: values.quick, ...machine, seconds, ...figures }, null, 2)}\n`,
)
process.exit(0)

async function measure(host: Host): Promise<Record<string, object>> {
  const found: Record<string, object> = {}
  for (const name of names) {
    const result = await BENCHES[name]?.(host)
    if (result) found[name] = result
    progress(`${name}: ${JSON.stringify(result)}`)
  }
  return found
}

function progress(sentence: string): void {
  process.stderr.write(`${sentence}\n`)
}
