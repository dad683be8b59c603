import { randomUUID } from 'node:crypto'

import { lineIdsOf } from '../../../src/accounts/topology'
import type { MunicipalitySettings } from '../../../src/plan/settings'
import type { LineMessagePayload } from '../../channel/channel'

import { talkMessage } from '../talkCard'
import type { WebContext } from '../webContext'
import { standard, type Words } from '../words/standard'

const WORD = '届け先の変更'

/** The message that brings the key of a change from the reader's page into the talk. *Pure.* */
export function contactMessage(key: string): string {
  return `${WORD} ${key}`
}

/** The key of such a message, or null. *Pure.* */
export function contactKeyIn(text: string): string | null {
  return new RegExp(`^${WORD}\\s+([0-9a-f]{32})\\s*$`).exec(text)?.[1] ?? null
}

/** What a friend answers to {@link contactQuestion}. */
export interface ContactAnswer {
  key: string
  isConfirmed: boolean
}

const ANSWERS = { move: true, keep: false } as const
const DATA = /^kizuna:(move|keep):([0-9a-f]{32})$/

/** Reads the postback of a button of {@link contactQuestion}; null when it is none. *Pure.* */
export function contactAnswerIn(data: string): ContactAnswer | null {
  const [, word, key] = DATA.exec(data) ?? []
  if (!word || !key) return null
  return { key, isConfirmed: ANSWERS[word as keyof typeof ANSWERS] }
}

/**
 * Asks a friend whether texts shall come into this talk from now on; it says nothing of whose.
 *
 * Source: https://developers.line.biz/en/reference/messaging-api/#confirm
 *
 * *Pure.*
 */
export function contactQuestion(
  { senderName }: Pick<MunicipalitySettings, 'senderName'>,
  key: string,
  { contact, talk }: Words = standard,
): LineMessagePayload {
  const { question, move, keep } = contact.talk
  const button = (label: string, word: keyof typeof ANSWERS) => {
    return { type: 'postback', label, data: `kizuna:${word}:${key}`, displayText: label }
  }
  return {
    type: 'template',
    altText: talk.question.notice,
    template: {
      type: 'confirm',
      text: question(senderName),
      actions: [button(move, 'move'), button(keep, 'keep')],
    },
  }
}

/** Tells an old talk that texts do not come there any more. */
export async function sendContactNote(
  { line, links, settings }: WebContext,
  {
    municipality,
    words,
    provider,
  }: { municipality: MunicipalitySettings; words: Words; provider: string },
  userId: string,
): Promise<void> {
  const found = await Promise.all(lineIdsOf(municipality).map((id) => settings.lineAccount(id)))
  const account = found.find((one) => one?.provider === provider)
  if (!line || !account) return
  const { subject, said, unasked, button } = words.contact.note
  const card = {
    says: [said, unasked],
    buttons: [{ label: button, uri: links.quietPlaces(municipality, null).contactUrl }],
  }
  const messages = [talkMessage(subject(municipality.senderName), [card])]
  await line.send({ account, to: [userId], messages, retryKey: randomUUID() })
}
