// The rules of the house that a reader of the imports can check.
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'

import { describe, expect, test } from '@jest/globals'
import ts from 'typescript'

import { SERVICE_ACCOUNTS } from '../src/people/roles'
import { CONTENT_COLLECTIONS } from '../src/release/contentKind'

const root = resolve(import.meta.dirname, '..')
const PURE = [
  'src/stage',
  'src/statistics',
  'src/operation',
  'src/release',
  'src/source',
  'src/accounts',
  'src/plan',
]
const COMPOSITION_ROOTS =
  /^(payload\.config\.ts|src\/launch\/|src\/sample\/|worker\/(?:main|packaged|program)\.ts|worker\/cli\/main\.ts|worker\/sandbox\/main\.ts|src\/next\.config)/

/**
 * The folders from the ground up: each may use those before it, none those after it. So there is
 * neither a cycle nor an import upwards, and a new folder has to be given its place here.
 */
const FLOORS = [
  'src/stage',
  'src/release',
  'src/source',
  'src/statistics',
  'src/operation',
  'src/survey',
  'src/accounts',
  'src/plan',
  'src/table',
  'src/archive',
  'src/secret',
  'src/config',
  'src/senderCheck',
  'src/cms',
  'src/people',
  'src/jobs',
  'src/fields',
  'src/review/rules',
  'src/review/queries',
  'src/review/gate',
  'src/review/operations',
  'src/review/comments',
  'src/review/inbox',
  'src/review/versions',
  'src/media',
  'src/addOn',
  'src/manuscript',
  'src/coverage',
  'src/series',
  'src/accountMoves',
  'src/municipality',
  'src/plain',
  'src/renewal',
  'src/library',
  'src/proposal',
  'src/arrivals',
  'src/calendar',
  'src/reach',
  'src/alert',
  'src/import',
  'src/numbers',
  'src/watch',
  'src/audit',
  'src/funding',
  'src/poster',
  'src/voice',
  'src/questionnaire',
  'src/counter',
  'src/takeout',
  'src/links',
  'src/digest',
  'src/retention',
  'src/admin',
  'collections',
  'src/migrations',
  'src/plugin',
  'src/pack',
  'payload.config.ts',
  'src/app',
  'src/local',
  'src/cli',
  'src/sample',
  'src/launch',
  'worker/concurrency',
  'worker/database',
  'worker/channel',
  'worker/ledger',
  'worker/content',
  'worker/readers',
  'worker/planning',
  'worker/deliver',
  'worker/bounce',
  'worker/runs',
  'worker/report',
  'worker/survey',
  'worker/onCall',
  'worker/retention',
  'worker/web',
  'worker/keys',
  'worker/migrations',
  'worker/backup',
  'worker/takeout',
  'worker/app',
  'worker/cli',
  'worker/sandbox',
  'worker/jobs.ts',
  'worker/program.ts',
  'worker/main.ts',
  'worker/packaged.ts',
]

interface Source {
  path: string
  text: string
  /** Targets of all imports and exports, types too. */
  imports: string[]
  /** Files of this repository that the program loads when it loads this one. */
  values: string[]
}

const sources = await readSources()

test('there is something to check', () => {
  expect(sources.length).toBeGreaterThan(10)
})

describe('the folders', () => {
  test('every file stands on a floor of the house', () => {
    const homeless = sources.map(({ path }) => path).filter((path) => floorOf(path) === -1)
    expect(homeless).toEqual([])
  })

  test('no folder imports from a higher one, so there is no cycle between folders', () => {
    const upward = sources.flatMap(({ path, values }) =>
      values
        .filter((target) => floorOf(target) > floorOf(path))
        .map((target) => `${path} -> ${target}`),
    )
    expect(upward).toEqual([])
  })

  test('the guard sees imports between folders at all', () => {
    const between = sources.flatMap(({ path, values }) =>
      values.filter((target) => floorOf(target) < floorOf(path)),
    )
    expect(between.length).toBeGreaterThan(500)
  })

  test('what is stored (collections) is imported by the plugin alone', () => {
    const outside = /^(?!collections\/|src\/plugin\/)/
    expect(breaches(outside, (target) => /^collections(\/|$)/.test(target))).toEqual([])
  })

  test('only the composition root and the jobs are loose in worker/, and nothing in src/', () => {
    const loose = sources
      .map(({ path }) => path)
      .filter((path) => /^(worker|src)\/[^/]+$/.test(path))
    expect(loose.toSorted()).toEqual([
      'worker/jobs.ts',
      'worker/main.ts',
      'worker/packaged.ts',
      'worker/program.ts',
    ])
  })
})

