import {
  TextlintKernel,
  type TextlintMessage,
  type TextlintPluginCreator,
  type TextlintRuleModule,
  type TextlintRuleReporter,
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

/** Our own checks, each as a rule of textlint. */
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

/** Runs all checks over a text, in textlint's kernel; other people's rules ask the dictionary too. */
export async function lint(reading: Reading): Promise<LintResult[]> {
  const ours = Object.entries(FINDERS).map(([ruleId, finder]) => ({
    ruleId,
    rule: asRule(finder, reading),
  }))
  const others = Object.entries(OTHERS).map(([ruleId, { rule, options }]) => ({
    ruleId,
    options,
    rule: moduleOf<TextlintRuleModule>(rule),
  }))
  const { messages } = await kernel.lintText(reading.dictionaryText, {
    ext: '.txt',
    plugins: [{ pluginId: 'text', plugin: moduleOf<TextlintPluginCreator>(textPlugin) }],
    rules: [...ours, ...others],
  })
  return messages.map(resultOf)
}

/** A check of ours in textlint's form; its message is the two sentences, a line each. */
function asRule(finder: Finder, reading: Reading): TextlintRuleModule {
  const report: TextlintRuleReporter = ({ Syntax, RuleError, fixer, locator, report }) => ({
    [Syntax.Document](node) {
      for (const { start, end, why, advice, insert } of finder(reading)) {
        const padding = locator.range([start, end])
        const fix = insert && fixer.replaceTextRange([insert.at, insert.at], insert.text)
        report(node, new RuleError(`${why}\n${advice}`, { padding, ...(fix && { fix }) }))
      }
    },
  })
  return { linter: report, fixer: report }
}

function resultOf({ ruleId, message, range, fix }: TextlintMessage): LintResult {
  const [start, end] = range
  const [why = '', advice = ''] = message.split('\n')
  const other = OTHERS[ruleId]
  return {
    rule: ruleId as PlainRule,
    start,
    end,
    ...(other ? { why: other.why, advice: other.advice } : { why, advice }),
    ...(fix && { insert: { at: fix.range[0], text: fix.text } }),
  }
}

/** These modules are CommonJS: loaders hand out the default, or a module with one or two of them. */
function moduleOf<T>(loaded: unknown): T {
  const isWrapped = typeof loaded === 'object' && loaded !== null && 'default' in loaded
  return isWrapped ? moduleOf<T>(loaded.default) : (loaded as T)
}
