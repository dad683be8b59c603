// `npm run rehearse -- --readers N --kills K --seed S [--kind otherProvider|mailToLine]`: a move of so many
// readers, whose real worker is killed (kill -9) so often on the way.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    readers: { type: 'string', default: '500' },
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    kind: { type: 'string', default: 'otherProvider' },
  },
})
const isSound =
  [values.readers, values.kills, values.seed].every((value) => /^\d{1,6}$/.test(value)) &&
  ['otherProvider', 'mailToLine'].includes(values.kind)
if (!isSound) {
  process.stdout.write(
    '--readers・--kills・--seed は整数、--kind は otherProvider か mailToLine です。\n',
  )
  process.exit(2)
}
const child = spawn(
  process.execPath,
  ['--import', 'tsx', 'test/run.ts', '--testMatch=**/rehearsal/long.ts'],
  { stdio: 'inherit', env: { ...process.env, REHEARSAL: JSON.stringify(values) } },
)
const [code] = (await once(child, 'exit')) as [number | null]
process.exit(code ?? 1)
