'use client'

import { Button, useDocumentInfo } from '@payloadcms/ui'
import { useCallback, useEffect, useState } from 'react'

import { MUNICIPAL } from '../../people/roles'
import type { OwnExample } from '../../library/load'
import type { ReviewStatus } from '../../review/queries/status'
import { useApi, type ApiRequest } from '../api/useApi'
import { ErrorList } from '../api/errorList'
import { useHasRole } from '../people/useHasRole'
import { ExampleBlocks } from './exampleBlocks'
import './library.css'

/** Whether the municipality offers this add-on to others as an example; its own decision. */
export function SharePanel() {
  const { id, hasPublishedDoc } = useDocumentInfo()
  const isClerk = useHasRole(...MUNICIPAL)
  const { offer, isShowable, seen, errors, look, close, share, takeBack } = useOffer(
    isClerk && hasPublishedDoc && id !== undefined ? String(id) : null,
  )
  if (!isClerk || !hasPublishedDoc || offer === undefined) return null
  if (!isShowable && offer === null) return null // withdrawn, or its period is over
  return (
    <section className="kizuna-panel" aria-label="お手本">
      <h3 className="kizuna-panel__title">お手本</h3>
      {seen ? (
        <Question seen={seen} onShare={() => void share()} onClose={close} />
      ) : (
        <>
          <p>
            {offer
              ? isShowable
                ? 'ほかの自治体の「お手本」の一覧に出ています。公開し直すと、お手本も新しい内容になります。'
                : '取り下げたか、掲載期間が終わったので、いまはお手本の一覧に出ていません。'
              : 'ほかの自治体が写して使えるように、お手本として見せられます。どう見えるかを確かめてから決められます。'}
          </p>
          <Button
            margin={false}
            buttonStyle="secondary"
            onClick={() => void (offer ? takeBack() : look())}
          >
            {offer ? 'お手本をやめる' : 'どう見えるか確かめる'}
          </Button>
        </>
      )}
      <ErrorList errors={errors} />
    </section>
  )
}

interface QuestionProps {
  seen: OwnExample
  onShare: () => void
  onClose: () => void
}

/** What others will see, before it is shown to them. */
function Question({ seen: { title, blocks, marks }, onShare, onClose }: QuestionProps) {
  return (
    <div className="kizuna-question">
      <p>
        ほかの自治体の職員と制作監修チームに、次のように見えます。電話番号・メールアドレス・URL
        と自治体の差し込み語は置き換え、リンク・団体の場所・日時・地区・期間は外しました。ほかの文は、そのまま見えます。
      </p>
      <blockquote className="kizuna-library__seen">
        <p>
          <strong>{title}</strong>
        </p>
        <ExampleBlocks blocks={blocks} />
      </blockquote>
      {marks.length > 0 && (
        <p role="note" className="kizuna-library__marks">
          自治体や人が分かりそうな言葉が残っています: {marks.map((mark) => `「${mark}」`)}
          。見せたくないときは「やめる」を押してください。
        </p>
      )}
      <div className="kizuna-actions">
        <Button margin={false} onClick={onShare}>
          お手本として見せる
        </Button>
        <Button margin={false} buttonStyle="secondary" onClick={onClose}>
          やめる
        </Button>
      </div>
    </div>
  )
}

/** The offer's id, null when there is none, undefined until that is known; whether others may see it, and what. */
function useOffer(addOn: string | null) {
  const { ask, call, errors } = useApi()
  const [offer, setOffer] = useState<string | null>()
  const [isShowable, setShowable] = useState(false)
  const [seen, setSeen] = useState<OwnExample | null>(null)
  const load = useCallback(async () => {
    if (addOn === null) return
    const path = `/kizuna-shared-add-ons?where[addOn][equals]=${addOn}&depth=0&limit=1`
    const review = await ask<ReviewStatus>(`/kizuna-add-ons/${addOn}/review`)
    setShowable(review.isDone && review.body.isLive && review.body.outOfPeriod !== 'over')
    const answer = await ask<{ docs: { id: string }[] }>(path)
    setOffer(answer.isDone ? (answer.body.docs[0]?.id ?? null) : null)
  }, [addOn, ask])
  useEffect(() => {
    void load()
  }, [load])
  const look = async () => {
    const answer = await call<OwnExample>(`/kizuna-shared-add-ons/own/${addOn}`)
    setSeen(answer.isDone ? answer.body : null)
  }
  const change = async (path: string, request: ApiRequest) => {
    await call(path, request)
    setSeen(null)
    await load()
  }
  return {
    offer,
    isShowable,
    seen,
    errors,
    look,
    close: () => setSeen(null),
    share: () => change('/kizuna-shared-add-ons', { body: { addOn } }),
    takeBack: () => change(`/kizuna-shared-add-ons/${offer}`, { method: 'DELETE' }),
  }
}
