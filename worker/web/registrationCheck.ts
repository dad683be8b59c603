import { checkMailAddress } from '../../src/release/mailAddress'
import type { LocalDay } from '../../src/stage/day'
import { MAIL_ACCOUNT, type Address, type ChildDates, type Relation } from '../readers/reader'
import type { MunicipalitySettings } from '../../src/plan/settings'

import { SCREENS, type Draft, type Screen } from './draft'
import type { FieldErrors } from './field'
import type { LineInvitation } from './link'
import { checkTypedDate, type DateKind } from './typedDate'

/** What a draft is checked against. */
export interface RegistrationContext {
  municipality: MunicipalitySettings
  today: LocalDay
  /** The LINE friend whose link was opened, perhaps by somebody else; or null. */
  visitor: LineInvitation | null
  /** Dates of the child somebody shares, or null. */
  shared: ChildDates | null
}

/** A draft with nothing missing. */
export interface CompleteDraft {
  address: Address
  child: ChildDates
  relation: Relation
  edition: string
  area: string | null
  source: string | null
}

/** Relations by code with their Japanese words. */
export const RELATIONS: readonly { value: Relation; label: string }[] = [
  { value: 'mother', label: '母' },
  { value: 'father', label: '父' },
  { value: 'grandparent', label: '祖父母' },
  { value: 'other', label: 'その他' },
]

/** The screens this visitor sees: nothing is asked that is known already. *Pure.* */
export function screensFor({ visitor, shared }: RegistrationContext): Screen[] {
  return SCREENS.filter(
    (screen) => !(screen === 'channel' && visitor) && !(screen === 'date' && shared),
  )
}

/** The channels this municipality can be registered for. *Pure.* */
export function channelsOf({ channels, lineAccount }: MunicipalitySettings): ('line' | 'mail')[] {
  return channels.filter((channel) => channel === 'mail' || lineAccount !== null)
}

/** Mistakes of one screen, by field. *Pure.* */
export function checkScreen(
  screen: Screen,
  draft: Draft,
  context: RegistrationContext,
): FieldErrors {
  const checks = {
    channel: checkChannel,
    date: checkDate,
    about: checkAbout,
    confirm: checkConsent,
  }
  return checks[screen](draft, context)
}

/** The first screen with a mistake, or null. *Pure.* */
export function firstFault(
  draft: Draft,
  context: RegistrationContext,
): { screen: Screen; errors: FieldErrors } | null {
  for (const screen of screensFor(context)) {
    const errors = checkScreen(screen, draft, context)
    if (Object.keys(errors).length > 0) return { screen, errors }
  }
  return null
}

/** The registration a checked draft means. *Pure.* */
export function completeDraft(draft: Draft, context: RegistrationContext): CompleteDraft {
  const { municipality, shared } = context
  const isRelation = RELATIONS.find(({ value }) => value === draft.relation)
  return {
    address: addressOf(draft, context),
    child: shared ?? datesOf(draft, context.today) ?? {},
    relation: isRelation?.value ?? 'other',
    edition: chosenEdition(draft, municipality),
    area: municipality.areas.includes(draft.area) ? draft.area : null,
    source: /^[A-Za-z0-9_-]{1,32}$/.test(draft.s) ? draft.s : null,
  }
}

/** The typed date as the child's dates, or null while it is not sound. *Pure.* */
export function datesOf(draft: Draft, today: LocalDay): ChildDates | null {
  if (draft.anchor !== 'dueDate' && draft.anchor !== 'birthDate') return null
  const checked = checkTypedDate(draft, { kind: draft.anchor, today })
  return checked.isValid ? { [draft.anchor]: checked.day } : null
}

/** The edition that was chosen, or the municipality's first. *Pure.* */
export function chosenEdition(draft: Draft, { editions }: MunicipalitySettings): string {
  return editions.includes(draft.edition) ? draft.edition : (editions[0] ?? '')
}

/** The channel that was chosen, or the only one. *Pure.* */
export function chosenChannel(draft: Draft, municipality: MunicipalitySettings): string {
  const channels = channelsOf(municipality)
  return channels.length === 1 ? (channels[0] ?? '') : draft.channel
}

function addressOf(draft: Draft, { visitor }: RegistrationContext): Address {
  if (visitor) return { channel: 'line', account: visitor.provider, address: visitor.userId }
  const checked = checkMailAddress(draft.mail)
  return {
    channel: 'mail',
    account: MAIL_ACCOUNT,
    address: checked.isValid ? checked.address : '',
  }
}

function checkChannel(draft: Draft, { municipality }: RegistrationContext): FieldErrors {
  const channel = chosenChannel(draft, municipality)
  if (channel === 'line' && channelsOf(municipality).includes('line')) return {}
  if (channel !== 'mail' || !channelsOf(municipality).includes('mail')) {
    return { channel: '受け取り方を選んでください。' }
  }
  const checked = checkMailAddress(draft.mail)
  return checked.isValid ? {} : { mail: checked.message }
}

function checkDate(draft: Draft, { today }: RegistrationContext): FieldErrors {
  const isChosen = draft.anchor === 'dueDate' || draft.anchor === 'birthDate'
  const kind: DateKind = draft.anchor === 'dueDate' ? 'dueDate' : 'birthDate'
  const checked = checkTypedDate(draft, { kind, today })
  if (isChosen) return checked.isValid ? {} : { date: checked.message }
  const isEmpty = !draft.year && !draft.month && !draft.day
  return {
    anchor: '「妊娠中」か「生まれている」を選んでください。',
    ...(isEmpty && { date: '日付を入れてください。' }),
  }
}

function checkAbout(draft: Draft, { municipality }: RegistrationContext): FieldErrors {
  const { areas, editions } = municipality
  const isRelation = RELATIONS.some(({ value }) => value === draft.relation)
  const isEdition = draft.edition === '' || editions.includes(draft.edition)
  const isArea = draft.area === '' || areas.includes(draft.area)
  return {
    ...(!isRelation && { relation: 'お子さんとの続柄を選んでください。' }),
    ...(!isEdition && { edition: '読みやすい書き方を選んでください。' }),
    ...(!isArea && { area: 'お住まいの地区を選んでください。' }),
  }
}

function checkConsent(draft: Draft): FieldErrors {
  return draft.consent === 'yes'
    ? {}
    : { consent: '取り扱いを読んで、同意する場合は印をつけてください。' }
}
