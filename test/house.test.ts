// The rules of the house that a reader of the imports can check.
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'

import { expect, test } from '@jest/globals'

const root = resolve(import.meta.dirname, '..')
const PURE = ['src/stage', 'src/release', 'src/plan']
const COMPOSITION_ROOTS =
  /^(payload\.config\.ts|src\/launch\/|src\/sample\/|worker\/main\.ts|worker\/cli\/main\.ts|worker\/sandbox\/main\.ts|src\/next\.config)/

interface Source {
  path: string
  text: string
  imports: string[]
}

const sources = await readSources()

test('there is something to check', () => {
  expect(sources.length).toBeGreaterThan(10)
})

test('src and collections never import the worker', () => {
  expect(breaches(/^(src|collections)\//, (target) => target.startsWith('worker/'))).toEqual([])
})

test('the worker imports of the CMS half only what both share', () => {
  const shared = /^(src\/(stage|release|plan|secret|config|launch|import)(\/|$)|worker(\/|$))/
  const isOwn = (target: string) => !/^(src|collections)\//.test(target) || shared.test(target)
  expect(breaches(/^worker\//, (target) => !isOwn(target))).toEqual([])
})

test.each([
  ['agenda', /^worker\/jobs\.ts$/],
  ['@agendajs/mongo-backend', /^worker\/jobs\.ts$/],
  ['@line/bot-sdk', /^worker\/(channel\/line|web\/)/],
  ['nodemailer', /^(worker\/channel\/mail|payload\.config\.ts)/],
  ['express', /^worker\/(web|sandbox)\//],
  ['temporal-polyfill', /^src\/stage\//],
])('%s is imported only where it belongs', (library, home) => {
  const users = sources.filter(({ imports }) =>
    imports.some((target) => target === library || target.startsWith(`${library}/`)),
  )
  expect(users.map(({ path }) => path).filter((path) => !home.test(path))).toEqual([])
})

test('pure folders do no input or output, read no clock and take no chance', () => {
  const impure = /\bnew Date\(\)|Date\.now\(|Math\.random\(|process\.|from 'node:(fs|net|http)/
  const found = sources.filter(
    ({ path, text }) => PURE.some((folder) => path.startsWith(folder)) && impure.test(code(text)),
  )
  expect(found.map(({ path }) => path)).toEqual([])
})

test('environment, clock and signals are read only where programs are put together', () => {
  const reading = /process\.env|new Date\(\)|process\.on\(/
  const found = sources.filter(
    ({ path, text }) => !COMPOSITION_ROOTS.test(path) && reading.test(code(text)),
  )
  expect(found.map(({ path }) => path)).toEqual([])
})

test('no drawer without a name, no branch on NODE_ENV', () => {
  const drawers = sources.filter(({ path }) =>
    /(^|\/)(utils?|helpers?|common|misc|types)(\.|\/)/.test(path),
  )
  const branches = sources.filter(({ text }) => /NODE_ENV\s*[=!]==?/.test(code(text)))
  expect([...drawers, ...branches].map(({ path }) => path)).toEqual([])
})

test('people are known by their mark and found by the admin’s slug, never by the name users', () => {
  const bySlug = /collection: (USERS|'users')|collection [!=]== (USERS|'users')/
  const found = sources.filter(
    ({ path, text }) => !/^src\/(sample|launch)\//.test(path) && bySlug.test(code(text)),
  )
  expect(found.map(({ path }) => path)).toEqual([])
})

test('imports are relative without extension', () => {
  const found = sources.filter(({ path, imports }) =>
    imports.some(
      (target) =>
        /\.(js|tsx?)$/.test(target) && target.startsWith('.') && !path.startsWith('src/app/'),
    ),
  )
  expect(found.map(({ path }) => path)).toEqual([])
})

function breaches(home: RegExp, isForbidden: (target: string) => boolean): string[] {
  return sources
    .filter(({ path }) => home.test(path))
    .flatMap(({ path, imports }) =>
      imports
        .filter((target) => target.startsWith('.'))
        .map((target) => relative(root, resolve(root, dirname(path), target)))
        .filter(isForbidden)
        .map((target) => `${path} -> ${target}`),
    )
}

/** The text without comments: a rule may be named in one. */
function code(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '')
}

async function readSources(): Promise<Source[]> {
  const folders = ['src', 'collections', 'worker']
  const found = await Promise.all(folders.map((folder) => list(folder)))
  const paths = [...found.flat(), 'payload.config.ts'].filter(
    (path) => /\.(ts|tsx)$/.test(path) && !/payload-types\.ts|next-env|\.next\//.test(path),
  )
  return Promise.all(paths.map(readSource))
}

async function list(folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
}

async function readSource(path: string): Promise<Source> {
  const text = await readFile(join(root, path), 'utf8').catch(() => '')
  const imports = [...text.matchAll(/(?:from|import\()\s*'([^']+)'/g)].map(
    ([, target]) => target ?? '',
  )
  return { path, text, imports }
}
