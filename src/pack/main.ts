import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { packPlugin } from './pack'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = join(root, '.build', 'package')

await packPlugin({ root, folder })
const [packed] = JSON.parse(
  execFileSync('npm', ['pack', '--json', '--pack-destination', join(root, '.build')], {
    cwd: folder,
    encoding: 'utf8',
  }),
) as { filename: string; entryCount: number; size: number }[]
if (packed) {
  const { filename, entryCount, size } = packed
  process.stdout.write(`.build/${filename}: ${entryCount} files, ${Math.round(size / 1024)} KB\n`)
}
