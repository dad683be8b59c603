import type { MunicipalitySettings } from '../../src/plan/settings'
import { checkMailAddress } from '../../src/release/mailAddress'
import { localDayOf, type LocalDay } from '../../src/stage/day'
import { dueDay } from '../../src/stage/due'
import { StageError } from '../../src/stage/error'
import { parseSlot } from '../../src/stage/slot'
import { areaMeant } from '../../src/table/areaName'
import { parseWrittenDay } from '../../src/table/days'
import { findMunicipality } from '../../src/table/municipalityCode'

import { OWN_CONSENT_VERSIONS } from './consentVersion'
import { dateFault, type DateFault, type DateKind } from './dateLimits'
import { isLineUserId } from './identity'
import { MAIL_ACCOUNT, type Address, type ChildDates, type Relation } from './reader'

/** A municipality that readers can be imported for. */
export interface ImportMunicipality {
  settings: MunicipalitySettings
  /** Provider of its LINE account, or null without one. */
  provider: string | null
}

/** Words of a file by what they mean; maps, for `constructor` is a word like others. */
const RELATIONS = wordsFor<Relation>({
  mother: ['母', '母親', 'ママ', 'お母さん', '妻'],
  father: ['父', '父親', 'パパ', 'お父さん', '夫'],
  grandparent: ['祖父母', '祖父', '祖母'],
  other: ['その他', ''],
})
const CHANNELS = wordsFor<Address['channel']>({
  line: ['ライン'],
  mail: ['メール', 'eメール', 'email', 'e-mail'],
})
const EDITIONS = wordsFor({ standard: ['標準'], easy: ['やさしい日本語'] })
const TWINS = wordsFor<TwinsMark | 'none'>({
  none: ['', 'いいえ', 'なし', '無', '単胎', '×', '-', '0', 'no', 'false'],
  twin: [
    ...['ふたご', '双子', '双生児', '多胎', '多胎児', 'みつご', '三つ子', '品胎', 'はい', 'あり'],
    ...['有', '○', '〇', '◯', '1', 'yes', 'true'],
  ],
  another: ['別の子', '別', 'きょうだい', '兄弟', '姉妹', '兄弟姉妹'],
})
const ANCHORS = wordsFor<DateKind>({
  dueDate: ['出産予定日', '予定日', '分娩予定日'],
  birthDate: ['誕生日', '生年月日', '生まれた日'],
})

const DATE_FAULTS: Readonly<Record<DateFault, string>> = {
  dueTooFar: '出産予定日が先すぎます。今日から約 9 か月以内の日です。年を確かめてください。',
  duePast:
    '出産予定日を過ぎています。生まれている場合は、誕生日を書き、基準日を birthDate にしてください。',
  birthInFuture: '誕生日が未来です。出産予定日なら、基準日を dueDate にしてください。',
  birthTooLongAgo: '誕生日が昔すぎます。配信は小学 1 年生の終わりまでです。年を確かめてください。',
}

/** What a row says of its child: one of twins, or at least another child than those of like dates. */
export type TwinsMark = 'twin' | 'another'

const MAX_SHORT_TEXT = 64

/** A sentence for the person who made the file, where a value was expected. */
export class Fault {
  constructor(readonly message: string) {}
}

/** What a word means, or several beside each other that mean the same: `mother(母)`, `母 mother`. */
function meaningIn<T>(words: ReadonlyMap<string, T>, text: string): T | undefined {
  const whole = words.get(text.toLowerCase())
  if (whole !== undefined) return whole
  for (const between of [/[()\s:/_・]+/, /[()\s:/_・-]+/]) {
    const parts = text.toLowerCase().split(between).filter(Boolean)
    const [meaning, ...others] = new Set(parts.map((part) => words.get(part)))
    if (meaning !== undefined && others.length === 0) return meaning
  }
  return undefined
}

/** The municipality of a code. *Pure.* */
export function municipalityOf(
  code: string,
  municipalities: ReadonlyMap<string, ImportMunicipality>,
) {
  const known = new Map([...municipalities].map(([key, { settings }]) => [key, settings] as const))
  const found = findMunicipality(code, known)
  return 'message' in found ? new Fault(found.message) : municipalities.get(found.code)
}

