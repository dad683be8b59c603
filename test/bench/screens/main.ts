// `npm run bench:screens [-- --rounds N] [--only WORD]`: how long the screens of each role take over
// 2,500 manuscripts, 20,000 add-ons and 200 municipalities, in Chromium on the production build; and
// whether what MongoDB looks at for them grows with the set. Ends with 1 when a screen misses.
import { parseArgs } from 'node:util'

import { withHost } from '../host'
import { faultsOf, tableOf } from './figures'
import { measureScreens } from './measure'

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, only: { type: 'string', default: '' } },
})
const rounds = Number(values.rounds)
if (!Number.isInteger(rounds) || rounds < 1) {
  progress('--rounds は 1 以上の整数で書きます。')
  process.exit(2)
}
const isAsked = ({ viewer, name }: { viewer: string; name: string }) =>
  `${viewer} ${name}`.includes(values.only)
const figures = await withHost({ env: process.env, isQuick: false, progress }, (host) =>
  measureScreens(host, { rounds, isAsked }),
)
process.stdout.write(`${tableOf(figures)}\n`)
process.exit(figures.some((one) => faultsOf(one).length > 0) ? 1 : 0)

function progress(sentence: string): void {
  process.stderr.write(`${sentence}\n`)
}
