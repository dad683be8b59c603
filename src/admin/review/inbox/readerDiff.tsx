'use client'

import { useState } from 'react'

import type { LineMessage } from '../../../release/lineMessage'
import type { Preview } from '../../../release/preview'
import { differenceOf } from '../../../review/rules/difference'
import { LineView } from '../../preview/lineView'
import { MailView } from '../../preview/mailView'
import { Legend, Marked } from './marked'

type Channel = 'line' | 'mail'

interface Readers {
  before: Preview | null
  after: Preview
}

/** A text as readers get it, what came and what went marked in the bubbles; what was, folded. */
export function ReaderDiff({ readers: { before, after } }: { readers: Readers }) {
  const [channel, setChannel] = useState<Channel>('line')
  return (
    <section className="kizuna-readers" aria-label="届く見え方">
      <h3 className="kizuna-field__label">届く見え方</h3>
      <div className="kizuna-switch" role="group" aria-label="送る方法">
        {(['line', 'mail'] as const).map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={channel === one}
            onClick={() => setChannel(one)}
          >
            {one === 'line' ? 'LINE' : 'メール'}
          </button>
        ))}
      </div>
      {channel === 'mail' ? (
        <MailView mail={after.mail} />
      ) : (
        <Line messages={after.line} before={before?.line ?? null} />
      )}
      {before && (
        <details className="kizuna-panel__details">
          <summary>前に届いていた文を見る</summary>
          {channel === 'mail' ? (
            <MailView mail={before.mail} />
          ) : (
            <LineView messages={before.line} />
          )}
        </details>
      )}
    </section>
  )
}

interface LineProps {
  messages: readonly LineMessage[]
  /** As it was, or null when there is nothing to compare with. */
  before: readonly LineMessage[] | null
}

/** Bubbles with marks, also those that are gone; cards as they are. */
function Line({ messages, before }: LineProps) {
  if (!before) return <LineView messages={messages} />
  const [now, was] = [textsOf(messages), textsOf(before)]
  const [above, below] = cardsOf(messages)
  const bubbles = Array.from({ length: Math.max(now.length, was.length) }, (_, index) =>
    differenceOf(was[index] ?? '', now[index] ?? ''),
  )
  const isMarked = bubbles.some((parts) => parts.some(({ kind }) => kind !== 'same'))
  return (
    <>
      {isMarked && <Legend />}
      {above.length > 0 && <LineView messages={above} />}
      {bubbles.length > 0 && (
        <div className="kizuna-line" lang="ja" role="group" aria-label="LINE の画面" tabIndex={0}>
          {bubbles.map((parts, index) => (
            <p key={index} className="kizuna-line__bubble">
              <Marked parts={parts} />
            </p>
          ))}
        </div>
      )}
      {below.length > 0 && <LineView messages={below} />}
    </>
  )
}

/** What stands above the words, such as their picture, and what follows them. */
function cardsOf(messages: readonly LineMessage[]): [LineMessage[], LineMessage[]] {
  const words = messages.findIndex(({ type }) => type === 'text')
  const cards = (part: readonly LineMessage[]) => part.filter(({ type }) => type !== 'text')
  return words < 0
    ? [[], cards(messages)]
    : [messages.slice(0, words), cards(messages.slice(words))]
}

function textsOf(messages: readonly LineMessage[]): string[] {
  return messages.flatMap((message) => (message.type === 'text' ? [message.text] : []))
}