test('src and collections never import the worker', () => {
  expect(breaches(/^(src|collections)\//, (target) => target.startsWith('worker/'))).toEqual([])
})

test('the worker imports of the CMS half only what both share', () => {
  // A table is one thing, whoever reads it: texts in the CMS, lists of readers in the worker.
  const shared =
    /^(src\/(stage|statistics|release|survey|source|accounts|operation|plan|table|archive|secret|config|senderCheck|local|cli)(\/|$)|worker(\/|$))/
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

test('one place asks for the time: all else takes the product’s clock', () => {
  const asking = sources.filter(({ text }) => /\bnew Date\(\)|\bTemporal\.Now\b/.test(code(text)))
  expect(asking.map(({ path }) => path)).toEqual(['src/config/clock.ts'])
})

test('milliseconds of this machine’s clock are read only to wait, and beside Payload’s own', () => {
  const asking = sources.filter(({ text }) => /\bDate\.now\(/.test(code(text)))
  expect(asking.map(({ path }) => path).toSorted()).toEqual([
    'src/admin/session/useLastingPage.ts', // beside Payload's own end of a session
    'src/launch/main.ts', // how long a step takes
    'src/launch/ready.ts',
    'src/local/primary.ts',
    'src/review/gate/heldLocks.ts', // Payload's locks
    'src/review/queries/inForce.ts', // beside Payload's own dates of releases
  ])
})

test('environment and signals are read only where programs are put together', () => {
  const reading = /process\.env|process\.on\(/
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

/** Files that name the collection of releases, and never to learn which of them is in force. */
const NAME_RELEASES: readonly string[] = [
  'src/release/findReleases.ts', // the one that asks
  'src/review/operations/insertRelease.ts', // inserts
  'src/review/queries/stateHooks.ts', // hears of new ones, and asks for none
  'src/municipality/carryVariables.ts', // inserts
  'src/alert/release.ts', // inserts
  'src/media/pictureUse.ts', // counts
  'src/cms/transaction.ts', // reads an error
  'src/plugin/savedFilters.ts', // names the list
  'src/admin/pages/menuLists.ts', // names the list
  'src/retention/collections.ts', // names the list
  'src/takeout/ownDocuments.ts', // names the list
  'src/migrations/renamedCollections.ts', // renames
  'src/migrations/prefixedNames.ts', // renames
]

test('which releases are in force is asked in one place', () => {
  const naming = sources
    .filter(({ path, text }) => /^src\//.test(path) && /['"`]kizuna-releases['"`]/.test(code(text)))
    .map(({ path }) => path)
  expect(naming.toSorted()).toEqual(NAME_RELEASES.toSorted())
})

test('styles name the pages of a collection by a slug that there is', async () => {
  const slugs = sources.flatMap(({ path, text }) =>
    path.startsWith('collections/') ? [...text.matchAll(/slug: '([\w-]+)'/g)] : [],
  )
  const known = [...slugs.map(([, slug]) => slug), ...CONTENT_COLLECTIONS, SERVICE_ACCOUNTS]
  const files = await readdir(join(root, 'src/admin'), { recursive: true })
  const styles = files.filter((path) => path.endsWith('.css'))
  const texts = await Promise.all(
    styles.map((path) => readFile(join(root, 'src/admin', path), 'utf8')),
  )
  const named = texts.flatMap((text) => [...text.matchAll(/collection-(?:edit|list)--([\w-]+)/g)])
  expect(named.length).toBeGreaterThan(5)
  expect(named.map(([, slug]) => slug).filter((slug) => !known.includes(slug))).toEqual([])
})

test('a part of the admin asks an endpoint only through src/admin/api', () => {
  const askers = sources.filter(
    ({ path, text }) => path.startsWith('src/admin/') && /\bfetch\(/.test(code(text)),
  )
  expect(askers.map(({ path }) => path)).toEqual(['src/admin/api/useApi.ts'])
})

test('an endpoint is declared with src/cms/endpoint.ts: it alone reads paths and bodies', () => {
  const reading = /\brouteParams\b|addDataAndFileToRequest|Response\.json\(/
  const found = sources.filter(
    ({ path, text }) => /^(src|collections)\//.test(path) && reading.test(code(text)),
  )
  expect(found.map(({ path }) => path).toSorted()).toEqual([
    'src/admin/session/trashAnswer.ts', // in the browser: other words for what Payload answered
    'src/cms/endpoint.ts',
    'src/cms/requestSize.ts', // stands in front of all of them
    'src/library/endpoints.ts', // answers 201
  ])
})

test('every part of the admin that a config names is exported and in the import map', async () => {
  const map = await readFile(join(root, 'src/app/(payload)/admin/importMap.js'), 'utf8')
  const named = sources.flatMap(({ text }) =>
    [...text.matchAll(/'(kizuna\/(client|rsc)#(\w+))'/g)].map(([, key = '', half, name]) => {
      const home = sources.find(({ path }) => path === `src/admin/${half}.ts`)
      const isExported = new RegExp(`\\b${name}\\b`).test(home?.text ?? '')
      return { key, isKnown: isExported && map.includes(`"${key}": ${name}_`) }
    }),
  )
  expect(named.length).toBeGreaterThan(30)
  expect(named.filter(({ isKnown }) => !isKnown)).toEqual([])
})

test('people are written only where their pairs are written with them', () => {
  const written =
    /\b(readers|children|suppressions)\b(<\w+>)?['")]*\s*\.(insert|update|replace|delete|bulkWrite|findOneAnd)\w*\(/
  const writers = sources.filter(
    ({ path, text }) => path.startsWith('worker/') && written.test(code(text)),
  )
  // Each of these writes within changePeople, which gives the number and writes the pairs; what is
  // forgotten is of people who get nothing, another day of an announcement is none that was planned,
  // and their pairs are written with them.
  expect(writers.map(({ path }) => path).toSorted()).toEqual([
    'worker/readers/accountMoves.ts',
    'worker/readers/accountSwitch.ts',
    'worker/readers/block.ts',
    'worker/readers/change.ts',
    'worker/readers/endAnnouncements.ts',
    'worker/readers/erase.ts',
    'worker/readers/forget.ts',
    'worker/readers/importReaders.ts',
    'worker/readers/joinReaders.ts',
    'worker/readers/moveChildren.ts', // in those of moveTown
    'worker/readers/moveContact.ts',
    'worker/readers/moveTown.ts',
    'worker/readers/recordStatement.ts',
    'worker/readers/register.ts',
    'worker/readers/stop.ts',
    'worker/readers/stopNote.ts',
    'worker/readers/support.ts',
  ])
})

test('dates are put into Japanese in one place', () => {
  const writers = sources.filter(
    ({ path, text }) =>
      /^(src|collections)\//.test(path) &&
      /Intl\.DateTimeFormat|toLocale(Date|Time)String|\}年\$\{\w+\}月/.test(code(text)),
  )
  expect(writers.map(({ path }) => path)).toEqual(['src/stage/japaneseDate.ts'])
})

test('one rule says what a mail address is, for whoever types, imports, saves or sends', () => {
  const judging = sources.filter(
    ({ path, text }) =>
      /^(src|collections|worker)\//.test(path) &&
      /(function|const) (checkMailAddress|parseAddress|mailAddressFault)\b|\[\^[^\]]*@[^\]]*\][+*]@|\]\+@\[/.test(
        code(text),
      ),
  )
  expect(judging.map(({ path }) => path)).toEqual(['src/release/mailAddress.ts'])
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

test('tests stand in the folder of what they test', async () => {
  const folders = (await list('test'))
    .map((path) => dirname(relative('test', path)))
    .filter((folder) => /^(src|worker|collections)(\/|$)/.test(folder))
  expect(folders.length).toBeGreaterThan(100)
  expect(folders.filter((folder) => !existsSync(join(root, folder)))).toEqual([])
})

test('every export says in a comment what it is', () => {
  const silent = sources
    .filter(({ path }) => !path.startsWith('src/app/') && path !== 'payload.config.ts')
    .flatMap(({ path, text }) => undocumented(path, text).map((name) => `${path}: ${name}`))
  expect(silent).toEqual([])
  expect(undocumented('a.ts', '/** A day. */\nexport const day = 1')).toEqual([])
  expect(undocumented('a.ts', 'export const day = 1')).toEqual(['export const day = 1'])
})

test('comments and the README cite only what is in this repository', async () => {
  const tests = await Promise.all((await list('test')).filter(isProgram).map(textAt))
  const commented = [...sources, ...tests].map(({ path, text }) => ({
    path,
    text: citedIn(text).length > 0 ? commentsOf(path, text) : '',
  }))
  const cited = [...commented, await textAt('README.md')].flatMap(({ path, text }) =>
    citedIn(text).map((target) => ({ path, target })),
  )
  const missing = cited.filter(({ target }) => !existsSync(join(root, target)))
  expect(missing).toEqual([])
  expect(cited.length).toBeGreaterThan(20)
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

function floorOf(path: string): number {
  return FLOORS.findIndex((floor) => path === floor || path.startsWith(`${floor}/`))
}

/** The text without comments: a rule may be named in one. */
function code(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '')
}

/** The exports of a file without a JSDoc comment, by their first line. */
function undocumented(path: string, text: string): string[] {
  const { statements } = parse(path, text)
  return statements
    .filter(
      (statement) =>
        ts.canHaveModifiers(statement) &&
        ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ===
          true &&
        ts.getJSDocCommentsAndTags(statement).length === 0,
    )
    .map((statement) => statement.getText().split('\n')[0] ?? '')
}

/** The comments before and after the parts of a file; what looks like one in a string is none. */
function commentsOf(path: string, text: string): string {
  const places = new Map<number, number>()
  const add = (found: readonly ts.CommentRange[] | undefined) =>
    found?.forEach(({ pos, end }) => places.set(pos, end))
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) return
    add(ts.getLeadingCommentRanges(text, node.getFullStart()))
    add(ts.getTrailingCommentRanges(text, node.getEnd()))
    ts.forEachChild(node, visit)
  }
  visit(parse(path, text))
  return [...places].map(([from, to]) => text.slice(from, to)).join('\n')
}

/** Paths from the root of the repository, such as `worker/jobs.ts` or `src/stage`. */
function citedIn(text: string): string[] {
  const cited = text.matchAll(
    /(?<![\w./@-])(?:src|collections|worker|test)\/(?:[\w/-]|\.(?=\w)|\(payload\))+/g,
  )
  return [...cited].map(([target]) => target)
}

function parse(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
}

const isProgram = (path: string) => /\.tsx?$/.test(path)

async function textAt(path: string): Promise<{ path: string; text: string }> {
  return { path, text: await readFile(join(root, path), 'utf8') }
}

async function readSources(): Promise<Source[]> {
  const folders = ['src', 'collections', 'worker']
  const found = await Promise.all(folders.map((folder) => list(folder)))
  const paths = [...found.flat(), 'payload.config.ts'].filter(
    (path) => /\.(ts|tsx)$/.test(path) && !/payload-types\.ts|next-env|\.next\//.test(path),
  )
  const known = new Set(paths)
  return Promise.all(paths.map((path) => readSource(path, known)))
}

async function list(folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
}

async function readSource(path: string, known: ReadonlySet<string>): Promise<Source> {
  const text = await readFile(join(root, path), 'utf8').catch(() => '')
  const imports = [...text.matchAll(/(?:from|import\()\s*'([^']+)'/g)].map(
    ([, target]) => target ?? '',
  )
  return { path, text, imports, values: valueImports(path, text, known) }
}

/** What is left of a file's imports and exports when the types are gone. */
function valueImports(path: string, text: string, known: ReadonlySet<string>): string[] {
  const { statements } = ts.createSourceFile(path, text, ts.ScriptTarget.Latest)
  return statements.flatMap((statement) => {
    const target = valueTarget(statement)
    if (!target?.startsWith('.')) return []
    const file = relative(root, resolve(root, dirname(path), target))
    return [file, `${file}.ts`, `${file}.tsx`, `${file}/index.ts`].filter((one) => known.has(one))
  })
}

function valueTarget(statement: ts.Statement): string | null {
  if (ts.isImportDeclaration(statement)) {
    return isTypeImport(statement.importClause) ? null : textOf(statement.moduleSpecifier)
  }
  if (!ts.isExportDeclaration(statement) || statement.isTypeOnly) return null
  return textOf(statement.moduleSpecifier)
}

function isTypeImport(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  const { name, namedBindings } = clause
  if (name || !namedBindings || !ts.isNamedImports(namedBindings)) return false
  return namedBindings.elements.every(({ isTypeOnly }) => isTypeOnly)
}

function textOf(specifier: ts.Expression | undefined): string | null {
  return specifier && ts.isStringLiteral(specifier) ? specifier.text : null
}
