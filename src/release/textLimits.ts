import { codeName, forbiddenCharacters, type ForbiddenKind } from './forbiddenCharacters'
import { addressesIn, encodeLinks } from './linksInText'
import { cleanText, hasLineBreak, hasVisibleText } from './plainText'
import type { Problem, ProblemCode } from './problem'
import { hasHalfCode } from './webAddress'
import {
  COMMON_VARIABLES,
  findUnknownVariables,
  hasBrokenVariable,
  PLURAL_WORDS,
} from './variables'

/** A text field and what is asked of it. */
export interface TextRule {
  field: string
  /** Name of the field in the admin, e.g. 「本文」. */
  label: string
  text: string
  /** Most UTF-16 units, and who sets the limit when it is not us. */
  max: number
  limitOf?: string
  isRequired?: boolean
  isOneLine?: boolean
  /** Names of variables besides the common ones. */
  variables?: readonly string[]
}

/** Everything wrong with one text field. *Pure.* */
export function checkText(rule: TextRule): Problem[] {
  return found(rule, [...lineChecks, ...wordChecks])
}

/** Everything wrong with words that stand for themselves: neither variables nor links. *Pure.* */
export function checkPlainWords(rule: Omit<TextRule, 'variables'>): Problem[] {
  return found(rule, lineChecks)
}

// The length is asked before anything else looks at the text.
function found(rule: TextRule, checks: readonly Check[]): Problem[] {
  const { field, label } = rule
  const asked = isFarTooLong(rule) ? [FAR_TOO_LONG] : checks
  return asked
    .map(({ code, find }) => ({ field, code, message: find(rule) }))
    .filter((problem): problem is Problem => problem.message !== null)
    .map((problem) => ({ ...problem, message: `${label}${problem.message}` }))
}

/** UTF-16 units of a text as LINE counts it, with the plural words at their longest and links encoded. *Pure.* */
export function textLength(text: string): number {
  const words = Object.entries(PLURAL_WORDS)
  const filled = words.reduce((sum, [word, { many }]) => sum.replaceAll(`{{${word}}}`, many), text)
  return encodeLinks(cleanText(filled)).length
}

/** A number with thousands separators. *Pure.* */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US')
}

interface Check {
  code: ProblemCode
  /** The sentence after the label, or null when the rule is kept. */
  find: (rule: TextRule) => string | null
}

const lineChecks: readonly Check[] = [
  { code: 'EMPTY', find: findEmpty },
  { code: 'SHOWS_NOTHING', find: findOnlyInvisible },
  { code: 'TOO_LONG', find: findTooLong },
  { code: 'LINE_BREAK', find: findLineBreak },
  { code: 'FORBIDDEN_CHARACTER', find: findForbidden },
]

const wordChecks: readonly Check[] = [
  { code: 'BROKEN_VARIABLE', find: findBrokenVariable },
  { code: 'UNKNOWN_VARIABLE', find: findUnknown },
  { code: 'INSECURE_LINK', find: findInsecureLink },
  { code: 'HALF_LINK', find: findHalfLink },
]

/** Spaces that are not sent may make a text longer than it counts, but not by this much. */
const FAR = 4

const FAR_TOO_LONG: Check = {
  code: 'TOO_LONG',
  find: ({ text, max, limitOf }) => tooLong(text.length, { max, limitOf }),
}

function isFarTooLong({ text, max }: TextRule): boolean {
  return text.length > max * FAR
}

function findEmpty({ text, isRequired = false }: TextRule): string | null {
  return isRequired && isBlank(text) ? 'が空です。文字を入力してください。' : null
}

// Somebody who typed such a text believes that it says something, so a draft is told too.
function findOnlyInvisible({ text }: TextRule): string | null {
  if (isBlank(text) || hasVisibleText(text)) return null
  const names = [...new Set([...text].filter((one) => !isBlank(one)).map(codeName))]
  const shown = names.slice(0, 3).join('、') + (names.length > 3 ? ' など' : '')
  return `が空です。目に見えない文字(${shown})だけが入っています。すべて消して、文字を入力してください。`
}

