import type { PayloadRequest } from 'payload'

import { inTransaction } from '../cms/transaction'
import type { Json } from '../release/canonical'
import { canonicalHash } from '../release/canonicalHash'
import { denominatorTitle } from '../statistics/denominators'
import { groupProblems, problemLine } from '../table/problemGroups'
import type { SheetSource } from '../table/sheet'
import { DENOMINATOR_COLUMNS, readDenominators } from './denominatorSheet'
import { saveDenominator, type Saved } from './saveDenominator'

/** What a file does, or would do, to a town's numbers. */
export interface DenominatorReport {
  isWritten: boolean
  rows: { line: number; title: string; action: Saved['action']; before: string; after: string }[]
  /** What is wrong, each a sentence with its line; with one nothing is written. */
  problems: string[]
  /** The same for the same changes: what is taken in is what was shown. */
  fingerprint: string
}

interface Asked {
  source: SheetSource
  /** Fingerprint of what was shown; null only shows. */
  agreedTo: string | null
}

/** Most rows of a file: eighty years of months. */
const MAX_ROWS = 1_000

/** Takes a file in as it was shown, all of it or nothing; without an agreement nothing stays. */
export async function importDenominators(
  req: PayloadRequest,
  { source, agreedTo }: Asked,
): Promise<DenominatorReport> {
  const { rows: read, problems } = readDenominators(source)
  if (problems.length > 0) {
    const names = { labelOf, unit: '行目' }
    return refused(groupProblems(problems).map((group) => problemLine(group, names)))
  }
  if (read.length === 0) return refused(['ファイルに、取り込む行がありません。'])
  if (read.length > MAX_ROWS) return refused([`一度に取り込めるのは ${MAX_ROWS} 行までです。`])
  try {
    return await inTransaction(req, async () => {
      const rows: DenominatorReport['rows'] = []
      for (const { line, given } of read) {
        const saved = await saveDenominator(req, given)
        const before = saved.action === 'created' ? '' : wordsOf(saved.before)
        const after = wordsOf(given)
        rows.push({ line, title: denominatorTitle(given), action: saved.action, before, after })
      }
      const fingerprint = canonicalHash(rows as unknown as Json[])
      const report = { isWritten: false, rows, problems: [], fingerprint }
      if (agreedTo === null) throw new TakenBack(report)
      if (agreedTo !== fingerprint) throw new TakenBack({ ...report, problems: [SURPRISE] })
      return { ...report, isWritten: true }
    })
  } catch (error) {
    if (error instanceof TakenBack) return error.report
    throw error
  }
}

/** Takes everything back and carries out what was found. */
class TakenBack extends Error {
  readonly code = 'TAKEN_BACK'
  readonly report: DenominatorReport

  constructor(report: DenominatorReport) {
    super('The import was taken back.')
    this.report = report
  }
}

const SURPRISE =
  '確かめたあとで、ほかの人か、あなたの別の画面が、数を変えました。もう一度確かめてから取り込んでください。'

function refused(problems: string[]): DenominatorReport {
  return { isWritten: false, rows: [], problems, fingerprint: '' }
}

function labelOf(column: string): string {
  return DENOMINATOR_COLUMNS.find(({ name }) => name === column)?.aliases[0] ?? column
}

function wordsOf({
  count,
  source,
  countedOn,
}: {
  count: number
  source: string
  countedOn: string
}) {
  return `${count.toLocaleString('ja-JP')}(${source}、${countedOn})`
}
