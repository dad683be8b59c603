'use client'

import { Button } from '@payloadcms/ui'
import { useState } from 'react'

import { japaneseMoment } from '../../../stage/japaneseDate'
import type { ThreadShown } from '../../../review/comments/describeThreads'
import { shorten } from '../../../release/graphemes'
import { aroundChanges } from '../../../review/rules/difference'
import { Legend, Marked } from '../inbox/marked'

/** What can be done in a conversation. */
export type ThreadStep = 'reply' | 'resolve' | 'reopen' | 'take'

/** Does a step in a conversation; true when it was done. */
export type OnThread = (thread: string, step: ThreadStep, text?: string) => Promise<boolean>

interface ThreadListProps {
  threads: readonly ThreadShown[]
  isBusy: boolean
  onThread: OnThread
  /** Whether each conversation says which field it is about. */
  isNamed?: boolean
}

/** Conversations about fields, those that are settled folded away. */
export function ThreadList({ threads, isBusy, onThread, isNamed = false }: ThreadListProps) {
  const open = threads.filter(({ isResolved }) => !isResolved)
  const settled = threads.filter(({ isResolved }) => isResolved)
  const shown = (list: readonly ThreadShown[]) =>
    list.map((thread) => (
      <Thread
        key={thread.id}
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

function Thread({ thread, isBusy, onThread, isNamed }: ThreadProps) {
  const { id, fieldLabel, author, text, at, proposal, quote, replies, can } = thread
  return (
    <article className="kizuna-thread" aria-label={`${fieldLabel}へのコメント`}>
      {isNamed && <p className="kizuna-thread__field">{fieldLabel}</p>}
      <Words author={author} at={at} text={text} />
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
        <Words key={reply.id} {...reply} />
      ))}
      <Outcome thread={thread} />
      {can.reply && <ThreadActions thread={thread} isBusy={isBusy} onThread={onThread} />}
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

function ThreadActions({ thread, isBusy, onThread }: Omit<ThreadProps, 'isNamed'>) {
  const { id, isResolved, fieldLabel } = thread
  const [words, setWords] = useState<string | null>(null)
  const send = async () => {
    if (await onThread(id, 'reply', words ?? '')) setWords(null)
  }
  if (words !== null) {
    return (
      <div className="kizuna-question">
        <label className="kizuna-question__words">
          返事
          <textarea rows={3} value={words} onChange={(event) => setWords(event.target.value)} />
        </label>
        <div className="kizuna-actions">
          <Button margin={false} disabled={isBusy || !words.trim()} onClick={() => void send()}>
            返事を送る
          </Button>
          <Button margin={false} buttonStyle="secondary" onClick={() => setWords(null)}>
            やめる
          </Button>
        </div>
      </div>
    )
  }
  return (
    <div className="kizuna-actions">
      <button type="button" className="kizuna-small" onClick={() => setWords('')}>
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

function Words({ author, at, text }: { author: string; at: string; text: string }) {
  return (
    <div className="kizuna-words">
      <p className="kizuna-words__who">
        {author} <span className="kizuna-panel__aside">{japaneseMoment(at)}</span>
      </p>
      {text && <p className="kizuna-words__text">{text}</p>}
    </div>
  )
}

const SHORT = 80
