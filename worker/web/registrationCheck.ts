import { checkMailAddress } from '../../src/release/mailAddress'
import { readSourceCode } from '../../src/source/code'
import { OCCASIONS } from '../../src/source/occasions'
import type { LocalDay } from '../../src/stage/day'
import { MAIL_ACCOUNT, type Address, type ChildDates, type Relation } from '../readers/reader'
import type { MunicipalitySettings } from '../../src/plan/settings'

import { SCREENS, type Draft, type Screen } from './draft'
import type { Choice, FieldErrors } from './field'
import type { LineInvitation } from './link'
import { checkTypedDate, typedDateOf, type DateCheck } from './typedDate'
import { checkTypedWeeks } from './typedWeeks'
import { isLanguage } from './words/words'
import type { Words } from './words/standard'

/** What a draft is checked against. */
export interface RegistrationContext {
  municipality: MunicipalitySettings
  today: LocalDay
  /** The LINE friend whose link was opened, perhaps by somebody else; or null. */
  visitor: LineInvitation | null
  /** Dates of the children somebody shares, of those that go on; or null. */
  shared: readonly ChildDates[] | null
  /** Of the language the pages are read in. */
  words: Words
}

/** A draft with nothing missing. */
export interface CompleteDraft {
  address: Address
  /** Those whose date was typed, twins with one, or those that are shared. */
  children: readonly ChildDates[]
  relation: Relation
  edition: string
  area: string | null
  source: string | null
}

/** How many children one date can be said to be of: one, twins, triplets, quadruplets. */
export const COUNTS = ['1', '2', '3', '4'] as const

/** {@link COUNTS} to choose from, in the words of a language. *Pure.* */
export function countChoices({ registration }: Words): Choice[] {
  return COUNTS.map((value) => ({ value, label: registration.counts[value] }))
}

/** What is chosen of {@link countChoices}: one child, until somebody says otherwise. *Pure.* */
export function countOf(typed: string): (typeof COUNTS)[number] {
  return COUNTS.find((one) => one === typed) ?? '1'
}

const RELATIONS: readonly Relation[] = ['mother', 'father', 'grandparent', 'other']

/**
 * The screens this visitor sees: nothing is asked that is known already. The edition is the language
 * of the pages, which a button on top changes, where it is one they are written in. *Pure.*
 */
export function screensFor(context: RegistrationContext): Screen[] {
  const { visitor, shared, municipality } = context
  const isAsked: Record<Screen, boolean> = {
    channel: visitor === null,
    date: shared === null,
    // One child is what most have: who has twins says so among the answers.
    count: false,
    relation: true,
    edition: hasEditions(context) && !municipality.editions.every(isLanguage),
    area: municipality.areas.length > 0,
    confirm: true,
  }
  return SCREENS.filter((screen) => isAsked[screen])
}

/**
 * Whether a screen can be opened: the edition can be changed where there is more than one, and the
 * number of children where a date is asked for. *Pure.*
 */
export function canOpen(screen: Screen, context: RegistrationContext): boolean {
  const screens = screensFor(context)
  if (screen === 'count') return screens.includes('date')
  return (screen === 'edition' && hasEditions(context)) || screens.includes(screen)
}

function hasEditions({ municipality }: RegistrationContext): boolean {
  return municipality.editions.length > 1
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
    count: checkCount,
    relation: checkRelation,
    edition: checkEdition,
    area: checkArea,
    confirm: checkConsent,
  }
  return checks[screen](draft, context)
}

/** The first screen with a mistake, or null. *Pure.* */
export function firstFault(
  draft: Draft,
  context: RegistrationContext,
): { screen: Screen; errors: FieldErrors } | null {
  for (const screen of SCREENS.filter((one) => canOpen(one, context))) {
    const errors = checkScreen(screen, draft, context)
    if (Object.keys(errors).length > 0) return { screen, errors }
  }
  return null
}

/** The registration a checked draft means. *Pure.* */
export function completeDraft(draft: Draft, context: RegistrationContext): CompleteDraft {
  const { municipality } = context
  return {
    address: addressOf(draft, context),
    children: twinsSaid(draft, context, childrenOf(draft, context) ?? [{}]),
    relation: RELATIONS.find((one) => one === draft.relation) ?? 'other',
    edition: chosenEdition(draft, municipality),
    area: municipality.areas.includes(draft.area) ? draft.area : null,
    source: readSourceCode(draft.s) ?? foundBy(draft),
  }
}

