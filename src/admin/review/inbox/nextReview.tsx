'use client'

import { Suspense, use } from 'react'

import type { NextReviews } from '../../../review/inbox/nextReviews'
import type { WaitingPart } from '../../../review/queries/textState'
import { DONE, type ReviewAction } from '../useReview'

interface NextProps {
  /** What waits besides this text; null where it could not be read. */
  next: Promise<NextReviews | null>
  admin: string
  /** What the person just did here; null where there was nothing for them to do. */
  done: ReviewAction | null
  /** Whether something here comes first: then the way on is no button. */
  isLater?: boolean
}

/** What was done, and the way to the next text that waits for this person. */
export function NextReview(props: NextProps) {
  const { done } = props
  return (
    <div className="kizuna-next" role="status">
      {done && <p>✓ {DONE[done]}</p>}
      <Suspense fallback={null}>
        <Way {...props} />
      </Suspense>
    </div>
  )
}

function Way({ next, admin, done, isLater = false }: NextProps) {
  const found = use(next)
  const target = found && firstOf(found, done)
  const look = isLater ? 'kizuna-next__later' : 'kizuna-button kizuna-button--main'
  if (target) {
    return (
      <a className={look} href={`${admin}/desk/${target.collection}/${target.id}`}>
        {isLater && '公開しないで、'}次の原稿へ(あと {found.left} 件)
      </a>
    )
  }
  if (done === 'submit') {
    return (
      <>
        <p>
          これからは承認する人の番です。どこまで進んだかは、ホームの「ほかの人の番になっているもの」で分かります。
        </p>
        <a className={look} href={admin}>
          ホームに戻る
        </a>
      </>
    )
  }
  return (
    <>
      {found && (
        <p>あなたを待っている{isLater ? 'ほかの原稿はありません' : '原稿は、これで全部です'}。</p>
      )}
      <a className={look} href={`${admin}/desk`}>
        「監修待ち」に戻る
      </a>
    </>
  )
}

/** Who publishes goes on publishing, who approves goes on approving, as long as there is something. */
function firstOf({ first }: NextReviews, done: ReviewAction | null) {
  const parts: WaitingPart[] =
    done === 'publish' || done === 'schedule'
      ? ['toPublish', 'toReview', 'toRevise']
      : ['toReview', 'toPublish', 'toRevise']
  return parts.map((part) => first[part]).find((target) => target !== null)
}
