'use client'

import { useState } from 'react'

import type { NextReviews } from '../../../review/inbox/nextReviews'
import { stateLook } from '../../../review/rules/state'
import { printAddress } from '../../../review/inbox/printAddress'
import type { ReviewScreen } from '../../../review/inbox/reviewScreen'
import type { ReviewStatus } from '../../../review/queries/status'
import { japaneseMoment } from '../../../stage/japaneseDate'
import { ErrorList } from '../../api/errorList'
import { AfterAct } from '../afterAct'
import { ReviewActions } from '../reviewActions'
import { ReviewNeeds } from '../reviewNeeds'
import { ScheduleNote } from '../scheduleNote'
import { stepsFor } from '../steps'
import type { Act, ReviewAction } from '../useReview'
import { CommentForm, type Remark } from '../comments/commentForm'
import { ThreadList, type OnThread } from '../comments/comments'
import { NOTHING_SAID, useSeen, wordsOf } from '../comments/mentionField'
import { AnsweredNote } from './answeredNote'
import { EditingNote } from './editingNote'
import { FieldList, isFieldOpen } from './fieldList'
import { NextReview } from './nextReview'
import { ReaderDiff } from './readerDiff'
import { ReviewRequestsPart } from '../reviewRequests'
import { commentPath, markOf, THREAD_DONE, withoutWithdrawing } from '../reviewWords'
import { useInboxActions, type Change } from './useInboxActions'

interface ViewProps {
  screen: ReviewScreen
  /** What waits for the person besides this text; null where it could not be read. */
  next: Promise<NextReviews | null>
  admin: string
}

/** One text's review: as readers get it, with what changed; what was said of it; and the verdict. */
export function ReviewView({ screen, next, admin }: ViewProps) {
  const { collection, id } = screen
  const { change, isBusy, errors } = useInboxActions()
  const path = `/${collection}/${id}`
  const { status, done, act } = useActs(screen, change)
  useSeen(path, screen.threads)
  const onThread: OnThread = async (thread, step, said = NOTHING_SAID) =>
    (await change(commentPath(path, thread, step), wordsOf(said), THREAD_DONE[step])) !== null
  const onComment = async (remark: Remark) =>
    (await change(`${path}/comments`, remark, 'コメントを送りました。')) !== null
  const isOpen = status.can.revise || stepsFor(status).some(({ isMain }) => isMain)
  return (
    <div className="kizuna-review">
      <Head screen={screen} admin={admin} />
      <EditingNote path={path} />
      <ReviewRequestsPart path={path} mark={markOf(status)} />
      <AnsweredNote requests={screen.answered} />
      <div className="kizuna-review__body">
        <ReaderDiff readers={screen.readers} />
        <Discussed screen={screen} isBusy={isBusy} onThread={onThread} onComment={onComment} />
      </div>
      <History screen={screen} />
      <section className="kizuna-verdict" aria-label="監修の判断">
        <ScheduleNote status={status} isBusy={isBusy} onAct={act} />
        <ReviewNeeds status={status} isBrief />
        {done ? (
          <AfterAct
            path={path}
            admin={admin}
            status={withoutWithdrawing(status)}
            done={done}
            next={next}
            isBusy={isBusy}
            onAct={act}
          />
        ) : (
          <ReviewActions
            path={path}
            status={withoutWithdrawing(status)}
            isBusy={isBusy}
            onAct={act}
          />
        )}
        <ErrorList errors={errors} />
        {status.can.revise && (
          <a className="kizuna-button" href={`${admin}/collections${path}`}>
            原稿を直す
          </a>
        )}
        {done === null && !isOpen && <NextReview next={next} admin={admin} done={null} />}
      </section>
    </div>
  )
}

/** The review as it is, also before the page has been read again, and what the person did last. */
function useActs(screen: ReviewScreen, change: Change) {
  const { collection, id } = screen
  const [acted, setActed] = useState<Acted | null>(null)
  const status = acted?.on === screen ? acted.status : screen.status
  const act: Act = async (action, input = {}) => {
    const { contentHash, submission } = status
    const body = { contentHash, submission, ...input }
    // Said above the way to the next text: on a phone a message would lie over that button.
    const answer = await change<ReviewStatus>(`/${collection}/${id}/${action}`, body)
    if (answer) setActed({ on: screen, status: answer, done: action })
    return answer !== null
  }
  return { status, done: acted?.done ?? null, act }
}

