// Runs before `npm start` and `npm test`, when node_modules may not exist yet: plain JavaScript,
// no dependencies. Installs with `npm ci` when node_modules is missing or older than the lockfile.
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const installed = `${root}node_modules/.package-lock.json`
const lockfile = `${root}package-lock.json`

const isStale = () =>
  !existsSync(installed) || statSync(installed).mtimeMs < statSync(lockfile).mtimeMs

const major = Number(process.versions.node.split('.')[0])
if (major < 20) {
  process.stderr.write(
    `Node.js ${process.versions.node} です。20 以上が必要です。Node.js 20 を入れてから、もう一度実行してください。\n`,
  )
  process.exit(1)
}

if (isStale()) {
  process.stdout.write('必要な部品を入れています(npm ci、初回は 1 分ほど)…\n')
  const result = spawnSync('npm', ['ci', '--no-fund', '--no-audit'], {
    cwd: root,
    stdio: 'inherit',
  })
  if (result.status !== 0) {
    process.stderr.write(
      'npm ci が失敗しました。ネットワークと上の表示を確かめて、もう一度実行してください。\n',
    )
    process.exit(result.status ?? 1)
  }
}
