import { shorten } from '../../release/graphemes'
import type { Remark } from '../../review/queries/remarks'
import type { ReviewStatus } from '../../review/queries/status'

/** More of them would push the button off a phone; all are beside the text. */
const SHOWN = 3
const SHORT = 120

/**
 * What reviewers said and stands, beside the button of whoever acts next: it is no bar, but nobody
 * passes it unknowing.
 */
export function RemarksNote({
  remarks,
  openComments: { count, authors },
}: Pick<ReviewStatus, 'remarks' | 'openComments'>) {
  if (remarks.length === 0 && count === 0) return null
  const newest = remarks.slice(-SHOWN)
  const who = authors.map((name) => `${name}さん`).join('、')
  return (
    <div className="kizuna-panel__note kizuna-remarks" role="note">
      {newest.map((remark) => (
        <p key={`${remark.at} ${remark.text}`}>
          <strong>{headOf(remark)}</strong>: {shorten(remark.text, SHORT)}
        </p>
      ))}
      {remarks.length > newest.length && (
        <p>ほかに {remarks.length - newest.length} 件あります。</p>
      )}
      {count > 0 && (
        <p>
          解決していないコメントが {count} 件あります({who}
          )。読んで、済んだものは「解決にする」を押してください。
        </p>
      )}
    </div>
  )
}

const KINDS = { request: '修正依頼', approval: '承認のひとこと', comment: 'コメント' } as const

function headOf({ kind, by, about }: Remark): string {
  return `${by}さんの${KINDS[kind]}${about && `(${about})`}`
}
