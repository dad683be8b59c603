import { randomUUID } from 'node:crypto'

import type { LineMessagePayload } from '../channel/channel'
import { shortMomentLabel } from '../../src/stage/japaneseDate'
import type { MunicipalitySettings } from '../../src/plan/settings'

import { failureOf } from '../concurrency/failure'
import type { LineInvitation } from './link'
import type { WebContext } from './webContext'
import { standard, type Words } from './words/standard'

/** What a friend answers to a question of ours: whose, and whether it was them. */
export interface TalkAnswer {
  key: string
  isConfirmed: boolean
}

const ANSWERS = { register: true, refuse: false } as const
const DATA = /^kizuna:(register|refuse):([0-9a-f]{32})$/

/** Reads the postback of a button of {@link lineQuestion}; null when it is none of ours. *Pure.* */
export function talkAnswerIn(data: string): TalkAnswer | null {
  const [, word, key] = DATA.exec(data) ?? []
  if (!word || !key) return null
  return { key, isConfirmed: ANSWERS[word as keyof typeof ANSWERS] }
}

/**
 * Asks a friend whether it was them. It carries no date and no name, and its first line in the list
 * of talks says nothing: what was typed stays on our page.
 *
 * Source: https://developers.line.biz/en/reference/messaging-api/#confirm
 *
 * *Pure.*
 */
export function lineQuestion(
  { senderName }: Pick<MunicipalitySettings, 'senderName'>,
  { key, at, words = standard }: { key: string; at?: Date; words?: Words },
): LineMessagePayload {
  const { notice, text, yes, no } = words.talk.question
  const button = (label: string, word: keyof typeof ANSWERS) => {
    return { type: 'postback', label, data: `kizuna:${word}:${key}`, displayText: label }
  }
  return {
    type: 'template',
    altText: notice,
    template: {
      type: 'confirm',
      text: text(senderName, at ? shortMomentLabel(at) : ''),
      actions: [button(yes, 'register'), button(no, 'refuse')],
    },
  }
}

/** A friend to be asked, in the language of the pages they registered on. */
export interface LineAsked {
  visitor: LineInvitation
  municipality: MunicipalitySettings
  words: Words
}

/**
 * Sends the question into the friend's own talk. Where it cannot be sent, whatever the friend
 * writes brings it, as the page says.
 */
export async function sendLineQuestion(
  web: WebContext,
  { visitor, municipality, words }: LineAsked,
): Promise<void> {
  const { line, settings, now, log } = web
  const account = await settings.lineAccount(visitor.lineAccount)
  if (!line || !account) return
  try {
    const { receipts } = await line.send({
      account,
      to: [visitor.userId],
      messages: [lineQuestion(municipality, { key: visitor.key, at: now(), words })],
      retryKey: randomUUID(),
    })
    const receipt = receipts.get(visitor.userId)
    if (receipt && receipt.status !== 'accepted') log.warn({ code: receipt.code }, NOT_ASKED)
  } catch (error) {
    log.warn(failureOf(error), NOT_ASKED)
  }
}

const NOT_ASKED = 'LINE confirmation not sent'
