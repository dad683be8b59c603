import type { LineAccount } from '../../src/plan/settings'

import { contactKeyIn } from './contact/contactTalk'
import { sharedTokenIn } from './shareMessage'
import type { LineEvent } from './webhookBody'

/** Events that are answered with a link: what is written in the chat is neither kept nor used. */
const ANSWERED = ['follow', 'message', 'postback']

const REGISTER_WORD = '登録'

/** What a friend writes to get a link, on every account. */
export const OWN_WORDS: readonly string[] = [REGISTER_WORD, '登録の内容', '配信を止める']

/** What the data of our own buttons and of the town's menu begin with. */
const OWN_DATA = 'kizuna:'

/** Whether an event of a one-to-one talk is answered, as the account's setting says. *Pure.* */
export function isAnswered(
  { answers = 'all' }: Pick<LineAccount, 'answers'>,
  { type, text, data }: Pick<LineEvent, 'type' | 'text' | 'data'>,
): boolean {
  if (answers === 'none' || !ANSWERED.includes(type)) return false
  if (answers === 'all') return true
  return isOwnText(text ?? '') || (data ?? '').startsWith(OWN_DATA)
}

/**
 * Whether the account leaves groups and rooms: one that answers nothing is the other service's to
 * put where it likes, and nothing of ours is said there. *Pure.*
 */
export function leavesGroups({ answers }: Pick<LineAccount, 'answers'>): boolean {
  return answers !== 'none'
}

/** Whether somebody writes the word for it, and nothing else. *Pure.* */
export function asksToRegister(text: string): boolean {
  return wordIn(text) === REGISTER_WORD
}

function isOwnText(text: string): boolean {
  const isOurs = sharedTokenIn(text) !== null || contactKeyIn(text) !== null
  return isOurs || OWN_WORDS.includes(wordIn(text))
}

function wordIn(text: string): string {
  return text.trim().replace(/[。!!]$/, '')
}
