import { ComposeError } from './composeError'
import { CONTACT_VARIABLES } from './contact'

/** Words that change when a text is for twins: `{{赤ちゃん}}` becomes 赤ちゃん or 赤ちゃんたち. */
export const PLURAL_WORDS: Readonly<Record<string, { one: string; many: string }>> = {
  赤ちゃん: { one: '赤ちゃん', many: '赤ちゃんたち' },
  お子さん: { one: 'お子さん', many: 'お子さんたち' },
}

/** Names every manuscript may use: the contact's and the plural words. */
export const COMMON_VARIABLES: readonly string[] = [
  ...CONTACT_VARIABLES,
  ...Object.keys(PLURAL_WORDS),
]

const placeholder = /\{\{([^{}]*)\}\}/g

/** Values of the plural words for one child or several. *Pure.* */
export function pluralVariables(isPlural: boolean): Record<string, string> {
  const entries = Object.entries(PLURAL_WORDS)
  return Object.fromEntries(entries.map(([word, { one, many }]) => [word, isPlural ? many : one]))
}

/** Names used as `{{…}}` in the text, each once, in order. *Pure.* */
export function variablesIn(text: string): string[] {
  return [...new Set([...text.matchAll(placeholder)].map(([, name]) => nameOf(name)))]
}

/** Names used in the text that are not `known` (besides the common ones), each once. *Pure.* */
export function findUnknownVariables(text: string, known: Iterable<string> = []): string[] {
  const names = new Set([...COMMON_VARIABLES, ...[...known].map(nameOf)])
  return variablesIn(text).filter((name) => !names.has(name))
}

/** The text with 〔name〕 for each `{{name}}` a manuscript cannot use, for the preview. *Pure.* */
export function markUnknownVariables(text: string): string {
  const unknown = new Set(findUnknownVariables(text))
  return text.replace(placeholder, (whole: string, name: string) =>
    unknown.has(nameOf(name)) ? `〔${nameOf(name)}〕` : whole,
  )
}

/** Whether braces are left that are no `{{…}}`: unclosed, nested, or full-width. *Pure.* */
export function hasBrokenVariable(text: string): boolean {
  return /\{\{|\}\}|\uff5b\uff5b|\uff5d\uff5d/.test(text.replace(placeholder, ''))
}

/**
 * The text with each `{{name}}` replaced by its value. Values lose their braces, so what a
 * municipality enters cannot become another placeholder. Throws ComposeError UNKNOWN_VARIABLE,
 * also for braces that do not close. *Pure.*
 */
export function fillVariables(text: string, values: ReadonlyMap<string, string>): string {
  if (hasBrokenVariable(text)) throw brokenVariable()
  return text.replace(placeholder, (_, name: string) => {
    const value = values.get(nameOf(name))
    if (value === undefined) throw unknownVariable(nameOf(name), [...values.keys()])
    return value.replace(/[{}]/g, '')
  })
}

/** One table of values; later ones win. Names are compared in NFC without spaces. *Pure.* */
export function variableTable(
  ...sources: readonly Readonly<Record<string, string>>[]
): Map<string, string> {
  return new Map(sources.flatMap(Object.entries).map(([name, value]) => [nameOf(name), value]))
}

function nameOf(name = ''): string {
  return name.normalize('NFC').trim()
}

function brokenVariable(): ComposeError {
  return new ComposeError(
    'UNKNOWN_VARIABLE',
    '変数のかっこが閉じていません。半角の {{ と }} で囲んでください。',
  )
}

function unknownVariable(name: string, known: string[]): ComposeError {
  const list = known.map((word) => `{{${word}}}`).join('、')
  return new ComposeError(
    'UNKNOWN_VARIABLE',
    `{{${name}}} という変数はありません。使えるのは ${list} です。`,
  )
}
