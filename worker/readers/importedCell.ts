import type { MunicipalitySettings } from '../../src/plan/settings'
import { checkMailAddress } from '../../src/release/mailAddress'
import { addDays, localDayOf, parseLocalDay, type LocalDay } from '../../src/stage/day'

import { isLineUserId } from './identity'
import { MAIL_ACCOUNT, type Address, type Relation } from './reader'

/** A municipality that readers can be imported for. */
export interface ImportMunicipality {
  settings: MunicipalitySettings
  /** Provider of its LINE account, or null without one. */
  provider: string | null
}

const RELATIONS: Record<string, Relation> = {
  母: 'mother',
  母親: 'mother',
  mother: 'mother',
  父: 'father',
  父親: 'father',
  father: 'father',
  祖父母: 'grandparent',
  祖父: 'grandparent',
  祖母: 'grandparent',
  grandparent: 'grandparent',
  その他: 'other',
  other: 'other',
  '': 'other',
}

/** Further ahead than any due date; a year that was typed wrong. */
const MAX_DAYS_AHEAD = 400
const MAX_SHORT_TEXT = 64

/** A sentence for the person who made the file, where a value was expected. */
export class Fault {
  constructor(readonly message: string) {}
}

/** The municipality of a code. *Pure.* */
export function municipalityOf(
  code: string,
  municipalities: ReadonlyMap<string, ImportMunicipality>,
) {
  return (
    municipalities.get(code) ??
    new Fault(`自治体「${code}」は登録されていません。6 けたのコードを確かめてください。`)
  )
}

/** The channel, when the municipality sends on it. *Pure.* */
export function channelOf(text: string, municipality: ImportMunicipality | undefined) {
  const channel = text.toLowerCase()
  if (channel !== 'line' && channel !== 'mail') {
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
  if (text === 'dueDate' || text === '出産予定日') return 'dueDate' as const
  if (text === 'birthDate' || text === '誕生日') return 'birthDate' as const
  return new Fault(`「${text}」は使えません。dueDate か birthDate と書いてください。`)
}

/** The due date or birth date, when it makes sense today. *Pure.* */
export function dateOf(
  text: string,
  anchor: 'dueDate' | 'birthDate' | undefined,
  now: Date,
): LocalDay | Fault {
  const day = dayOf(text)
  if (!day) return new Fault(`「${text}」は日付として読めません。2026-11-23 の形で書いてください。`)
  const today = localDayOf(now)
  if (anchor === 'birthDate' && day > today) {
    return new Fault(
      `誕生日「${day}」が未来です。出産予定日なら anchor を dueDate にしてください。`,
    )
  }
  const isTooFar = day > addDays(today, MAX_DAYS_AHEAD)
  return isTooFar ? new Fault(`「${day}」は先すぎます。年を確かめてください。`) : day
}

function dayOf(text: string): LocalDay | null {
  const parts = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text)
  if (!parts) return null
  const [year = '', month = '', day = ''] = parts.slice(1)
  try {
    return parseLocalDay(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
  } catch {
    return null
  }
}

/** The edition; empty is the first one the municipality offers. *Pure.* */
export function editionOf(text: string, municipality: ImportMunicipality | undefined) {
  const offered = municipality?.settings.editions ?? []
  if (!municipality || offered.includes(text)) return text
  if (text === '') return offered[0] ?? ''
  return new Fault(`版「${text}」はこの自治体にありません。選べる版: ${offered.join(', ')}`)
}

/** How the reader is related to the child; empty is another relation. *Pure.* */
export function relationOf(text: string) {
  return (
    RELATIONS[text.toLowerCase()] ??
    new Fault(`「${text}」は使えません。母、父、祖父母、その他 のどれかを書いてください。`)
  )
}

/** One of the municipality's areas; empty is none. *Pure.* */
export function areaOf(
  text: string,
  municipality: ImportMunicipality | undefined,
): string | null | Fault {
  if (text === '' || !municipality) return null
  const { areas } = municipality.settings
  const area = areas.find((name) => name.normalize('NFKC').trim() === text)
  if (area !== undefined) return area
  const offered = areas.length > 0 ? `選べる地区: ${areas.join('、')}` : '空にしてください。'
  return new Fault(`地区「${text}」はこの自治体にありません。${offered}`)
}

/** A text of at most 64 characters. *Pure.* */
export function shortText(text: string, name: string): string | Fault {
  if (text.length <= MAX_SHORT_TEXT) return text
  return new Fault(`${name} は ${MAX_SHORT_TEXT} 文字までにしてください。`)
}

/** The version of the consent, which must be there. *Pure.* */
export function versionOf(text: string): string | Fault {
  if (text === '') return new Fault('同意した文面の版を書いてください。')
  return shortText(text, 'consentVersion')
}

/** When a reader agreed; a day is its midnight, and a time without a zone is Japan's. *Pure.* */
export function consentOf(text: string, now: Date): Date | Fault {
  const fault = new Fault(
    '同意した日時は 2026-11-23 か 2026-11-23T09:00:00+09:00 の形で書いてください。',
  )
  const parts =
    /^([^T\s]+)(?:[T\s](\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?)?$/.exec(text)
  const day = parts && dayOf(parts[1] ?? '')
  if (!day) return fault
  const time = (parts[2] ?? '00:00').padStart(5, '0')
  const instant = new Date(`${day}T${time}${parts[3] ?? '+09:00'}`)
  if (Number.isNaN(instant.getTime())) return fault
  return instant > now ? new Fault('同意した日時が未来です。') : instant
}
