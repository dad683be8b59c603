import type { LineAccount } from '../../src/plan/settings'

import { contactKeyIn } from './contact/contactTalk'
import { sharedIn } from './shareMessage'
import type { LineEvent } from './webhookBody'
import { codeOf, wordsOf, type Words } from './words/words'

/** Events that are answered with a link: what is written in the chat is neither kept nor used. */
const ANSWERED = ['follow', 'message', 'postback']

/** What a friend writes to register, by the language that the answer comes in. */
const REGISTER_WORDS: Readonly<Record<string, string>> = {
  standard: '登録',
  easy: 'やさしい日本語',
}

/** What a friend writes to get a link, on every account. */
export const OWN_WORDS: readonly string[] = [
  ...Object.values(REGISTER_WORDS),
  '登録の内容',
  '配信を止める',
]

/** What is written to register in a language. *Pure.* */
export function registerWord(words: Words): string | null {
  return REGISTER_WORDS[codeOf(words)] ?? null
}

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

/** The language in which somebody asks to register, who writes the word for it and nothing else. *Pure.* */
export function asksToRegister(text: string): Words | null {
  return wordsByWord(wordIn(text))
}

function wordsByWord(word: string): Words | null {
  const found = Object.entries(REGISTER_WORDS).find(([, one]) => one === word)
  return found ? wordsOf(found[0]) : null
}

/** Whether our own page wrote a text that carries a key into the talk: nobody says anything by it. *Pure.* */
export function carriesKey(text: string): boolean {
  return sharedIn(text) !== null || contactKeyIn(text) !== null
}

function isOwnText(text: string): boolean {
  return carriesKey(text) || OWN_WORDS.includes(wordIn(text))
}

function wordIn(text: string): string {
  return text.trim().replace(/[。!!]$/, '')
}
