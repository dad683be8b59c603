import type { FlexBox, FlexText } from './lineMessage'
import type { LineCard } from './lineParts'

/** What the address of the page says when it was a survey's button that led there. */
export const FOR_SURVEY = 'survey'

/**
 * A card whose buttons lead to a page on which readers come to their own, where another service answers
 * in the talk: there nobody would answer a press; null where we do. *Pure.*
 */
export function withPageInstead(card: LineCard, changeUrl: string | null): LineCard {
  if (changeUrl === null) return card
  const uri = `${changeUrl}?${FOR_SURVEY}`
  const led = (part: FlexBox | FlexText): FlexBox | FlexText =>
    'action' in part && part.action?.type === 'postback'
      ? { ...part, action: { type: 'uri', label: part.action.label, uri } }
      : part
  const { bubble } = card
  const body = { ...bubble.body, contents: bubble.body.contents.map(led) }
  return { ...card, bubble: { ...bubble, body } }
}