/** The channel, when the municipality sends on it. *Pure.* */
export function channelOf(text: string, municipality: ImportMunicipality | undefined) {
  const channel = meaningIn(CHANNELS, text)
  if (channel === undefined) {
    return new Fault(`「${text}」は使えません。line か mail と書いてください。`)
  }
  if (municipality && !municipality.settings.channels.includes(channel)) {
    return new Fault(`${municipality.settings.name}は ${channel} で配信していません。`)
  }
  return channel
}

/** The address in the form it is sent to. *Pure.* */
export function addressOf(
  channel: Address['channel'],
  text: string,
  municipality: ImportMunicipality | undefined,
): Address | Fault {
  if (channel === 'mail') {
    const checked = checkMailAddress(text)
    if (!checked.isValid) return new Fault(checked.message)
    return { channel, account: MAIL_ACCOUNT, address: checked.address }
  }
  if (!isLineUserId(text)) {
    return new Fault('LINE のユーザー ID は U と 32 けたの英数字(0-9, a-f)で書いてください。')
  }
  if (!municipality) return new Fault('自治体が決まらないので、LINE のアカウントが決まりません。')
  if (!municipality.provider) return new Fault('この自治体には LINE のアカウントがありません。')
  return { channel, account: municipality.provider, address: text }
}

/** What the date is, in English or Japanese. *Pure.* */
export function anchorOf(text: string) {
  return (
    meaningIn(ANCHORS, text) ??
    new Fault(`「${text}」は使えません。dueDate(出産予定日)か birthDate(誕生日)と書いてください。`)
  )
}

/** The due date or birth date, when it makes sense today. *Pure.* */
export function dateOf(
  text: string,
  anchor: 'dueDate' | 'birthDate' | undefined,
  now: Date,
): LocalDay | Fault {
  const day = dayOf(text)
  if (day instanceof Fault) return day
  const fault = anchor && dateFault(day, { kind: anchor, today: localDayOf(now) })
  return fault ? new Fault(`「${text}」: ${DATE_FAULTS[fault]}`) : day
}

/** A day in any form; `unread` is what to say of another form, a day that is none says so itself. */
function dayOf(text: string, unread?: Fault): LocalDay | Fault {
  try {
    return parseWrittenDay(text)
  } catch (error) {
    if (!(error instanceof StageError)) throw error
    return unread && error.code === 'BAD_DAY' ? unread : new Fault(error.message)
  }
}

/** The edition; empty is the first one the municipality offers. *Pure.* */
export function editionOf(text: string, municipality: ImportMunicipality | undefined) {
  const offered = municipality?.settings.editions ?? []
  if (!municipality || offered.includes(text)) return text
  const named = meaningIn(EDITIONS, text)
  if (named !== undefined && offered.includes(named)) return named
  if (text === '') return offered[0] ?? ''
  return new Fault(`版「${text}」はこの自治体にありません。選べる版: ${offered.join(', ')}`)
}

/** How the reader is related to the child; empty is another relation. *Pure.* */
export function relationOf(text: string) {
  return (
    meaningIn(RELATIONS, text) ??
    new Fault(`「${text}」は使えません。母、父、祖父母、その他 のどれかを書いてください。`)
  )
}

/** Whether the child is one of twins, or certainly another one; empty is neither. *Pure.* */
export function twinsOf(text: string): TwinsMark | null | Fault {
  const mark = meaningIn(TWINS, text)
  if (mark !== undefined) return mark === 'none' ? null : mark
  return new Fault(
    `「${text}」は使えません。ふたごなら「ふたご」、日付の近い別の子なら「別の子」と書き、それ以外は空にしてください。`,
  )
}

/** One of the municipality's areas; empty is none. *Pure.* */
export function areaOf(
  text: string,
  municipality: ImportMunicipality | undefined,
): string | null | Fault {
  if (text === '' || !municipality) return null
  const { areas } = municipality.settings
  const area = areaMeant(text, areas)
  if (areas.includes(area)) return area
  const offered = areas.length > 0 ? `選べる地区: ${areas.join('、')}` : '空にしてください。'
  return new Fault(`地区「${text}」はこの自治体にありません。${offered}`)
}

