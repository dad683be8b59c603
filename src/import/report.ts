import type { SheetWord } from '../release/contentKind'
import type { Json } from '../release/canonical'
import { canonicalHash } from '../release/canonicalHash'
import { visible } from '../table/invisible'
import type { FieldChange } from './changes'
import type { ImportProblem } from '../table/sheet'

/** What happened, or in a dry run would happen, to one document. */
export interface ImportOutcome {
  line: number
  label: string
  action: 'created' | 'changed' | 'unchanged'
  /** Names of the fields that change. */
  fields: string[]
  /** Before and after of those fields; empty for a new document. */
  changes: FieldChange[]
}

/** The result of an import: with problems nothing is written. */
export interface ImportReport {
  kind: SheetWord
  isDryRun: boolean
  /** Whether the drafts are in the database now. */
  isWritten: boolean
  created: number
  changed: number
  unchanged: number
  outcomes: ImportOutcome[]
  problems: ImportProblem[]
  /** The same for the same changes: an import can ask for exactly what a dry run has shown. */
  fingerprint: string
}

/** Counts the outcomes of an import. *Pure.* */
export function reportOf(
  result: Pick<ImportReport, 'kind' | 'isDryRun' | 'isWritten' | 'outcomes' | 'problems'>,
): ImportReport {
  const count = (action: ImportOutcome['action']) =>
    result.outcomes.filter((outcome) => outcome.action === action).length
  return {
    ...result,
    fingerprint: fingerprintOf(result.outcomes),
    problems: result.problems
      .map((problem) => ({ ...problem, message: visible(problem.message) }))
      .toSorted((a, b) => a.line - b.line),
    created: count('created'),
    changed: count('changed'),
    unchanged: count('unchanged'),
  }
}

/** A hash over what an import does, rows that stay as they are left out. *Pure.* */
export function fingerprintOf(outcomes: readonly ImportOutcome[]): string {
  const changed = outcomes.filter(({ action }) => action !== 'unchanged')
  return canonicalHash(changed as unknown as Json[])
}

const ACTIONS: Readonly<Record<ImportOutcome['action'], string>> = {
  created: '新規',
  changed: '変更',
  unchanged: '変更なし',
}

/** The report in Japanese, one line an element. *Pure.* */
export function reportLines(report: ImportReport): string[] {
  const { created, changed, unchanged, problems, isDryRun, isWritten } = report
  if (problems.length > 0) {
    return [
      ...problems.map(({ line, column, message }) =>
        column === null ? `${line}行目: ${message}` : `${line}行目「${column}」: ${message}`,
      ),
      `${problems.length} 件の誤りがあるため、何も取り込みませんでした。直してからもう一度取り込んでください。`,
    ]
  }
  const counts = `新規 ${created} 件、変更 ${changed} 件、変更なし ${unchanged} 件`
  return [
    ...report.outcomes
      .filter(({ action }) => isDryRun && action !== 'unchanged')
      .map(({ line, action, label, fields }) =>
        [
          `${line}行目: ${ACTIONS[action]} ${visible(label)}`,
          fields.length > 0 && `(${fields.join('、')})`,
        ]
          .filter(Boolean)
          .join(''),
      ),
    isWritten
      ? `${counts}を下書きとして取り込みました。`
      : `${counts}です(確認だけで、何も書き込んでいません)。`,
  ]
}
