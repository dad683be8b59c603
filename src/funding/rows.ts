import { fundingFigure, type FundingSource } from './figures'
import type { FundingLine } from './templates'

/** A line of a report with all that whoever decides on the money asks for. */
export type FundingRow = Readonly<Record<FundingColumn, string>>

/** What stands beside each other in a line. */
type FundingColumn = 'label' | 'plan' | 'result' | 'period' | 'denominator' | 'definition' | 'note'

const EMPTY = '(まだ入っていません)'

/** A report's lines, plan and result side by side. *Pure.* */
export function fundingRows(lines: readonly FundingLine[], source: FundingSource): FundingRow[] {
  return lines.map(({ label, figure, plan, typed, note }) => {
    const known = fundingFigure(figure)
    const told = known?.of(source) ?? {
      result: typed?.trim() || EMPTY,
      period: '',
      denominator: '',
    }
    return {
      label,
      plan: plan?.trim() ?? '',
      ...told,
      definition: known?.definition ?? '自治体が数えて入れた数・言葉。',
      note: note?.trim() ?? '',
    }
  })
}
