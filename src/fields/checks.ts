import { contrastRatio, MIN_CONTRAST } from '../release/colour'
import { checkMailAddress } from '../release/mailAddress'
import { shorten } from '../release/graphemes'
import { checkPlainWords } from '../release/textLimits'
import { MAX_ADDRESS_LENGTH, readTypedAddress, type AddressFault } from '../release/webAddress'
import { isLocalDay } from '../stage/day'
import { parseWrittenDay } from '../table/days'
import { isMunicipalityCode } from '../table/municipalityCode'

/** Most areas of a municipality: the largest city has as many school districts. */
export const MAX_AREAS = 500

/** True, or the Japanese sentence that says what to do: what Payload's `validate` returns. */
export type Verdict = true | string

/** A six-digit 全国地方公共団体コード with its check digit. *Pure.* */
export function checkMunicipalityCode(value: unknown): Verdict {
  if (isEmpty(value)) return '全国地方公共団体コードを 6 桁の数字で入力してください。'
  if (!/^\d{6}$/.test(String(value))) {
    return '全国地方公共団体コードは半角数字 6 桁です(例: 131016)。5 桁のときは検査数字を付けた 6 桁を総務省の一覧で確かめてください。'
  }
  if (isMunicipalityCode(String(value))) return true
  return '全国地方公共団体コードの最後の 1 桁(検査数字)が合いません。打ち間違いがないか、総務省の一覧で確かめてください。'
}

/** An https address, or nothing. *Pure.* */
export function checkHttps(value: unknown): Verdict {
  if (isEmpty(value)) return true
  const text = String(value)
  const address = readTypedAddress(text)
  if ('href' in address) return true
  return ADDRESS_FAULTS[address.fault]
}

const ADDRESS_FAULTS: Record<AddressFault, string> = {
  'not-an-address':
    'アドレスとして読めません。https://www.example.jp/kosodate のように入力してください。',
  'not-https':
    'https:// で始まるアドレスにしてください(http:// は LINE で開けないことがあります)。',
  'has-credentials': 'アドレスから「ユーザー名:パスワード@」の部分を消してください。',
  'half-code':
    'アドレスに、符号になっていない % があります。途中で切れているかもしれません。ページを開いて、アドレスの全体を写し直してください(% そのものは %25 と書きます)。',
  'too-long': `アドレスが長すぎます。${MAX_ADDRESS_LENGTH} 文字までにしてください。`,
}

/** An https address that must be there. *Pure.* */
export function checkRequiredHttps(value: unknown): Verdict {
  return isEmpty(value) ? 'アドレスを入力してください(https:// で始めます)。' : checkHttps(value)
}

/** A local time `HH:MM` from 00:00 to 24:00. *Pure.* */
export function checkTime(value: unknown): Verdict {
  if (/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(String(value ?? ''))) return true
  return '時刻は 09:00 のように、半角の「時2桁:分2桁」で入力してください(00:00〜24:00)。'
}

/** A calendar day `YYYY-MM-DD` that exists, or nothing. *Pure.* */
export function checkDay(value: unknown): Verdict {
  if (isEmpty(value)) return true
  if (isLocalDay(String(value))) return true
  try {
    parseWrittenDay(String(value))
    return '日付は 2026-04-01 のように、半角の「年4桁-月2桁-日2桁」で入力してください。'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** A last day that is not before the first. *Pure.* */
export function checkLastDay(value: unknown, first: unknown): Verdict {
  const day = checkDay(value)
  if (day !== true || isEmpty(value) || isEmpty(first) || !isLocalDay(String(first))) return day
  return String(value) >= String(first)
    ? true
    : `終わりの日(${String(value)})が始まりの日(${String(first)})より前です。始まりの日と同じか、後の日にしてください。`
}

/** A colour `#rrggbb` on which white text can be read, or nothing. *Pure.* */
export function checkAccent(value: unknown): Verdict {
  if (isEmpty(value)) return true
  if (!/^#[0-9a-fA-F]{6}$/.test(String(value))) {
    return '色は #0017c1 のように、# と 6 桁の英数字(0〜9、a〜f)で入力してください。'
  }
  const ratio = contrastRatio(String(value), '#ffffff')
  if (ratio >= MIN_CONTRAST) return true
  return `この色は白い文字との明るさの差が足りず、読みにくくなります(コントラスト比 ${floor1(ratio)}、必要なのは ${MIN_CONTRAST} 以上)。もっと濃い色にしてください。`
}

/**
 * The address a municipality's mail is sent from, by the rule of sending: what is saved can be sent
 * from. *Pure.*
 */
export function checkSender(value: unknown): Verdict {
  const typed = String(value ?? '')
  const checked = checkMailAddress(typed)
  if (checked.isValid) return true
  if (checked.code === 'EMPTY') {
    return '差出アドレスを入力してください(例: kosodate@city.example.jp)。'
  }
  return `「${shorten(typed, MAX_SHOWN)}」は差出アドレスに使えません。このままでは、この自治体のメールがすべて送れません。${checked.message}`
}

/** The sender's address as it is sent from; what cannot be is left for the check to name. *Pure.* */
export function normalizeSender(value: unknown): unknown {
  if (typeof value !== 'string') return value
  const checked = checkMailAddress(value)
  return checked.isValid ? checked.address : value
}

/** How much of a wrong value is said again. */
const MAX_SHOWN = 60

/** Words that are there, can be seen and stay on one line of at most `max` units. *Pure.* */
export function checkOneLine(value: unknown, label: string, max: number): Verdict {
  return checkWritten(value, { label, max, isOneLine: true })
}

/** Words that are there and can be seen, on lines of together at most `max` units. *Pure.* */
export function checkLines(value: unknown, label: string, max: number): Verdict {
  return checkWritten(value, { label, max, isOneLine: false })
}

function checkWritten(
  value: unknown,
  { label, max, isOneLine }: { label: string; max: number; isOneLine: boolean },
): Verdict {
  if (isEmpty(value)) return `${label}を入力してください。`
  const rule = { field: label, label, text: String(value), max, isRequired: true, isOneLine }
  const [problem] = checkPlainWords(rule)
  return problem ? problem.message : true
}

/** Whether a field holds nothing. *Pure.* */
export function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}

function floor1(ratio: number): string {
  return (Math.floor(ratio * 10) / 10).toFixed(1)
}
