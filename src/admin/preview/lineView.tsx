'use client'

import { useEffect, useRef, type CSSProperties } from 'react'

import type { FlexBox, FlexBubble, FlexText, LineMessage } from '../../release/lineMessage'
import type { OwnInMessage, OwnPart } from '../../release/ownPart'
import { usePictures } from './usePictures'

interface LineProps {
  messages: readonly LineMessage[]
  /** Where the document on the screen stands in each. */
  own?: OwnPart['line'] | undefined
}

/** LINE messages as a phone shows them, near enough to see breaks and lengths; opens at one's own part. */
export function LineView({ messages, own = [] }: LineProps) {
  const screen = useRef<HTMLDivElement>(null)
  const place = JSON.stringify(own.map((mark) => mark?.from ?? null))
  useEffect(() => showOwn(screen.current), [place])
  if (messages.length === 0) return <p className="kizuna-panel__hint">本文を書くと見られます。</p>
  const first = own.findIndex((mark) => mark !== null)
  return (
    <div
      ref={screen}
      className="kizuna-line"
      lang="ja"
      role="group"
      aria-label="LINE の画面"
      tabIndex={0}
    >
      {messages.map((message, index) => {
        const mark = own[index] ?? null
        const label = index === first ? OWN : null
        return message.type === 'text' ? (
          <p key={index} className="kizuna-line__bubble">
            <Words text={message.text} mark={mark} label={label} />
          </p>
        ) : (
          <Cards key={index} contents={message.contents} mark={mark} label={label} />
        )
      })}
    </div>
  )
}

/** What marks one's own part, also for who sees no colours. */
const OWN = 'この原稿'

/** Scrolls the phone's screen, and a row of cards, to what the writer wrote; the page stays where it is. */
function showOwn(screen: HTMLElement | null): void {
  const own = screen?.querySelector<HTMLElement>('[data-own]')
  if (!screen || !own) return
  const row = own.closest<HTMLElement>('.kizuna-line__cards')
  if (row) row.scrollLeft = own.offsetLeft - row.offsetLeft
  screen.scrollTop = (row ?? own).offsetTop - 8
}

interface Marked {
  mark: OwnInMessage | null
  /** On the first part that is marked. */
  label: string | null
}

function Words({ text, mark, label }: Marked & { text: string }) {
  if (mark?.kind !== 'text') return text
  return (
    <>
      {text.slice(0, mark.from)}
      <mark className="kizuna-own" data-own>
        {label && <span className="kizuna-own__label">{label}</span>}
        {text.slice(mark.from, mark.to)}
      </mark>
      {text.slice(mark.to)}
    </>
  )
}

interface CardsProps extends Marked {
  contents: FlexBubble | { contents: FlexBubble[] }
}

function Cards({ contents, mark, label }: CardsProps) {
  const withPictures = usePictures()
  // A text that is a card in a discreet message is one's own as a whole.
  const isOwn = (at: number) =>
    mark !== null && (mark.kind === 'text' || (at >= mark.from && at < mark.to))
  const bubbles =
    'type' in contents && contents.type === 'bubble' ? [contents] : contentsOf(contents)
  return (
    <div className="kizuna-line__cards" tabIndex={0} aria-label="カード">
      {bubbles.map((bubble, index) => (
        <div
          key={index}
          className={`kizuna-line__card${isOwn(index) ? ' kizuna-own' : ''}`}
          data-own={isOwn(index) || undefined}
        >
          {label && isOwn(index) && !isOwn(index - 1) && (
            <span className="kizuna-own__label">{label}</span>
          )}
          {bubble.header && <Part part={bubble.header} />}
          {bubble.hero && <img src={withPictures(bubble.hero.url)} alt="" />}
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
