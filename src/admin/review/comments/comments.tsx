'use client'

import { Button } from '@payloadcms/ui'
import { useEffect, useState } from 'react'

import { japaneseMoment } from '../../../stage/japaneseDate'
import type { ThreadShown, WordsShown } from '../../../review/comments/describeThreads'
import { shorten } from '../../../release/graphemes'
import { aroundChanges } from '../../../review/rules/difference'
import { Legend, Marked } from '../inbox/marked'
import { keptWords } from '../keptWords'
import { useKeptSaid } from './keptSaid'
import { MentionField, NOTHING_SAID, type Said } from './mentionField'

/** What can be done in a conversation. */
export type ThreadStep = 'reply' | 'resolve' | 'reopen' | 'take'

/** Does a step in a conversation; true when it was done. */
export type OnThread = (thread: string, step: ThreadStep, said?: Said) => Promise<boolean>

interface ThreadListProps {
  /** `/kizuna-manuscripts/<id>` */
  path: string
  threads: readonly ThreadShown[]
  isBusy: boolean
  onThread: OnThread
  /** Whether each conversation says which field it is about. */
  isNamed?: boolean
}

/** Conversations about fields, those that are settled folded away. */
export function ThreadList({ path, threads, isBusy, onThread, isNamed = false }: ThreadListProps) {
  const open = threads.filter(({ isResolved }) => !isResolved)
  const settled = threads.filter(({ isResolved }) => isResolved)
  const shown = (list: readonly ThreadShown[]) =>
    list.map((thread) => (
      <Thread
        key={thread.id}
        path={path}
        thread={thread}
        isBusy={isBusy}
        onThread={onThread}
        isNamed={isNamed}
      />
    ))
  return (
    <div className="kizuna-threads">
      {shown(open)}
      {settled.length > 0 && (
        <details className="kizuna-panel__details">
          <summary>解決したコメント({settled.length})</summary>
          {shown(settled)}
        </details>
      )}
    </div>
  )
}

type ThreadProps = Omit<ThreadListProps, 'threads'> & { thread: ThreadShown }

function Thread({ path, thread, isBusy, onThread, isNamed }: ThreadProps) {
  const { id, fieldLabel, proposal, quote, replies, can, isForMe } = thread
  return (
    <article className="kizuna-thread" aria-label={`${fieldLabel}へのコメント`}>
      {isForMe && <p className="kizuna-thread__call">あなたに呼びかけています</p>}
      {isNamed && <p className="kizuna-thread__field">{fieldLabel}</p>}
      <Words said={thread} />
      {quote !== null && (
        <p className="kizuna-panel__hint">
          このコメントのあとで「{fieldLabel}」は書き直されました。そのときの文:{' '}
          {shorten(quote, SHORT)}
        </p>
      )}
      {proposal && (
        <div className="kizuna-wording">
          <p className="kizuna-wording__title">書き換え案</p>
          <p className="kizuna-field__text">
            <Marked parts={aroundChanges(proposal.parts)} />
          </p>
          <Legend />
          {can.take && (
            <Button margin={false} disabled={isBusy} onClick={() => void onThread(id, 'take')}>
              この案にする
            </Button>
          )}
        </div>
      )}
      {replies.map((reply) => (
        <Words key={reply.id} said={reply} />
      ))}
      <Outcome thread={thread} />
      {can.reply && (
        <ThreadActions path={path} thread={thread} isBusy={isBusy} onThread={onThread} />
      )}
    </article>
  )
}

function Outcome({ thread: { isTaken, isResolved, resolvedBy } }: { thread: ThreadShown }) {
  if (!isResolved) return null
  return (
    <p className="kizuna-panel__hint">
      {isTaken
        ? `${resolvedBy}さんが、この案を採用しました。`
        : `${resolvedBy}さんが、解決にしました。`}
    </p>
  )
}

function ThreadActions({ path, thread, isBusy, onThread }: Omit<ThreadProps, 'isNamed'>) {
  const { id, isResolved, fieldLabel } = thread
  const place = `${path} reply ${id}`
  const [words, setWords] = useKeptSaid(place)
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    if (keptWords(place)) setOpen(true)
  }, [place])
  const leave = () => {
    setWords(NOTHING_SAID)
    setOpen(false)
  }
  const send = async () => {
    if (await onThread(id, 'reply', words)) leave()
  }
  if (isOpen) {
    return (
      <div className="kizuna-question">
        <MentionField path={path} label="返事" said={words} onChange={setWords} />
        <div className="kizuna-actions">
          <Button
            margin={false}
            disabled={isBusy || !words.text.trim()}
            onClick={() => void send()}
          >
            返事を送る
          </Button>
          <Button margin={false} buttonStyle="secondary" disabled={isBusy} onClick={leave}>
            やめる
          </Button>
        </div>
      </div>
    )
  }
  return (
    <div className="kizuna-actions">
      <button type="button" className="kizuna-small" onClick={() => setOpen(true)}>
        返事を書く<span className="kizuna-unseen">({fieldLabel})</span>
      </button>
      <button
        type="button"
        className="kizuna-small"
        disabled={isBusy}
        onClick={() => void onThread(id, isResolved ? 'reopen' : 'resolve')}
      >
        {isResolved ? '未解決に戻す' : '解決にする'}
        <span className="kizuna-unseen">({fieldLabel})</span>
      </button>
    </div>
  )
}

function Words({ said: { author, at, text, mentions } }: { said: WordsShown }) {
  return (
    <div className="kizuna-words">
      <p className="kizuna-words__who">
        {author} <span className="kizuna-panel__aside">{japaneseMoment(at)}</span>
      </p>
      {mentions.length > 0 && (
        <p className="kizuna-panel__hint">
          呼びかけ: {mentions.map((name) => `${name}さん`).join('、')}
        </p>
      )}
      {text && <p className="kizuna-words__text">{text}</p>}
    </div>
  )
}

const SHORT = 80
