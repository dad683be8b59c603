'use client'

import { Button, toast } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useState } from 'react'

import type { SetOutcome } from '../../../review/inbox/approveSet'
import type { ShownReview } from '../../../review/inbox/shownReview'
import { useApi } from '../../api/useApi'
import { ErrorList } from '../../api/errorList'
import { RemarksNote } from '../remarksNote'
import { AnsweredNote } from './answeredNote'
import { FieldList } from './fieldList'

interface SetProps {
  texts: readonly ShownReview[]
  admin: string
}

/** Several texts one after the other, and one button for all that are still as they were shown. */
export function SetView({ texts, admin }: SetProps) {
  const { left, toggle, outcomes, errors, isBusy, approve } = useSet()
  const open = texts.filter((text) => canApprove(text) && !left.includes(text.id))
  return (
    <div className="kizuna-set">
      {outcomes && <Outcomes outcomes={outcomes} admin={admin} />}
      {texts.map((text) => (
        <Text
          key={text.id}
          text={text}
          admin={admin}
          isChosen={!left.includes(text.id)}
          onToggle={() => toggle(text.id)}
        />
      ))}
      <section className="kizuna-verdict" aria-label="まとめて承認">
        <ErrorList errors={errors} />
        <Verdict open={open} admin={admin} isBusy={isBusy} onApprove={() => approve(open)} />
      </section>
    </div>
  )
}

interface TextProps {
  text: ShownReview
  admin: string
  isChosen: boolean
  onToggle: () => void
}

function Text({ text, admin, isChosen, onToggle }: TextProps) {
  return (
    <article className="kizuna-panel" aria-label={text.title}>
      <p className="kizuna-card__place">{text.place.join(' ・ ')}</p>
      <h2 className="kizuna-review__title">{text.title}</h2>
      {canApprove(text) ? (
        <label className="kizuna-inbox__choose">
          <input type="checkbox" checked={isChosen} onChange={onToggle} />
          この原稿も承認する
        </label>
      ) : (
        <p className="kizuna-panel__hint">
          {text.status.label}。いま、あなたが承認することはありません。
        </p>
      )}
      <RemarksNote {...text.status} />
      <AnsweredNote requests={text.answered} />
      <FieldList review={text} name={`${text.id}-`} />
      <a href={`${admin}/desk/${text.collection}/${text.id}`}>
        コメントや修正依頼をする<span className="kizuna-unseen">: {text.title}</span>
      </a>
    </article>
  )
}

interface VerdictProps {
  /** What would be approved. */
  open: readonly ShownReview[]
  admin: string
  isBusy: boolean
  onApprove: () => Promise<void>
}

/** The button for all, and the question whether that is meant. */
function Verdict({ open, admin, isBusy, onApprove }: VerdictProps) {
  const [isAsked, setAsked] = useState(false)
  if (!isAsked || open.length === 0) {
    return (
      <div className="kizuna-actions">
        <Button margin={false} disabled={open.length === 0} onClick={() => setAsked(true)}>
          {open.length === 0 ? '承認する原稿はありません' : `${open.length} 件をまとめて承認する`}
        </Button>
        <a className="kizuna-button" href={`${admin}/desk`}>
          「監修待ち」に戻る
        </a>
      </div>
    )
  }
  return (
    <>
      <p>
        いま画面に見えている内容で {open.length}{' '}
        件を承認します。あとで内容が変わった原稿の承認は消えます。
      </p>
      <div className="kizuna-actions">
        <Button
          margin={false}
          disabled={isBusy}
          onClick={() => void onApprove().then(() => setAsked(false))}
        >
          {`${open.length} 件を承認する`}
        </Button>
        <Button margin={false} buttonStyle="secondary" onClick={() => setAsked(false)}>
          やめる
        </Button>
      </div>
    </>
  )
}

function useSet() {
  const { call, isBusy, errors } = useApi()
  const { refresh } = useRouter()
  const [left, setLeft] = useState<readonly string[]>([])
  const [outcomes, setOutcomes] = useState<readonly SetOutcome[] | null>(null)
  const toggle = (id: string) =>
    setLeft(left.includes(id) ? left.filter((one) => one !== id) : [...left, id])
  const approve = async (open: readonly ShownReview[]) => {
    const seen = open.map(({ collection, id, status }) => ({
      collection,
      id,
      contentHash: status.contentHash,
      submission: status.submission,
    }))
    const answer = await call<{ outcomes: SetOutcome[] }>('/review-set/approve', {
      body: { texts: seen },
    })
    if (!answer.isDone) return
    const found = answer.body.outcomes
    setOutcomes(found)
    toast.success(`${found.filter(({ isApproved }) => isApproved).length} 件を承認しました。`)
    window.scrollTo({ top: 0 })
    refresh()
  }
  return { left, toggle, outcomes, errors, isBusy, approve }
}

function Outcomes({ outcomes, admin }: { outcomes: readonly SetOutcome[]; admin: string }) {
  const refused = outcomes.filter(({ isApproved }) => !isApproved)
  return (
    <section className="kizuna-panel" aria-label="結果" role="status">
      <p>{outcomes.length - refused.length} 件を承認しました。</p>
      {refused.length > 0 && (
        <>
          <p>次の {refused.length} 件は承認していません。</p>
          <ul>
            {refused.map(({ collection, id, title, sentences }) => (
              <li key={id}>
                <a href={`${admin}/desk/${collection}/${id}`}>{title}</a>: {sentences.join(' ')}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

function canApprove({ status }: ShownReview): boolean {
  return status.can.approveAs.length > 0 && status.state !== 'published'
}
