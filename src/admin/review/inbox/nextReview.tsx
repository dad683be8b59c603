'use client'

import { Suspense, use } from 'react'

import type { NextReviews } from '../../../review/inbox/nextReviews'
import type { WaitingPart } from '../../../review/inbox/waitingReviews'
import { DONE, type ReviewAction } from '../useReview'

interface NextProps {
  /** What waits besides this text; null where it could not be read. */
  next: Promise<NextReviews | null>
  admin: string
  /** What the person just did here; null where there was nothing for them to do. */
  done: ReviewAction | null
  /** Whether this text still waits for them. */
  isOpen: boolean
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

function Way({ next, admin, done, isOpen }: NextProps) {
  const found = use(next)
  const target = found && firstOf(found, done)
  if (target) {
    return (
      <a className="kizuna-button" href={`${admin}/desk/${target.collection}/${target.id}`}>
        次の原稿へ(あと {found.left} 件)
      </a>
    )
  }
  if (isOpen) return null
  return (
    <>
      {found && <p>あなたを待っている原稿は、これで全部です。</p>}
      <a className="kizuna-button" href={`${admin}/desk`}>
        「監修待ち」に戻る
      </a>
    </>
  )
}

/** Who publishes goes on publishing, who approves goes on approving, as long as there is something. */
function firstOf({ first }: NextReviews, done: ReviewAction | null) {
  const parts: WaitingPart[] =
    done === 'publish'
      ? ['toPublish', 'toReview', 'toRevise']
      : ['toReview', 'toPublish', 'toRevise']
  return parts.map((part) => first[part]).find((target) => target !== null)
}
