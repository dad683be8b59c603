import type { ReviewStatus } from '../../review/queries/status'

/** What was said about the text and is not settled: it is no bar, but nobody passes it unknowing. */
export function OpenCommentsNote({ openComments }: Pick<ReviewStatus, 'openComments'>) {
  const { count, authors } = openComments
  if (count === 0) return null
  const who = authors.map((name) => `${name}さん`).join('、')
  return (
    <p className="kizuna-panel__note" role="note">
      解決していないコメントが {count} 件あります({who}
      )。読んで、済んだものは「解決にする」を押してください。
    </p>
  )
}