/** Whether it is asked how somebody heard of the texts: the leaflet says it, and so does who shares. *Pure.* */
export function isSourceAsked({ s }: Draft, { shared }: RegistrationContext): boolean {
  return shared === null && readSourceCode(s) === null
}

/** The occasion that was chosen; null without an answer, which nobody has to give. */
function foundBy(draft: Draft): string | null {
  return OCCASIONS.find(({ value }) => value === draft.foundBy)?.value ?? null
}

/** Each of twins, of one typed date, as a child of its own. */
function twinsSaid(
  { count }: Draft,
  { shared }: RegistrationContext,
  children: readonly ChildDates[],
): readonly ChildDates[] {
  const times = shared ? 1 : COUNTS.indexOf(countOf(count)) + 1
  return Array.from({ length: times }, () => children).flat()
}

/** The children a draft is about, or null while the typed date is not sound. *Pure.* */
export function childrenOf(
  draft: Draft,
  context: RegistrationContext,
): readonly ChildDates[] | null {
  const typed = context.shared ? null : datesOf(draft, context)
  return context.shared ?? (typed && [typed])
}

/** The typed date as the child's dates, or null while it is not sound. */
function datesOf(draft: Draft, context: RegistrationContext): ChildDates | null {
  const checked = checkAnchor(draft, context)
  if (!checked?.isValid) return null
  return { [draft.anchor === 'birthDate' ? 'birthDate' : 'dueDate']: checked.day }
}

/** The draft with the due date that weeks were reckoned into, which stays the same tomorrow. *Pure.* */
export function withDueDate(draft: Draft, context: RegistrationContext): Draft {
  const dates = draft.anchor === 'weeks' ? datesOf(draft, context) : null
  if (!dates) return draft
  const reckoned = { anchor: 'dueDate', era: '', weeks: '', days: '' }
  return { ...draft, ...reckoned, ...typedDateOf(dates.dueDate) }
}

/** The edition that was chosen, the one in the pages' language, or the municipality's first. *Pure.* */
export function chosenEdition(draft: Draft, { editions }: MunicipalitySettings): string {
  const chosen = [draft.edition, draft.lang].find((one) => editions.includes(one))
  return chosen ?? editions[0] ?? ''
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

function checkChannel(draft: Draft, { municipality, words }: RegistrationContext): FieldErrors {
  const { chooseChannel, mailFault } = words.registration
  const channel = chosenChannel(draft, municipality)
  if (channel === 'line' && channelsOf(municipality).includes('line')) return {}
  if (channel !== 'mail' || !channelsOf(municipality).includes('mail')) {
    return { channel: chooseChannel }
  }
  const checked = checkMailAddress(draft.mail)
  return checked.isValid ? {} : { mail: mailFault(checked.code, checked.message) }
}

/** Without a choice no field of a date is shown: only the choice is asked for. */
function checkDate(draft: Draft, context: RegistrationContext): FieldErrors {
  const checked = checkAnchor(draft, context)
  if (!checked) return { anchor: context.words.registration.chooseAnchor }
  if (checked.isValid) return {}
  return { [draft.anchor === 'weeks' ? 'weeks' : 'date']: checked.message }
}

/** What was typed for the choice that was made; null without one that has a date. */
function checkAnchor(draft: Draft, { today, words }: RegistrationContext): DateCheck | null {
  const { anchor } = draft
  if (anchor === 'weeks') return checkTypedWeeks(draft, { today, words })
  if (anchor !== 'dueDate' && anchor !== 'birthDate') return null
  return checkTypedDate(draft, { kind: anchor, today, words })
}

function checkCount({ count }: Draft, { words }: RegistrationContext): FieldErrors {
  const isCount = count === '' || COUNTS.some((one) => one === count)
  return isCount ? {} : { count: words.registration.chooseCount }
}

function checkRelation(draft: Draft, { words }: RegistrationContext): FieldErrors {
  const isRelation = RELATIONS.some((one) => one === draft.relation)
  return isRelation ? {} : { relation: words.registration.chooseRelation }
}

function checkEdition(draft: Draft, { municipality, words }: RegistrationContext): FieldErrors {
  const isEdition = draft.edition === '' || municipality.editions.includes(draft.edition)
  return isEdition ? {} : { edition: words.registration.chooseEdition }
}

function checkArea(draft: Draft, { municipality, words }: RegistrationContext): FieldErrors {
  const isArea = draft.area === '' || municipality.areas.includes(draft.area)
  return isArea ? {} : { area: words.registration.chooseArea }
}

function checkConsent(draft: Draft, { words }: RegistrationContext): FieldErrors {
  return draft.consent === 'yes' ? {} : { consent: words.registration.agree }
}
