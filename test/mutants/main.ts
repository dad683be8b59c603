// `npm run mutants [-- PART OF A PATH]`: each mutant is tried in a copy; those no test notices are
// told. This working tree is only read.
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

import { findMongod } from '../../src/local/mongod'
import { startReplicaSet } from '../../src/local/replicaSet'
import { withMutant } from './apply'
import { testsOf, type Mutant } from './mutant'
import { MUTANTS } from './mutants'

/** What the tests made of a mutant: `broken` ones did not even run. */
type Verdict = 'killed' | 'survived' | 'broken'

const print = (line: string) => void process.stdout.write(`${line}\n`)

/** A run of tests that takes longer hangs, which is noticed too. */
const LONGEST_MS = 180_000
/** All of their suites, of the code as it is. */
const LONGEST_OF_ALL_MS = 900_000

const running = new Set<ChildProcess>()
let isStopping = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    isStopping = true
    for (const jest of running) jest.kill()
  })
}

const part = process.argv[2] ?? ''
const chosen = MUTANTS.filter(({ file }) => file.includes(part))
if (chosen.length === 0) {
  print(`「${part}」を名前に含むファイルの変異体はありません。一覧は test/mutants/ にあります。`)
  process.exit(2)
}
const folder = await mkdtemp(join(tmpdir(), 'kizuna-mutants-'))
const { binary } = await findMongod({ env: process.env, onProgress: print })
const database = await startReplicaSet({ binary, folder: join(folder, 'database') })
try {
  process.exitCode = await tryAll()
} finally {
  await database.stop()
  await rm(folder, { recursive: true, force: true })
}

/** Tries all; 0 when every one is noticed. */
async function tryAll(): Promise<number> {
  const begun = performance.now()
  const lanes = Math.min(2, availableParallelism())
  const copies = await Promise.all(
    Array.from({ length: lanes }, (_, lane) => copyTo(`copy${lane}`)),
  )
  const tests = [...new Set(chosen.flatMap((mutant) => mutant.tests))]
  if ((await runTests(copies[0]!, tests, LONGEST_OF_ALL_MS)) !== 'survived') {
    print(
      `変異体のないもとのコードで、もうテストが失敗したか、${LONGEST_OF_ALL_MS / 60_000} 分で終わりません。先に npm test -- ${tests.join(' ')} を通してください。`,
    )
    return 1
  }
  const rest = chosen.values()
  const missed: Mutant[] = []
  const tryNext = async (copy: string) => {
    for (const mutant of rest) {
      if (isStopping) return
      const verdict = await withMutant(copy, mutant, () => runTests(copy, mutant.tests))
      print(`${verdict.padEnd(8)} ${mutant.file}: ${mutant.breaks}`)
      if (verdict !== 'killed') missed.push(mutant)
    }
  }
  await Promise.all(copies.map(tryNext))
  for (const { file, find, put } of missed) print(`\n${file}\n- ${find}\n+ ${put}`)
  const seconds = Math.round((performance.now() - begun) / 1000)
  print(`${chosen.length} mutants, ${missed.length} survived, ${seconds} s`)
  return missed.length === 0 && !isStopping ? 0 : 1
}

/** The files of this repository as they are here, with the same packages. */
async function copyTo(name: string): Promise<string> {
  const copy = join(folder, name)
  const { stdout } = await promisify(execFile)(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ':!.readme'],
    { maxBuffer: 64 * 1024 * 1024 },
  )
  for (const file of stdout.split('\0').filter((path) => path !== '')) {
    await mkdir(dirname(join(copy, file)), { recursive: true })
    await cp(file, join(copy, file)).catch(ignoreDeleted)
  }
  await symlink(join(process.cwd(), 'node_modules'), join(copy, 'node_modules'))
  return copy
}

/** Git still lists a file that was deleted here and not committed yet. */
function ignoreDeleted(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}

async function runTests(copy: string, tests: string[], longestMs = LONGEST_MS): Promise<Verdict> {
  const report = join(copy, 'report.json')
  const patterns = tests.map(testsOf)
  const jest = spawn(
    process.execPath,
    [
      ...['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'],
      ...['--runInBand', '--bail', '--json', `--outputFile=${report}`, '--rootDir', copy],
      ...patterns,
    ],
    {
      cwd: copy,
      stdio: 'ignore',
      timeout: longestMs,
      env: { ...process.env, TEST_MONGODB_URL: database.url('NAME'), TEST_MONGOD: binary },
    },
  )
  running.add(jest)
  const [code] = (await once(jest, 'exit')) as [number | null]
  running.delete(jest)
  const said = await readFile(report, 'utf8').catch(() => null)
  if (said === null) return code === 0 ? 'broken' : 'killed' // a rejection that nobody handles ends jest
  await rm(report)
  const { numFailedTests, numPassedTests } = JSON.parse(said) as {
    numFailedTests: number
    numPassedTests: number
  }
  if (numFailedTests > 0) return 'killed'
  return numPassedTests > 0 ? 'survived' : 'broken'
}
