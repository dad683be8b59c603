import type { LineAccount } from '../../src/plan/settings'

import { sharedTokenIn } from './shareMessage'
import type { LineEvent } from './webhookBody'

/** Events that are answered with a link: what is written in the chat is neither kept nor used. */
const ANSWERED = ['follow', 'message', 'postback']

const STOP_WORD = '配信を止める'

/** What a friend writes to get a link, on every account. */
export const OWN_WORDS: readonly string[] = ['登録', '登録の内容', STOP_WORD]

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

// What people write who want no more texts, for whatever reason. It is looked for and never kept,
// repeated or asked about.
const ENDING =
  /止め|とめて|停止|解除|退会|やめ(?:る|た|て|ます)|要りません|いりません|不要|流産|死産|亡くな|亡くし|お空へ|お空に|天使にな/

/** Whether somebody writes that deliveries are to stop, in the word of ours or their own. *Pure.* */
export function isStopWord(text: string): boolean {
  return ENDING.test(text)
}

function isOwnText(text: string): boolean {
  return OWN_WORDS.includes(wordIn(text)) || sharedTokenIn(text) !== null
}

function wordIn(text: string): string {
  return text.trim().replace(/[。!!]$/, '')
}
