'use client'

import { Button } from '@payloadcms/ui'
import { useCallback, useEffect, useState } from 'react'

import type {
  ReviewRequests,
  ReviewRequestShown,
} from '../../review/operations/reviewRequestEndpoints'
import type { RequestState } from '../../review/rules/reviewRequests'
import { withWord } from '../../people/names'
import { dayLabel } from '../../stage/japaneseDate'
import { ErrorList } from '../api/errorList'
import { useApi } from '../api/useApi'

interface PartProps {
  /** `/kizuna-manuscripts/<id>` */
  path: string
  /** Changes when the text's review does: then it is asked again. */
  mark: string
}

/** Who was asked to look at a text by when, and asking somebody; nothing where neither is there. */
export function ReviewRequestsPart({ path, mark }: PartProps) {
  const { ask, call, isBusy, errors } = useApi()
  const [known, setKnown] = useState<ReviewRequests | null>(null)
  const [instead, setInstead] = useState<ReviewRequestShown | null>(null)
  const [isOpen, setOpen] = useState(false)
  const load = useCallback(async () => {
    const answer = await ask<ReviewRequests>(`${path}/review-requests`)
    if (answer.isDone) setKnown(answer.body)
  }, [ask, path])
  useEffect(() => {
    void load()
  }, [load, mark])
  if (!known) return null
  const { requests, candidates, canAsk } = known
  if (requests.length === 0 && (!canAsk || candidates.length === 0)) return null
  const send = async (step: 'ask-review' | 'take-back-review', body: object) => {
    const answer = await call<ReviewRequests>(`${path}/${step}`, { body })
    if (!answer.isDone) return
    setKnown(answer.body)
    setOpen(false)
    setInstead(null)
  }
  const openFor = (request: ReviewRequestShown | null) => {
    setInstead(request)
    setOpen(true)
  }
  return (
    <section className="kizuna-requests" aria-label="人への依頼">
      <h4 className="kizuna-requests__title">見てもらう人</h4>
      {requests.length > 0 && (
        <ul>
          {requests.map((request) => (
            <li key={`${request.reviewer} ${request.discipline}`}>
              <Standing request={request} />
              {canAsk && request.state !== 'answered' && request.state !== 'met' && (
                <span className="kizuna-actions">
                  {candidates.length > 0 && (
                    <button
                      type="button"
                      className="kizuna-small"
                      disabled={isBusy}
                      onClick={() => openFor(request)}
                    >
                      人か期日を変える<span className="kizuna-unseen">({request.name})</span>
                    </button>
                  )}
                  <button
                    type="button"
                    className="kizuna-small"
                    disabled={isBusy}
                    onClick={() => void send('take-back-review', personOf(request))}
                  >
                    依頼を取り消す<span className="kizuna-unseen">({request.name})</span>
                  </button>
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {isOpen ? (
        <AskForm
          known={known}
          instead={instead}
          isBusy={isBusy}
          onSend={(body) => void send('ask-review', body)}
          onClose={() => setOpen(false)}
        />
      ) : (
        canAsk &&
        candidates.length > 0 && (
          <Button margin={false} buttonStyle="secondary" onClick={() => openFor(null)}>
            人に頼む
          </Button>
        )
      )}
      <ErrorList errors={errors} />
    </section>
  )
}

const WORDS: Readonly<Record<RequestState, string>> = {
  open: 'まだ見ていません',
  answered: '見ました',
  met: 'ほかの人の承認がそろいました',
  'not-yet': '原稿が監修に出されるなど、この人の番になるのを待っています',
}

function Standing({ request }: { request: ReviewRequestShown }) {
  const { name, label, day, state, by, isLate, isMine, isGone } = request
  const isOver = state === 'answered' || state === 'met'
  return (
    <span className={isLate || isGone ? 'kizuna-requests__late' : ''}>
      {isMine ? `あなた(${label})` : `${withWord(name, label)}さん`}: {dayLabel(day)}まで。
      {WORDS[state]}
      {isLate && '。期日を過ぎています'}
      {isGone && '。この人は退職・異動などで承認できません。ほかの人に頼んでください'}
      {!isOver && <span className="kizuna-panel__aside">頼んだ人: {by}さん</span>}
    </span>
  )
}

function personOf({ reviewer, discipline }: ReviewRequestShown) {
  return { reviewer, discipline }
}

interface FormProps {
  known: ReviewRequests
  /** Whose request goes to another person or day. */
  instead: ReviewRequestShown | null
  isBusy: boolean
  onSend: (body: object) => void
  onClose: () => void
}

function AskForm({ known, instead, isBusy, onSend, onClose }: FormProps) {
  const { candidates, days } = known
  const offered = candidates.filter((one) => !instead || one.discipline === instead.discipline)
  const keyOf = ({ id, discipline }: (typeof candidates)[number]) => `${id}:${discipline}`
  const [chosen, setChosen] = useState(
    instead ? `${instead.reviewer}:${instead.discipline}` : offered[0] ? keyOf(offered[0]) : '',
  )
  const [day, setDay] = useState(days.proposed)
  const candidate = offered.find((one) => keyOf(one) === chosen)
  const send = () => {
    if (!candidate) return
    const { id: reviewer, discipline } = candidate
    onSend({ reviewer, discipline, day, ...(instead && { instead: instead.reviewer }) })
  }
  return (
    <div className="kizuna-question">
      <p>
        その人の「監修待ち」のいちばん上に出て、期日の前の日と過ぎた日に、お知らせメールが届きます。頼まれていない人も、いつもどおり承認できます。原稿を直して出し直すと、依頼はそのまま残り、期日は出し直した日から数え直します。
      </p>
      <label className="kizuna-question__words">
        だれに
        <select value={candidate ? chosen : ''} onChange={(event) => setChosen(event.target.value)}>
          {!candidate && <option value="">選んでください</option>}
          {offered.map((one) => (
            <option key={keyOf(one)} value={keyOf(one)}>
              {one.label}: {one.name}
            </option>
          ))}
        </select>
      </label>
      <label className="kizuna-question__words">
        いつまでに
        <input
          type="date"
          value={day}
          min={days.first}
          max={days.last}
          onChange={(event) => setDay(event.target.value)}
        />
      </label>
      <div className="kizuna-actions">
        <Button margin={false} disabled={isBusy || !candidate || day === ''} onClick={send}>
          頼む
        </Button>
        <Button margin={false} buttonStyle="secondary" disabled={isBusy} onClick={onClose}>
          やめる
        </Button>
      </div>
    </div>
  )
}
