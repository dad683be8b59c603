import type { ReleaseContent } from '../release/content'
import { LINE_MAX_BUBBLES, LINE_MAX_OWN_MESSAGES } from '../release/lineMessageLimits'
import { GMAIL_MAX_HTML_BYTES } from '../release/mailLimits'
import { parseSlot, slotLabel } from '../stage/slot'
import type { FullDay, FullestDay } from './fullestDay'

/** Kilobytes as they are told: started ones count. *Pure.* */
export function kilobytes(bytes: number): number {
  return Math.ceil(bytes / 1000)
}

/** Below all of these no day comes near a limit, whatever the common text: what makes HTML long. */
const FAR = { cards: LINE_MAX_BUBBLES, bytes: 12_000, lines: 100, links: 40 }

/** Whether all add-ons of a municipality together are too little to fill any day. *Pure.* */
export function isFarFromFull(addOns: readonly ReleaseContent[]): boolean {
  const blocks = addOns.flatMap((content) => (content.type === 'addOn' ? content.blocks : []))
  const written = JSON.stringify(blocks)
  return (
    blocks.length <= FAR.cards &&
    new TextEncoder().encode(written).length <= FAR.bytes &&
    written.split('\\n').length <= FAR.lines &&
    written.split('http').length <= FAR.links
  )
}

/** What is too much of the fullest day an add-on arrives on, in Japanese sentences. *Pure.* */
export function addOnFullness({ mail, line }: FullestDay): string[] {
  return [...mailFullness(mail), ...lineFullness(line)]
}

const SHORTER =
  'この原稿か、一緒に届く自治体原稿を短くするか、掲載する期間・配信する時期・地区を重ならないようにしてください。'

function mailFullness(day: FullDay): string[] {
  if (day.mailBytes <= GMAIL_MAX_HTML_BYTES) return []
  const size = `メールが ${kilobytes(day.mailBytes)} KB になります(${together(day)})`
  return [
    `${whenOf(day)}は、${size}。Gmail は ${kilobytes(GMAIL_MAX_HTML_BYTES)} KB より後ろを隠すので、配信停止のリンクも見えなくなります。${SHORTER}`,
  ]
}

function lineFullness(day: FullDay): string[] {
  const { leftOutOfLine: lost } = day
  if (lost?.length === 0) return []
  const loss =
    lost === null
      ? '本文も入りません'
      : `「${lost.map((title) => title || '見出しのない自治体原稿').join('」「')}」が届きません`
  return [
    `${whenOf(day)}は、LINE の ${LINE_MAX_OWN_MESSAGES} 通に入りきらず、${loss}(${together(day)})。${SHORTER}`,
  ]
}

function whenOf({ slot, date }: FullDay): string {
  return `${slotLabel(parseSlot(slot))}の家族に届くものがいちばん多い日(${date} から)`
}

/** Titles named at most. */
const MAX_TITLES = 5

function together({ titles }: FullDay): string {
  const named = titles.slice(0, MAX_TITLES).map((title) => `「${title}」`)
  const others = titles.length - named.length
  return `一緒に届くもの: ${named.join('')}${others > 0 ? `ほか ${others} 件` : ''}`
}
