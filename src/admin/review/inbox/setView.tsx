'use client'

import { Button, toast } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useState } from 'react'

import type { SetAct, SetOutcome } from '../../../review/inbox/actOnSet'
import type { ShownReview } from '../../../review/inbox/shownReview'
import { useApi } from '../../api/useApi'
import { ErrorList } from '../../api/errorList'
import { SecondPress } from '../../fields/secondPress'
import { RemarksNote } from '../remarksNote'
import { AnsweredNote } from './answeredNote'
import { FieldList } from './fieldList'

interface SetProps {
  texts: readonly ShownReview[]
  admin: string
}

/** Several texts one after the other, and one button for those that were read and are still as shown. */
export function SetView({ texts, admin }: SetProps) {
  const { read, toggle, done, errors, isBusy, act } = useSet()
  const next = nextAct(texts)
  const open = texts.filter((text) => next !== null && can[next](text))
  return (
    <div className="kizuna-set">
      {done && <Outcomes {...done} admin={admin} />}
      {texts.map((text) => (
        <Text
          key={text.id}
          text={text}
          next={next}
          admin={admin}
          isRead={read.includes(text.id)}
          onToggle={() => toggle(text.id)}
        />
      ))}
      <section className="kizuna-verdict" aria-label="まとめて承認・公開">
        <ErrorList errors={errors} />
        <Verdict
          next={next}
          of={open.length}
          chosen={open.filter(({ id }) => read.includes(id))}
          admin={admin}
          isBusy={isBusy}
          onAct={act}
        />
      </section>
    </div>
  )
}

const can: Record<SetAct, (text: ShownReview) => boolean> = {
  approve: ({ status }) => status.can.approveAs.length > 0 && status.state !== 'published',
  publish: ({ status }) => status.can.publish,
}

/** What is approved comes first; then what has all its approvals is published at the same place. */
function nextAct(texts: readonly ShownReview[]): SetAct | null {
  if (texts.some(can.approve)) return 'approve'
  return texts.some(can.publish) ? 'publish' : null
}

const WORDS: Record<SetAct, { verb: string; done: string; meaning: string }> = {
  approve: {
    verb: '承認する',
    done: '承認しました',
    meaning: 'あとで内容が変わった原稿の承認は消えます。',
  },
  publish: {
    verb: '公開する',
    done: '公開しました',
    meaning: '公開すると、これからの配信で家族に届きます。',
  },
}

interface TextProps {
  text: ShownReview
  next: SetAct | null
  admin: string
  isRead: boolean
  onToggle: () => void
}

function Text({ text, next, admin, isRead, onToggle }: TextProps) {
  return (
    <article className="kizuna-panel" aria-label={text.title}>
      <p className="kizuna-card__place">{text.place.join(' ・ ')}</p>
      <h2 className="kizuna-review__title">{text.title}</h2>
      <RemarksNote {...text.status} />
      <AnsweredNote requests={text.answered} />
      <FieldList review={text} name={`${text.id}-`} />
      {next !== null && can[next](text) ? (
        <label className="kizuna-inbox__choose">
          <input type="checkbox" checked={isRead} onChange={onToggle} />
          読みました。{WORDS[next].verb}
          <span className="kizuna-unseen">: {text.title}</span>
        </label>
      ) : (
        <p className="kizuna-panel__hint">
          {text.status.label}。いま、あなたが承認や公開をすることはありません。
        </p>
      )}
      <a href={`${admin}/desk/${text.collection}/${text.id}`}>
        コメントや修正依頼をする<span className="kizuna-unseen">: {text.title}</span>
      </a>
    </article>
  )
}

interface VerdictProps {
  next: SetAct | null
  /** How many texts it could be done to. */
  of: number
  /** Those that were read. */
  chosen: readonly ShownReview[]
  admin: string
  isBusy: boolean
  onAct: (next: SetAct, chosen: readonly ShownReview[]) => Promise<void>
}

/** The button for all, and the question whether that is meant. */
function Verdict({ next, of, chosen, admin, isBusy, onAct }: VerdictProps) {
  const [asked, setAsked] = useState<SetAct | null>(null)
  const back = (
    <a className="kizuna-button" href={`${admin}/desk`}>
      「監修待ち」に戻る
    </a>
  )
  if (next === null) {
    return (
      <>
        <p>いま、この中にあなたが承認や公開をする原稿はありません。</p>
        <div className="kizuna-actions">{back}</div>
      </>
    )
  }
  const { verb, meaning } = WORDS[next]
  if (asked !== next || chosen.length === 0) {
    return (
      <>
        <p role="status">
          {of} 件中 {chosen.length} 件に「読みました」の印があります。
        </p>
        <div className="kizuna-actions">
          <Button margin={false} disabled={chosen.length === 0} onClick={() => setAsked(next)}>
            {chosen.length === 0
              ? '読んだ原稿に印を付けてください'
              : `読んだ ${chosen.length} 件を${verb}`}
          </Button>
          {back}
        </div>
      </>
    )
  }
  return (
    <>
      <p>
        いま画面に見えている内容で {chosen.length} 件を{verb.replace('する', 'します')}。{meaning}
      </p>
      <div className="kizuna-actions">
        <SecondPress
          isOff={isBusy}
          onPress={() => void onAct(next, chosen).then(() => setAsked(null))}
        >
          {`${chosen.length} 件を${verb}`}
        </SecondPress>
        <Button margin={false} buttonStyle="secondary" onClick={() => setAsked(null)}>
          やめる
        </Button>
      </div>
    </>
  )
}

interface Done {
  act: SetAct
  outcomes: readonly SetOutcome[]
}

function useSet() {
  const { call, isBusy, errors } = useApi()
  const { refresh } = useRouter()
  const [read, setRead] = useState<readonly string[]>([])
  const [done, setDone] = useState<Done | null>(null)
  const toggle = (id: string) =>
    setRead(read.includes(id) ? read.filter((one) => one !== id) : [...read, id])
  const act = async (next: SetAct, chosen: readonly ShownReview[]) => {
    const texts = chosen.map(({ collection, id, status }) => ({
      collection,
      id,
      contentHash: status.contentHash,
      submission: status.submission,
    }))
    const path = `/review-set/${next}`
    const answer = await call<{ outcomes: SetOutcome[] }>(path, { body: { texts } })
    if (!answer.isDone) return
    const { outcomes } = answer.body
    setDone({ act: next, outcomes })
    toast.success(sentenceOf({ act: next, outcomes }))
    window.scrollTo({ top: 0 })
    refresh()
  }
  return { read, toggle, done, errors, isBusy, act }
}

function sentenceOf({ act, outcomes }: Done): string {
  const count = outcomes.filter(({ isDone }) => isDone).length
  return `${outcomes.length} 件中 ${count} 件を${WORDS[act].done}。`
}

function Outcomes({ act, outcomes, admin }: Done & { admin: string }) {
  const refused = outcomes.filter(({ isDone }) => !isDone)
  return (
    <section className="kizuna-panel" aria-label="結果" role="status">
      <p>{sentenceOf({ act, outcomes })}</p>
      {refused.length > 0 && (
        <>
          <p>次の {refused.length} 件は、元のままです。</p>
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
