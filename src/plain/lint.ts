import {
  TextlintKernel,
  type TextlintPluginCreator,
  type TextlintRuleModule,
} from '@textlint/kernel'
import textPlugin from '@textlint/textlint-plugin-text'
import maxTen from 'textlint-rule-max-ten'
import noDoubleNegative from 'textlint-rule-no-double-negative-ja'
import sentenceLength from 'textlint-rule-sentence-length'

import type { Finder, Found, Reading } from './finder'
import { findUnread } from './kanji'
import { findLong } from './findLength'
import { findDifficult, findPassive, findPolite } from './findWords'

/** Most commas in a sentence, and most characters. */
const MAX_COMMAS = 2
const MAX_CHARACTERS = 60

/** Our own checks. */
const FINDERS = {
  'long-sentence': findLong,
  'unread-kanji': findUnread,
  'difficult-word': findDifficult,
  'polite-word': findPolite,
  passive: findPassive,
} as const satisfies Record<string, Finder>

/** What other people's rules say, in the words of our clerks. */
const OTHERS: Readonly<
  Record<string, { rule: unknown; options: object } & Pick<Found, 'why' | 'advice'>>
> = {
  'double-negative': {
    rule: noDoubleNegative,
    options: {},
    why: '「〜ないことはない」のような、二重の打ち消しです。',
    advice: '「〜です」「〜することがあります」のように、打ち消さない形で書いてください。',
  },
  'many-commas': {
    rule: maxTen,
    options: { max: MAX_COMMAS },
    why: `1 つの文に「、」が ${MAX_COMMAS + 1} つ以上あります。`,
    advice: '文を分けるか、箇条書きにしてください。',
  },
  'many-characters': {
    rule: sentenceLength,
    options: { max: MAX_CHARACTERS },
    why: `この文は ${MAX_CHARACTERS} 文字を超えています。`,
    advice: '1 つの文に 1 つのことだけを書くように、文を分けてください。',
  },
}

/** Name of a check. */
export type PlainRule = keyof typeof FINDERS | 'double-negative' | 'many-commas' | 'many-characters'

/** What a check found; positions in the text without readings. */
export interface LintResult extends Found {
  rule: PlainRule
}

const kernel = new TextlintKernel()

const rules = Object.entries(OTHERS).map(([ruleId, { rule, options }]) => ({
  ruleId,
  options,
  rule: moduleOf<TextlintRuleModule>(rule),
}))

/** Units other people's rules get at once; their work grows with the square of them. */
const MAX_CHUNK = 150

/** A longer sentence is too long, and not looked at further. */
const MAX_SENTENCE = 300

/**
 * Runs all checks over a text; other people's rules ask the dictionary too, and stand in textlint's
 * kernel. `pause` is waited for after each step, so that others get their turn.
 */
export async function lint(reading: Reading, pause: () => Promise<void>): Promise<LintResult[]> {
  const found: LintResult[] = []
  for (const [rule, finder] of Object.entries(FINDERS)) {
    found.push(...finder(reading).map((one) => ({ rule: rule as PlainRule, ...one })))
    await pause()
  }
  for (const chunk of chunksOf(reading.sentences)) {
    found.push(...(await lintChunk(reading, chunk)))
    await pause()
  }
  return found
}

interface Chunk {
  start: number
  end: number
}

/** Neighbouring sentences as far as they fit; one that does not fit stays alone. */
function chunksOf(sentences: readonly Chunk[]): Chunk[] {
  const chunks: Chunk[] = []
  for (const { start, end } of sentences) {
    const last = chunks.at(-1)
    if (last && end - last.start <= MAX_CHUNK) last.end = end
    else chunks.push({ start, end })
  }
  return chunks
}

async function lintChunk({ dictionaryText }: Reading, chunk: Chunk): Promise<LintResult[]> {
  if (chunk.end - chunk.start > MAX_SENTENCE) return [resultOf('many-characters', chunk)]
  const { messages } = await kernel.lintText(dictionaryText.slice(chunk.start, chunk.end), {
    ext: '.txt',
    plugins: [{ pluginId: 'text', plugin: moduleOf<TextlintPluginCreator>(textPlugin) }],
    rules,
  })
  return messages.map(({ ruleId, range: [start, end] }) =>
    resultOf(ruleId, { start: chunk.start + start, end: chunk.start + end }),
  )
}

function resultOf(rule: string, { start, end }: Chunk): LintResult {
  const { why = '', advice = '' } = OTHERS[rule] ?? {}
  return { rule: rule as PlainRule, start, end, why, advice }
}

/** These modules are CommonJS: loaders hand out the default, or a module with one or two of them. */
function moduleOf<T>(loaded: unknown): T {
  const isWrapped = typeof loaded === 'object' && loaded !== null && 'default' in loaded
  return isWrapped ? moduleOf<T>(loaded.default) : (loaded as T)
}
