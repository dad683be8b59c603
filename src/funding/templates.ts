/** One line of a report: a figure with its plan, or words of the municipality's own. */
export interface FundingLine {
  label: string
  /** Code of a figure; `typed` is told by hand. */
  figure: string
  /** 計画: what was promised for the year. */
  plan?: string | null
  /** 実績 where it is told by hand. */
  typed?: string | null
  note?: string | null
}

/** A report as it is begun. */
export interface FundingTemplate {
  value: string
  label: string
  lines: readonly FundingLine[]
}

/**
 * The templates that come with the product, as data: which figures grants of these kinds commonly ask
 * for. Forms differ by year and prefecture, so they are a beginning (見本) and each line can be changed.
 */
export const FUNDING_TEMPLATES: readonly FundingTemplate[] = [
  {
    value: 'user-support',
    label: '子ども・子育て支援交付金(利用者支援事業など)の実績',
    lines: [
      { label: '情報を届けた家庭(登録した人)', figure: 'registered' },
      { label: '年度末に届けている人', figure: 'active' },
      { label: '情報提供の回数(送った文)', figure: 'accepted' },
      { label: '対象に対する割合(母子健康手帳の交付)', figure: 'handbookRate' },
      { label: '対象(母子健康手帳の交付数)', figure: 'handbooks' },
      { label: '相談につながった件数', figure: 'typed', note: '窓口で数えた数を入れます。' },
      { label: '実施したこと', figure: 'typed', note: '講座、訪問、ほかの課との連携など。' },
    ],
  },
  {
    value: 'birth-rate',
    label: '地域少子化対策重点推進交付金の実績(成果の数値)',
    lines: [
      { label: '登録した人', figure: 'registered' },
      { label: '登録した父親', figure: 'fathers' },
      { label: '出生数に対する登録の割合', figure: 'birthRate' },
      { label: '出生数', figure: 'births' },
      { label: '続けて受け取っている人', figure: 'active' },
      { label: '途中で終わった人', figure: 'ended' },
      { label: '参加した人の声・アンケートの結果', figure: 'typed' },
      { label: '事業費', figure: 'typed', note: '円で入れます。' },
    ],
  },
]

/** A template by its code, or null. *Pure.* */
export function fundingTemplate(code: unknown): FundingTemplate | null {
  return FUNDING_TEMPLATES.find(({ value }) => value === code) ?? null
}
