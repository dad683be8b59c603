// Writes the sample readers with real dates: `datedReaders.ts FILE` turns the stage each of them is
// at into the date that puts them there today.
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

import { parseClockConfig } from '../config/config'
import { openClock } from '../local/openClock'
import { localDayOf } from '../stage/day'
import { dateReaders } from './dateReaders'

const [target] = process.argv.slice(2)
if (!target) {
  process.stderr.write('書き出すファイルの名前を指定してください。\n')
  process.exit(2)
}
const source = fileURLToPath(new URL('readers.csv', import.meta.url))
const { now } = await openClock(parseClockConfig(process.env))
const today = localDayOf(now())
await writeFile(target, dateReaders(await readFile(source, 'utf8'), today), { mode: 0o600 })
