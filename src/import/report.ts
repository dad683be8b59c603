import type { SheetWord } from '../release/contentKind'
import type { Json } from '../release/canonical'
import { canonicalHash } from '../release/canonicalHash'
import { visible } from '../table/invisible'
import type { FieldChange } from './changes'
import { groupProblems, problemLine } from '../table/problemGroups'
import { placedProblem, type ImportProblem as RowProblem, type Sheet } from '../table/sheet'
import { columnLabel } from './columns'

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

/** What is wrong with a row of a file of texts. */
export interface ImportProblem extends RowProblem {
  /** Where the row would write over what somebody saved: from that to what the file says. */
  changes?: FieldChange[]
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
  /** Lines that were not read, though a person may have meant them as rows. */
  notes: RowProblem[]
  /** Name of the workbook's sheet; null in a CSV. */
  sheet: string | null
  /** The same for the same changes: an import can ask for exactly what a dry run has shown. */
  fingerprint: string
}

/** Counts the outcomes of an import. *Pure.* */
export function reportOf({
  headings,
  notes = [],
  sheet = null,
  ...result
}: Pick<ImportReport, 'kind' | 'isDryRun' | 'isWritten' | 'outcomes' | 'problems'> &
  Pick<Sheet, 'headings' | 'notes'> & { sheet?: string | null | undefined }): ImportReport {
  const placed = (problem: ImportProblem) => placedProblem(problem, headings)
  const count = (action: ImportOutcome['action']) =>
    result.outcomes.filter((outcome) => outcome.action === action).length
  return {
    ...result,
    fingerprint: fingerprintOf(result.outcomes),
    problems: result.problems.map(placed).toSorted((a, b) => a.line - b.line),
    notes: notes.map(placed),
    sheet,
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

/** The report in Japanese, one line an element; the file is named when it is known. *Pure.* */
export function reportLines(report: ImportReport, file?: string): string[] {
  const { kind, created, changed, unchanged, problems, notes, sheet, isDryRun, isWritten } = report
  const names = { labelOf: (column: string) => columnLabel(kind, column), unit: '行目' }
  const linesOf = (all: readonly ImportProblem[]) =>
    groupProblems(all).map((group) => problemLine(group, names))
  if (problems.length > 0) {
    const place = [file, sheet && `シート「${sheet}」`].filter(Boolean).join('の')
    return [
      ...linesOf(problems),
      `${place && `${place}に `}${problems.length} 件の誤りがあるため、何も取り込みませんでした。直してからもう一度取り込んでください。`,
    ]
  }
  const counts = `新規 ${created} 件、変更 ${changed} 件、変更なし ${unchanged} 件`
  return [
    ...linesOf(notes).map((line) => `お知らせ ${line}`),
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
