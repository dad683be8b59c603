import { japaneseMoment } from '../../stage/japaneseDate'

/** An approval as a release keeps it; older ones carry no names. */
interface KeptApproval {
  discipline?: string | null
  disciplineLabel?: string
  reviewer?: string
  reviewerName?: string
  at?: string
}

/** An approval in words. */
export interface ApprovalLine {
  key: string
  discipline: string
  name: string
  /** Moment in Japan. */
  at: string
}

/** The approvals of a release for people to read; anything else gives none. *Pure.* */
export function approvalLines(value: unknown): ApprovalLine[] {
  if (!Array.isArray(value)) return []
  return (value as KeptApproval[]).map((given, index) => ({
    key: `${index}`,
    discipline: given.disciplineLabel ?? given.discipline ?? '—',
    name: given.reviewerName ?? '氏名の記録なし',
    at: given.at ? japaneseMoment(given.at) : '—',
  }))
}
