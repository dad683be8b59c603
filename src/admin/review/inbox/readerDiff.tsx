'use client'

import { useState } from 'react'

import type { LineMessage } from '../../../release/lineMessage'
import type { Preview } from '../../../release/preview'
import { differenceOf, sideOf } from '../../../review/rules/difference'
import type { DiffPart } from '../../../review/rules/difference'
import { LineView } from '../../preview/lineView'
import { MailView } from '../../preview/mailView'
import { Legend, Marked } from './marked'

type Channel = 'line' | 'mail'

/** A text as readers get it, before and after, with the changed words marked in the bubbles. */
export function ReaderDiff({ readers }: { readers: { before: Preview | null; after: Preview } }) {
  const [channel, setChannel] = useState<Channel>('line')
  const { before, after } = readers
  return (
    <div className="kizuna-readers">
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
      {before && channel === 'line' && <Legend />}
      <div className="kizuna-readers__sides">
        {before && (
          <section aria-label="前">
            <h3 className="kizuna-field__label">前</h3>
            {channel === 'line' ? (
              <Line messages={before.line} other={after.line} side="before" />
            ) : (
              <MailView mail={before.mail} />
            )}
          </section>
        )}
        <section aria-label="いま">
          <h3 className="kizuna-field__label">{before ? 'いま' : '届く見え方'}</h3>
          {channel === 'line' ? (
            <Line messages={after.line} other={before?.line ?? null} side="after" />
          ) : (
            <MailView mail={after.mail} />
          )}
        </section>
      </div>
    </div>
  )
}

interface LineProps {
  messages: readonly LineMessage[]
  /** The other side, or null when there is none. */
  other: readonly LineMessage[] | null
  side: 'before' | 'after'
}

/** Bubbles with marks; cards as they are. */
function Line({ messages, other, side }: LineProps) {
  if (!other) return <LineView messages={messages} />
  const texts = messages.filter(({ type }) => type === 'text')
  const cards = messages.filter(({ type }) => type !== 'text')
  return (
    <>
      {texts.length > 0 && (
        <div className="kizuna-line" lang="ja" role="group" aria-label="LINE の画面" tabIndex={0}>
          {texts.map((message, index) => (
            <p key={index} className="kizuna-line__bubble">
              <Marked parts={marksOf(message, other[messages.indexOf(message)], side)} />
            </p>
          ))}
        </div>
      )}
      {cards.length > 0 && <LineView messages={cards} />}
    </>
  )
}

function marksOf(
  message: LineMessage,
  other: LineMessage | undefined,
  side: LineProps['side'],
): DiffPart[] {
  const own = textOf(message)
  const theirs = textOf(other)
  const parts = side === 'before' ? differenceOf(own, theirs) : differenceOf(theirs, own)
  return sideOf(parts, side)
}

function textOf(message: LineMessage | undefined): string {
  return message?.type === 'text' ? message.text : ''
}
