'use client'

import type { CSSProperties } from 'react'

import type { FlexBox, FlexBubble, FlexText, LineMessage } from '../../release/lineMessage'

/** LINE messages as a phone shows them, near enough to see breaks and lengths. */
export function LineView({ messages }: { messages: readonly LineMessage[] }) {
  if (messages.length === 0) return <p className="kizuna-panel__hint">本文を書くと見られます。</p>
  return (
    <div className="kizuna-line" lang="ja" role="group" aria-label="LINE の画面" tabIndex={0}>
      {messages.map((message, index) =>
        message.type === 'text' ? (
          <p key={index} className="kizuna-line__bubble">
            {message.text}
          </p>
        ) : (
          <Cards key={index} contents={message.contents} />
        ),
      )}
    </div>
  )
}

function Cards({ contents }: { contents: FlexBubble | { contents: FlexBubble[] } }) {
  const bubbles =
    'type' in contents && contents.type === 'bubble' ? [contents] : contentsOf(contents)
  return (
    <div className="kizuna-line__cards" tabIndex={0} aria-label="カード">
      {bubbles.map((bubble, index) => (
        <div key={index} className="kizuna-line__card">
          {bubble.hero && <img src={bubble.hero.url} alt="" />}
          <Part part={bubble.body} />
          {bubble.footer && <Part part={bubble.footer} />}
        </div>
      ))}
    </div>
  )
}

function contentsOf(contents: FlexBubble | { contents: FlexBubble[] }): FlexBubble[] {
  return 'contents' in contents ? contents.contents : []
}

function Part({ part }: { part: FlexBox | FlexText }) {
  if (part.type === 'text') return <p style={textStyle(part)}>{part.text}</p>
  return (
    <div style={boxStyle(part)}>
      {part.contents.map((inner, index) => (
        <Part key={index} part={inner} />
      ))}
    </div>
  )
}

const SIZES = { xs: 11, sm: 13, md: 14, lg: 16 } as const
const SPACES = { xs: 2, sm: 4, md: 8, lg: 12 } as const

function textStyle({ size, color, weight, align, flex, margin }: FlexText): CSSProperties {
  return {
    margin: 0,
    color,
    fontSize: SIZES[size],
    fontWeight: weight ?? 'normal',
    textAlign: align ?? 'start',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    ...(flex ? { flex } : {}),
    ...(margin ? { marginTop: SPACES[margin] } : {}),
  }
}

function boxStyle(box: FlexBox): CSSProperties {
  const { layout, spacing, paddingAll, cornerRadius, backgroundColor, flex } = box
  return {
    display: 'flex',
    flexDirection: layout === 'vertical' ? 'column' : 'row',
    gap: spacing ? SPACES[spacing] : 0,
    ...(paddingAll ? { padding: paddingAll } : {}),
    ...(cornerRadius ? { borderRadius: cornerRadius } : {}),
    ...(backgroundColor ? { backgroundColor } : {}),
    ...(flex ? { flex } : {}),
  }
}
