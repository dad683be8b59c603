// `npm run year -- --families N --seed S [--days D] [--to FILE]`: a year of three towns on the trying
// clock, judged by an oracle of its own; what it came to as a table, the whole of it into a file. Ctrl-C
// ends it with the day it is at. It ends with 1 when the oracle complains or somebody could not do what
// they wanted.
import { rm, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'

import { findMongod } from '../../src/local/mongod'
import { startReplicaSet } from '../../src/local/replicaSet'
import { makeFastFolder } from '../fastFolder'
import { summaryLines } from './summary'
import { liveYear } from './year'

const MOST_DAYS = 365
const print = (line: string) => void process.stdout.write(`${line}\n`)

const { values } = parseArgs({
  options: {
    families: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    days: { type: 'string', default: String(MOST_DAYS) },
    to: { type: 'string' },
  },
})
const [families, seed, days] = [values.families, values.seed, values.days].map(Number) as [
  number,
  number,
  number,
]
const isCount = (value: number) => Number.isInteger(value) && value >= 1
if (!isCount(families) || !isCount(days) || days > MOST_DAYS || !Number.isSafeInteger(seed)) {
  print(`--families は 1 以上、--days は 1〜${MOST_DAYS}、--seed は整数で書きます。`)
  process.exit(2)
}

let isStopping = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => (isStopping = true))
const folder = await makeFastFolder()
process.env.TMPDIR = folder // for what the stand-ins keep
const { binary } = await findMongod({ env: process.env, onProgress: print })
const database = await startReplicaSet({ binary, folder })
try {
  const databaseUrl = database.url('year')
  const year = await liveYear({
    databaseUrl,
    families,
    seed,
    days,
    progress: print,
    isStopping: () => isStopping,
  })
  for (const line of summaryLines(year)) print(line)
  if (values.to) await writeFile(values.to, `${JSON.stringify(year, null, 2)}\n`)
  process.exitCode = year.complaints.length + year.faults.length > 0 ? 1 : 0
} finally {
  await database.stop()
  await rm(folder, { recursive: true, force: true })
}
process.exit()
