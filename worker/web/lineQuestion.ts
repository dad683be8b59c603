import { randomUUID } from 'node:crypto'

import type { LineMessagePayload } from '../channel/channel'
import { shortMomentLabel } from '../../src/stage/japaneseDate'
import type { MunicipalitySettings } from '../../src/plan/settings'

import { failureOf } from '../concurrency/failure'
import type { LineInvitation } from './link'
import type { WebContext } from './webContext'

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
  asked: { key: string; at?: Date },
): LineMessagePayload {
  const when = asked.at ? `${shortMomentLabel(asked.at)} に` : ''
  const button = (label: string, word: keyof typeof ANSWERS) => {
    return { type: 'postback', label, data: `kizuna:${word}:${asked.key}`, displayText: label }
  }
  return {
    type: 'template',
    altText: '確認をお願いします',
    template: {
      type: 'confirm',
      text: `${senderName}の登録が、${when}入力されました。あなたが入力した場合は「登録する」を押してください。心当たりがないときは「自分ではない」を押してください。何も登録されません。`,
      actions: [button('登録する', 'register'), button('自分ではない', 'refuse')],
    },
  }
}

/**
 * Sends the question into the friend's own talk. Where it cannot be sent, whatever the friend
 * writes brings it, as the page says.
 */
export async function sendLineQuestion(
  web: WebContext,
  { visitor, municipality }: { visitor: LineInvitation; municipality: MunicipalitySettings },
): Promise<void> {
  const { line, settings, now, log } = web
  const account = await settings.lineAccount(visitor.lineAccount)
  if (!line || !account) return
  try {
    const { receipts } = await line.send({
      account,
      to: [visitor.userId],
      messages: [lineQuestion(municipality, { key: visitor.key, at: now() })],
      retryKey: randomUUID(),
    })
    const receipt = receipts.get(visitor.userId)
    if (receipt && receipt.status !== 'accepted') log.warn({ code: receipt.code }, NOT_ASKED)
  } catch (error) {
    log.warn(failureOf(error), NOT_ASKED)
  }
}

const NOT_ASKED = 'LINE confirmation not sent'