// A byte order mark is a space to the language, but nobody typed it as one.
function isBlank(text: string): boolean {
  return /^[^\S\ufeff]*$/.test(text)
}

function findTooLong({ text, max, limitOf }: TextRule): string | null {
  const length = textLength(text)
  if (length <= max) return null
  const isWide = /[\u{10000}-\u{10ffff}]/u.test(text)
  return tooLong(length, {
    max,
    limitOf,
    note: isWide ? '(絵文字などは 2 文字以上と数えます)' : '',
  })
}

function tooLong(
  length: number,
  { max, limitOf, note = '' }: { max: number; limitOf?: string; note?: string },
): string {
  const limit = `${limitOf ? `${limitOf} は ` : ''}${formatCount(max)} 文字まで`
  const excess = formatCount(length - max)
  return `が ${formatCount(length)} 文字です。${limit}です${note}。${excess} 文字以上減らしてください。`
}

function findLineBreak({ text, isOneLine = false }: TextRule): string | null {
  if (!isOneLine || !hasLineBreak(text)) return null
  return 'に改行かタブが入っています。1 行で書く欄です。改行やタブを消してください。'
}

const KIND_NAMES: Readonly<Record<ForbiddenKind, string>> = {
  gaiji: '外字',
  unassigned: 'どの文字でもない符号',
  lost: 'こわれた文字',
  invisible: '目に見えない文字',
}

function findForbidden({ text, isOneLine = false }: TextRule): string | null {
  const characters = forbiddenCharacters(text)
  if (characters.length === 0) return null
  const places = characters.map(({ kind, name, line, column, before }) => {
    const where = `${isOneLine ? '' : `${line} 行目の `}${column} 文字目`
    return `${where}${before && `(「${before}」の次)`}に${KIND_NAMES[kind]}(${name})`
  })
  const isGaiji = characters.some(({ kind }) => kind === 'gaiji')
  const advice = isGaiji
    ? '読者の端末では表示できません。ふつうの漢字かかなで入力し直してください。'
    : '送れない文字です。その前後を消して、入力し直してください。'
  return `の ${places.join('、')}があります。${advice}`
}

function findBrokenVariable({ text }: TextRule): string | null {
  if (!hasBrokenVariable(text)) return null
  return 'の変数のかっこが正しくありません。{{電話}} のように、半角の {{ と }} で囲んでください。'
}

function findUnknown({ text, variables = [] }: TextRule): string | null {
  const unknown = findUnknownVariables(text, variables)
  if (unknown.length === 0) return null
  const known = [...COMMON_VARIABLES, ...variables]
  return `の ${braced(unknown)} という変数はありません。使えるのは ${braced(known)} です。書き直してください。`
}

function findInsecureLink({ text }: TextRule): string | null {
  if (!/http:\/\//i.test(text)) return null
  return 'に http:// で始まるリンクがあります。安全な https:// で始まるリンクにしてください。'
}

function findHalfLink({ text }: TextRule): string | null {
  const cut = addressesIn(text).find(hasHalfCode)
  if (cut !== undefined) {
    return `のリンク「${cut}」に、符号になっていない % があります。途中で切れているかもしれません。ページを開いて、リンクの全体を写し直してください(% そのものは %25 と書きます)。`
  }
  if (!HOSTLESS.test(text)) return null
  return 'に、https:// だけで終わっているリンクがあります。ページを開いて、リンクの全体を写し直してください。'
}

/** `https://` before a space, the end of a line or a mark of the sentence. */
const HOSTLESS = /https:\/\/(?![\p{L}\p{N}[])/u

function braced(names: readonly string[]): string {
  return names.map((name) => `{{${name}}}`).join('、')
}
