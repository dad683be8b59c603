import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { packPlugin, packWorker } from './pack'

const root = fileURLToPath(new URL('../..', import.meta.url))
const build = join(root, '.build')

await packPlugin({ root, folder: join(build, 'package') })
await packWorker({ root, folder: join(build, 'worker') })
for (const name of ['package', 'worker']) {
  const answer = execFileSync('npm', ['pack', '--json', '--pack-destination', build], {
    cwd: join(build, name),
    encoding: 'utf8',
  })
  for (const { filename, entryCount, size } of JSON.parse(answer) as Packed[]) {
    process.stdout.write(`.build/${filename}: ${entryCount} files, ${Math.round(size / 1024)} KB\n`)
  }
}

interface Packed {
  filename: string
  entryCount: number
  size: number
}
