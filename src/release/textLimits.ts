import { forbiddenCharacters, cleanText } from './plainText'
import type { Problem, ProblemCode } from './problem'
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
  const { field, label } = rule
  return checks
    .map(({ code, find }) => ({ field, code, message: find(rule) }))
    .filter((problem): problem is Problem => problem.message !== null)
    .map((problem) => ({ ...problem, message: `${label}${problem.message}` }))
}

/** UTF-16 units of a text as LINE counts it, with the plural words at their longest. *Pure.* */
export function textLength(text: string): number {
  const words = Object.entries(PLURAL_WORDS)
  const filled = words.reduce((sum, [word, { many }]) => sum.replaceAll(`{{${word}}}`, many), text)
  return cleanText(filled).length
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

const checks: readonly Check[] = [
  { code: 'EMPTY', find: findEmpty },
  { code: 'TOO_LONG', find: findTooLong },
  { code: 'LINE_BREAK', find: findLineBreak },
  { code: 'FORBIDDEN_CHARACTER', find: findForbidden },
  { code: 'BROKEN_VARIABLE', find: findBrokenVariable },
  { code: 'UNKNOWN_VARIABLE', find: findUnknown },
  { code: 'INSECURE_LINK', find: findInsecureLink },
]

function findEmpty({ text, isRequired = false }: TextRule): string | null {
  if (!isRequired || cleanText(text) !== '') return null
  return 'が空です。文字を入力してください。'
}

function findTooLong({ text, max, limitOf }: TextRule): string | null {
  const length = textLength(text)
  if (length <= max) return null
  const limit = `${limitOf ? `${limitOf} は ` : ''}${formatCount(max)} 文字まで`
  const emoji = /[\u{10000}-\u{10ffff}]/u.test(text) ? '(絵文字などは 2 文字以上と数えます)' : ''
  const excess = formatCount(length - max)
  return `が ${formatCount(length)} 文字です。${limit}です${emoji}。${excess} 文字以上減らしてください。`
}

function findLineBreak({ text, isOneLine = false }: TextRule): string | null {
  if (!isOneLine || !/[\t\r\n\u2028\u2029]/.test(text)) return null
  return 'に改行かタブが入っています。1 行で書く欄です。改行やタブを消してください。'
}

function findForbidden({ text }: TextRule): string | null {
  const found = forbiddenCharacters(text)
  if (found.length === 0) return null
  return `に目に見えない文字(${found.join('、')})が入っています。送れない文字です。その前後を消して、入力し直してください。`
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

function braced(names: readonly string[]): string {
  return names.map((name) => `{{${name}}}`).join('、')
}
