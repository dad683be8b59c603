import type { FlexBox, FlexText } from '../../../src/release/lineMessage'
import type { LineMessagePayload } from '../../../worker/channel/channel'
import { HANAKO } from '../readers/openStore'
import type { openWeb } from './openWeb'

type Web = Awaited<ReturnType<typeof openWeb>>

/** All words of a message, one part a line. */
export function wordsOf(message: LineMessagePayload | undefined): string {
  if (message?.type === 'text') return String((message as { text: string }).text)
  return partsOf(message)
    .flatMap((part) => (part.type === 'text' ? [part.text] : []))
    .join('\n')
}

/** The buttons of a message as they stand: what is on each, and what it opens. */
export function buttonsOf(message: LineMessagePayload | undefined) {
  return partsOf(message).flatMap((part) => {
    if (part.type !== 'box' || part.action?.type !== 'uri') return []
    return [{ label: wordsOfPart(part), uri: part.action.uri }]
  })
}

function wordsOfPart(part: FlexBox | FlexText): string {
  return part.type === 'text' ? part.text : part.contents.map(wordsOfPart).join('')
}

function partsOf(message: LineMessagePayload | undefined): (FlexBox | FlexText)[] {
  const { contents } = (message ?? {}) as { contents?: { contents?: unknown[] } }
  const bubbles = (contents?.contents ?? [contents]) as ({ body?: FlexBox } | undefined)[]
  return bubbles.flatMap((bubble) => (bubble?.body ? inside(bubble.body) : []))
}

function inside(part: FlexBox | FlexText): (FlexBox | FlexText)[] {
  return part.type === 'text' ? [part] : [part, ...part.contents.flatMap(inside)]
}

let events = 0

/** Something happens in a one-to-one talk; gives the messages it is answered with. */
export async function answerTo(web: Web, happened: object): Promise<readonly LineMessagePayload[]> {
  const replied = new Promise<void>((resolve) => {
    web.state.replied = resolve
  })
  events += 1
  const source = { type: 'user', userId: HANAKO.address }
  const id = `talk-${events}`
  const event = { webhookEventId: id, timestamp: events, replyToken: id, source, mode: 'active' }
  await web.webhook([{ ...event, ...happened }])
  await replied
  return web.sent.replies.at(-1)!.messages
}

/** {@link answerTo} something that is written. */
export function answerToText(web: Web, text: string) {
  return answerTo(web, { type: 'message', message: { type: 'text', text } })
}

/** {@link answerTo} a button that is pressed. */
export function answerToPress(web: Web, data: string) {
  return answerTo(web, { type: 'postback', postback: { data } })
}
