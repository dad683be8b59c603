import { findUnknownVariables, hasBrokenVariable } from '../src/release/variables'
import { checkOneLine, isEmpty, type Verdict } from './checks'

/** The body; a draft may still be empty. *Pure.* */
export function checkBody(value: unknown, data: unknown): Verdict {
  if (isBlank(value)) return isDraft(data) ? true : '本文を入力してください。'
  return checkVariables(String(value))
}

/** The mail's subject; a draft may still lack it. *Pure.* */
export function checkSubject(value: unknown, data: unknown): Verdict {
  if (isBlank(value)) return isDraft(data) ? true : 'メールの件名を入力してください。'
  const line = checkOneLine(value, 'メールの件名')
  return line === true ? checkVariables(String(value)) : line
}

/** Only `{{words}}` that will be filled in. *Pure.* */
export function checkVariables(text: string, known: readonly string[] = []): Verdict {
  if (hasBrokenVariable(text)) {
    return '{{ }} が閉じていないか、全角の{{ }}になっています。半角の {{ と }} で、{{電話}} のように囲んでください。'
  }
  const unknown = findUnknownVariables(text, known)
  if (unknown.length === 0) return true
  return `${unknown.map((name) => `{{${name}}}`).join('、')} は置き換える内容が決まっていません。書き間違いがないか確かめてください。`
}

function isBlank(value: unknown): boolean {
  return isEmpty(value) || !String(value).trim()
}

function isDraft(data: unknown): boolean {
  return (data as { _status?: unknown } | undefined)?._status !== 'published'
}
