import { LINE_RULE } from './line'
import type { FlexBox, FlexBubble, FlexText, LineMessage } from './lineMessage'
import type { RenderedMail } from './mail'
import { MAIL_RULE } from './mailText'
import { ALL_OWN_WORDS } from './ownWords'
import { pictureOfName, type NamedPicture } from './picture'

/** What a delivery said, to be read once more: without the footer and the links of its reader. */
export interface SentWords {
  /** The subject, or the first line of a text that has none. */
  title: string
  /** Paragraphs, their lines parted by line feeds. */
  paragraphs: string[]
  cards: SentCard[]
  /** The pictures of its texts, in order; mails carry theirs, and these are the same. */
  pictures: NamedPicture[]
}

/** A card of a LINE delivery. */
export interface SentCard {
  lines: string[]
  links: { label: string; url: string }[]
}

/** A delivery as a channel got it. */
export type SentForm =
  | { channel: 'line'; messages: readonly LineMessage[] }
  | { channel: 'mail'; mail: Pick<RenderedMail, 'subject' | 'text' | 'pictures'> }

/** The words of a delivery, from the form in which it went out. *Pure.* */
export function sentWords(sent: SentForm): SentWords {
  if (sent.channel === 'mail') {
    const { subject, text } = sent.mail
    const pictures = (sent.mail.pictures ?? []).filter(({ isCover }) => !isCover)
    return { title: subject, paragraphs: paragraphsAbove(MAIL_RULE, text), cards: [], pictures }
  }
  const own = sent.messages.slice(0, -1) // the last one is the quiet row
  const text = own.flatMap((one) => (one.type === 'text' ? [one.text] : [])).join('\n\n')
  const paragraphs = paragraphsAbove(LINE_RULE, text)
  const flex = own.flatMap((one) => (one.type === 'flex' ? containedIn(one.contents) : []))
  const bubbles = flex.filter((one) => pictureIn(one) === null).flatMap(shownCard)
  const pictures = flex.map(pictureIn).filter((one) => one !== null)
  const said = paragraphs.length > 0 ? paragraphs : partedLines(bubbles[0])
  const [title = ''] = (said.find((one) => !ABOVE.has(one)) ?? '').split('\n')
  return { title, paragraphs, cards: bubbles, pictures }
}

/** What the product says above a text is the name of none. */
const ABOVE: ReadonlySet<string> = new Set(
  ALL_OWN_WORDS.flatMap(({ welcome, otherEdition }) => [welcome, otherEdition]),
)

/** The paragraphs of a discreet text stand on its card. */
function partedLines({ lines }: SentCard = { lines: [], links: [] }): string[] {
  return lines.flatMap((line) => line.split(/\n{2,}/))
}

/** The footer begins at the last such line: a writer may have drawn one of their own. */
function paragraphsAbove(rule: string, text: string): string[] {
  const lines = text.split('\n')
  const footer = lines.lastIndexOf(rule)
  const above = footer === -1 ? lines : lines.slice(0, footer)
  return above
    .join('\n')
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph.trim() !== '')
}

function containedIn(contents: FlexBubble | { type: 'carousel'; contents: FlexBubble[] }) {
  return contents.type === 'carousel' ? contents.contents : [contents]
}

function shownCard(bubble: FlexBubble): SentCard[] {
  const card = cardOf(bubble)
  return card.lines.length + card.links.length > 0 ? [card] : []
}

/** A card of a text's picture, whose words are those of the picture; null for another card: a cover stands in a frame. */
function pictureIn({ hero, body }: FlexBubble): NamedPicture | null {
  const name = hero?.url.split('/').at(-1) ?? ''
  if (hero?.aspectMode !== 'cover' || pictureOfName(name) === null) return null
  const [alt = ''] = saidIn(body).flatMap((one) => ('line' in one ? [one.line] : []))
  return { name, alt }
}

type Said = { line: string } | { label: string; url: string }

/** The footer of a discreet text stands on its card. */
function cardOf({ body, footer }: FlexBubble): SentCard {
  const said = [body, ...(footer ? [footer] : [])].flatMap(saidIn)
  const end = said.findIndex((one) => 'line' in one && isFooterIn(one.line))
  const last = end === -1 ? undefined : said[end]
  const above = end === -1 ? said : said.slice(0, end)
  const rest = last && 'line' in last ? paragraphsAbove(LINE_RULE, last.line).join('\n\n') : ''
  return {
    lines: [...above.flatMap((one) => ('line' in one ? [one.line] : [])), rest].filter(Boolean),
    links: above.flatMap((one) => ('url' in one ? [one] : [])),
  }
}

function isFooterIn(line: string): boolean {
  return line.split('\n').includes(LINE_RULE)
}

/** The parts of a card in order, a row's label and value on one line. */
function saidIn(part: FlexBox | FlexText): Said[] {
  if (part.type === 'text') return [{ line: part.text }]
  const inside = part.contents.flatMap(saidIn)
  const words = inside.flatMap((one) => ('line' in one ? [one.line] : [])).join(' ')
  if (part.action) return part.action.type === 'uri' ? [{ label: words, url: part.action.uri }] : []
  const isRow = part.layout !== 'vertical' && inside.every((one) => 'line' in one)
  return isRow ? [{ line: words }] : inside
}