/** A text of at most 64 characters. *Pure.* */
export function shortText(text: string, name: string): string | Fault {
  if (text.length <= MAX_SHORT_TEXT) return text
  return new Fault(`${name} は ${MAX_SHORT_TEXT} 文字までにしてください。`)
}

/**
 * The version of the text that was agreed to: the product's own, or one that the municipality has
 * named. *Pure.*
 */
export function versionOf(
  text: string,
  municipality: ImportMunicipality | undefined,
): string | Fault {
  if (!municipality && text !== '') return text // refused already; what it accepts is not known
  const known = [...(municipality?.settings.consentVersions ?? []), ...OWN_CONSENT_VERSIONS]
  if (known.includes(text)) return text
  const said =
    text === ''
      ? '同意した文面の版が空です。'
      : `同意の版「${text}」は、この自治体に登録されていません。`
  return new Fault(
    `${said}使えるのは ${known.join('、')} です。紙や前の仕組みで集めた同意なら、その文面の版を管理画面の「自治体」の「同意文の版」に加えてから取り込んでください。`,
  )
}

/** When a reader agreed; a day is its midnight, and a time without a zone is Japan's. *Pure.* */
export function consentOf(text: string, now: Date): Date | Fault {
  const fault = new Fault(
    `同意した日時「${text}」は読めません。2026-11-23 か 2026-11-23T09:00:00+09:00 の形で書いてください。`,
  )
  const parts =
    /^(.{1,20}?)(?:[T\s]+(\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?)?$/.exec(text)
  if (!parts) return fault
  const day = dayOf(parts[1] ?? '', fault)
  if (day instanceof Fault) return day
  const time = (parts[2] ?? '00:00').padStart(5, '0')
  const instant = new Date(`${day}T${time}${parts[3] ?? '+09:00'}`)
  if (Number.isNaN(instant.getTime())) return fault
  return instant > now ? new Fault('同意した日時が未来です。') : instant
}

/** How the consent was given, of the row or of the whole list; without one nobody is imported. *Pure.* */
export function basisOf(text: string, ofAll: string | undefined): string | Fault {
  const basis = text === '' ? (ofAll ?? '') : text
  if (basis !== '') return shortText(basis, '同意の根拠')
  return new Fault(
    '同意の根拠がありません。「同意の根拠」の列に「紙の申込書」「前の仕組みの登録画面」のように書くか、--consent-basis で全員分を指定してください。',
  )
}

/**
 * The day up to which another system has delivered to a child: a day, or the last slot it had;
 * empty is null. *Pure.*
 */
export function deliveredOf(text: string, dates: ChildDates, now: Date): LocalDay | null | Fault {
  if (text === '') return null
  const through = writtenDayOf(text) ?? slotDayOf(text, dates)
  if (through instanceof Fault) return through
  if (through <= localDayOf(now)) return through
  return new Fault(
    `「${text}」はまだ来ていない日です。前の仕組みが配信し終えた日か文を書いてください。`,
  )
}

function writtenDayOf(text: string): LocalDay | null {
  try {
    return parseWrittenDay(text)
  } catch {
    return null
  }
}

function slotDayOf(text: string, dates: ChildDates): LocalDay | Fault {
  try {
    const day = dueDay(parseSlot(text), dates, { monthRule: 'friendly' })
    return (
      day ??
      new Fault(`「${text}」は、この行の基準日では決まらない配信日です。日付で書いてください。`)
    )
  } catch (error) {
    if (!(error instanceof StageError)) throw error
    return new Fault(
      `「${text}」は読めません。前の仕組みが最後に配信した日(2026-11-20)か、文の配信日(24w3d、生後45日)を書いてください。`,
    )
  }
}

function wordsFor<Value extends string>(
  words: Readonly<Record<Value, readonly string[]>>,
): ReadonlyMap<string, Value> {
  const entries = Object.entries<readonly string[]>(words) as [Value, readonly string[]][]
  return new Map(
    entries.flatMap(([value, names]) =>
      [value, ...names].map((name) => [name.toLowerCase(), value] as const),
    ),
  )
}