interface Acted {
  /** The page it was done on. */
  on: ReviewScreen
  status: ReviewStatus
  done: ReviewAction
}

function Head({ screen, admin }: Omit<ViewProps, 'next'>) {
  const { collection, id, status, writers, canWrite } = screen
  return (
    <header>
      <p className="kizuna-card__place">{screen.place.join(' ・ ')}</p>
      <h2 className="kizuna-review__title">{screen.title}</h2>
      <p>
        <span className={`kizuna-state kizuna-state--${stateLook(status)}`}>{status.label}</span>
        {status.schedule?.refusal === null && (
          <span className="kizuna-panel__aside">{status.schedule.words}</span>
        )}
        {writers.length > 0 && (
          <span className="kizuna-panel__aside">書いた人: {writers.join('、')}</span>
        )}
      </p>
      <p>
        <a href={`${admin}/desk`}>「監修待ち」に戻る</a>
        <a className="kizuna-panel__aside" href={`${admin}/collections/${collection}/${id}`}>
          {canWrite ? '原稿を書く画面を開く' : '原稿の画面を開く'}
        </a>
        <a className="kizuna-panel__aside" href={printAddress(admin, [`${collection}:${id}`])}>
          決裁用に印刷
        </a>
      </p>
    </header>
  )
}

type ThreadProps = Pick<Parameters<typeof ThreadList>[0], 'isBusy' | 'onThread'>

interface DiscussedProps extends ThreadProps {
  screen: ReviewScreen
  onComment: (remark: Remark) => Promise<boolean>
}

/** The fields with what was said about each, and then what was said about others. */
function Discussed({ screen, onComment, ...rest }: DiscussedProps) {
  const { collection, id, threads, canComment, fields } = screen
  const path = `/${collection}/${id}`
  const detached = threads.filter(({ field }) => !fields.some(({ path }) => path === field))
  return (
    <section aria-label="項目とコメント">
      <FieldList
        review={screen}
        isShort
        under={(field) => (
          <>
            <ThreadList
              path={path}
              threads={threads.filter((one) => one.field === field.path)}
              {...rest}
            />
            {canComment && (
              <CommentForm
                document={path}
                field={field}
                isBusy={rest.isBusy}
                onComment={onComment}
              />
            )}
          </>
        )}
      />
      <FoldedThreads screen={screen} {...rest} />
      {detached.length > 0 && <ThreadList path={path} threads={detached} isNamed {...rest} />}
    </section>
  )
}

/** Open conversations about fields that are folded: nobody passes them unknowing. */
function FoldedThreads({ screen, ...rest }: ThreadProps & { screen: ReviewScreen }) {
  const { fields, threads, hasBaseline } = screen
  const isFolded = (path: string) =>
    fields.some((field) => field.path === path && !isFieldOpen(field, hasBaseline))
  const open = threads.filter(({ field, isResolved }) => !isResolved && isFolded(field))
  if (open.length === 0) return null
  return (
    <section aria-label="ほかのコメント">
      <h3 className="kizuna-field__label">ほかの項目へのコメント</h3>
      <ThreadList path={`/${screen.collection}/${screen.id}`} threads={open} isNamed {...rest} />
    </section>
  )
}

function History({ screen: { verdicts } }: { screen: ReviewScreen }) {
  if (verdicts.length === 0) return null
  return (
    <details className="kizuna-panel__details">
      <summary>これまでの監修({verdicts.length})</summary>
      <ul className="kizuna-history">
        {verdicts.toReversed().map(({ at, verdict, discipline, reviewer, comment, isCurrent }) => (
          <li key={`${at} ${discipline}`}>
            {japaneseMoment(at)} {reviewer}
            {discipline && `(${discipline})`}: {WORDS[verdict]}
            {!isCurrent && '(前の内容)'}
            {comment && <p className="kizuna-words__text">{comment}</p>}
          </li>
        ))}
      </ul>
    </details>
  )
}

const WORDS = {
  submit: '監修に出しました',
  approve: '承認しました',
  'request-change': '修正を依頼しました',
} as const
