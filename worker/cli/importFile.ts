import { basename } from 'node:path'

import { SHEET_WORDS } from '../../src/release/contentKind'
import { localDayOf } from '../../src/stage/day'
import { fileBytes } from '../../src/table/fileBytes'
import { ImportFileError } from '../../src/table/importFileError'
import { groupProblems, problemLine } from '../../src/table/problemGroups'
import type { ImportProblem } from '../../src/table/sheet'
import type { ImportConsent } from '../readers/importedRow'
import type { ImportDiff } from '../readers/importPlan'
import type { ImportOutcome } from '../readers/importReaders'
import { readerColumnLabel } from '../readers/readerColumns'
import { announcementLines, createFindAnnouncement } from './importedAnnouncements'
import { optionalDay, readArguments, UsageError, type Arguments } from './arguments'
import type { CliIo } from './commands'
import { freshContent, withDelivery } from './openCommand'

const KINDS = [...SHEET_WORDS, 'readers', 'municipality'] as const

/** `import`: a spreadsheet or CSV file, all of it or nothing, with a sentence for each mistake. */
export async function run(args: string[], io: CliIo): Promise<number> {
  const given = readArguments(args, {
    options: {
      'dry-run': 'flag',
      'consent-basis': 'value',
      'consent-date': 'value',
      'no-announcement': 'flag',
    },
    maxWords: 2,
  })
  const [kindText, path] = given.words
  const kind = KINDS.find((one) => one === kindText)
  if (!kind) {
    throw new UsageError(`取り込むものを ${KINDS.join('、')} から 1 つ指定してください。`)
  }
  if (!path) throw new UsageError('ファイルの場所を指定してください。')
  const isDryRun = given.flags.has('dry-run')
  const { isJson } = given
  const consent = consentOf(given)
  const isAnnounced = !given.flags.has('no-announcement')
  if (kind === 'readers') return importReaders({ path, isDryRun, isJson, consent, isAnnounced }, io)
  if (consent) throw new UsageError('--consent-basis は readers を取り込むときだけ使えます。')
  if (!isAnnounced) {
    throw new UsageError('--no-announcement は readers を取り込むときだけ使えます。')
  }
  if (kind === 'municipality') {
    const { importTown } = await import('./importTown')
    return importTown({ path, isDryRun, isJson }, io)
  }
  const { importTexts } = await import('../../src/cli/importTexts')
  return importTexts({ kind, path, isDryRun, isJson }, io)
}

/** How everybody of the list has agreed, where its rows do not say it. */
function consentOf(given: Arguments): ImportConsent | null {
  const basis = given.values['consent-basis']
  const day = optionalDay(given, 'consent-date')
  if (basis !== undefined) return { basis, ...(day && { day }) }
  if (day === undefined) return null
  throw new UsageError('--consent-date は --consent-basis といっしょに指定してください。')
}

interface ReadersArgs {
  path: string
  isDryRun: boolean
  isJson: boolean
  consent: ImportConsent | null
  /** Whether new readers are told who sends from now on. */
  isAnnounced: boolean
}

async function importReaders(
  { path, isDryRun, isJson, consent, isAnnounced }: ReadersArgs,
  io: CliIo,
): Promise<number> {
  const bytes = await fileBytes(path).catch((error: unknown) => faultOf(error, path))
  if (typeof bytes === 'string') {
    await io.err(bytes)
    return 1
  }
  const { outcome, nameOf } = await withDelivery(io, async (delivery) => {
    await freshContent(delivery, io)
    const { syncedContent, readers, now } = delivery
    const municipalities = new Map(
      syncedContent.municipalities().map((settings) => {
        const account = settings.lineAccount ? syncedContent.line(settings.lineAccount) : null
        return [settings.code, { settings, provider: account?.provider ?? null }]
      }),
    )
    const outcome = await readers.importRows({
      bytes,
      municipalities,
      isDryRun,
      ...(consent && { consent }),
      ...(isAnnounced && {
        findAnnouncement: createFindAnnouncement(syncedContent, localDayOf(now())),
      }),
    })
    return { outcome, nameOf: (code: string) => syncedContent.settings(code)?.name ?? code }
  })
  if (isJson) await io.out(JSON.stringify(outcome, null, 2))
  else await print(outcome, { path, io, nameOf })
  return outcome.status === 'refused' ? 1 : 0
}

/** Why a file could not be read at all. */
function faultOf(error: unknown, path: string): string {
  if (error instanceof ImportFileError) return `${basename(path)}: ${error.message}`
  return `kizuna import: ${path} を読めません。場所と名前を確かめてください。`
}

interface Printing {
  path: string
  io: CliIo
  /** Name of a municipality by its code. */
  nameOf: (code: string) => string
}

async function print(outcome: ImportOutcome, { path, io, nameOf }: Printing) {
  if (outcome.status === 'refused') {
    for (const line of linesOf(outcome.errors)) await io.err(line)
    const count = outcome.errors.length
    const sheet = outcome.sheet ? `のシート「${outcome.sheet}」` : ''
    return io.err(
      `「${basename(path)}」${sheet}に誤りが ${count} 件あるため、何も取り込みませんでした。`,
    )
  }
  const { counts, rows, status, notes = [] } = outcome
  for (const line of outcome.diff ? diffLines(outcome.diff) : []) await io.out(line)
  for (const line of linesOf(notes)) await io.out(`お知らせ ${line}`)
  const added = `読者 ${counts.readersAdded} 人、子 ${counts.childrenAdded} 人`
  const known = [
    `前からいる読者 ${counts.readersKnown} 人、子 ${counts.childrenKnown} 人`,
    ...(counts.readersStopped > 0 ? [`配信を止めた読者 ${counts.readersStopped} 人`] : []),
  ].join('、')
  const told = announcementLines(outcome.announcements ?? [], nameOf)
  for (const line of told.missing) await io.err(line)
  for (const line of told.given) await io.out(line)
  await io.out(
    status === 'dryRun'
      ? `${rows} 行に誤りはありません。取り込むと ${added} が増えます(${known})。`
      : `${rows} 行を取り込み、${added} を加えました(${known})。`,
  )
}

/** What becomes of each row, rows of one kind together: `2〜41 行目: 新しい読者です。(40 行)`. */
function diffLines({ newReaders, newChildren, known, differing }: ImportDiff): string[] {
  const said = (message: string) => (line: number) => ({ line, column: null, message })
  return linesOf([
    ...newReaders.map(said('新しい読者です。加えます。')),
    ...newChildren.map(said('前からいる読者の、新しい子です。加えます。')),
    ...known.map(said('前からいます。何も変えません。')),
    ...differing.map(({ line, columns }) => {
      const names = columns.map(readerColumnLabel).join('、')
      return { line, column: null, message: `前からいますが、${names}が違います。変えません。` }
    }),
  ])
}

function linesOf(problems: readonly ImportProblem[]): string[] {
  const names = { labelOf: readerColumnLabel, unit: ' 行目' }
  return groupProblems(problems).map((group) => problemLine(group, names))
}
