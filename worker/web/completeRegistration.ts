import type { MunicipalitySettings } from '../../src/plan/settings'
import { ChildGoneError } from '../readers/childGone'
import { CONSENT_VERSION } from '../readers/consentVersion'
import type { Address } from '../readers/reader'
import type { Confirmed, Registration } from '../readers/store'

import { sendLineQuestion } from './lineQuestion'
import { sendConfirmationMail, sendRestartMail } from './confirmationMail'
import type { Draft } from './draft'
import { failureOf } from '../concurrency/failure'
import type { AskedChild } from './link'
import {
  findReadersOutlook,
  outlookSentences,
  type FamilyOutlook,
  type RegisteredFamily,
} from './outlook'
import { completeDraft, type RegistrationContext } from './registrationCheck'
import type { WebContext } from './webContext'
import { wordsOf } from './words/words'

/** What became of a registration that was filled in without a mistake. */
export type RegistrationOutcome =
  /** The LINE friend is asked in the talk, where nobody else can answer. */
  | { status: 'friendAsked' }
  /**
   * The confirmation went out by mail, or was asked for too often: both look the same. `waiting` is the
   * id of a new one.
   */
  | { status: 'confirmationAsked'; waiting?: string }
  | { status: 'mailFailed'; isAddressFault: boolean }

/** What became of a confirmation's link. */
export type ConfirmationOutcome =
  | { status: 'confirmed'; municipality: string; registered: RegisteredFamily }
  /** `known`: nothing was added. */
  | { status: 'known' | 'used'; municipality: string }
  /** Which child is meant has to be asked, on the reader's own page. */
  | { status: 'asked'; asked: AskedChild }
  | { status: 'gone' | 'childGone' }

/**
 * Takes a checked draft, which waits for the reader's own channel: {@link confirmRegistration} by
 * mail, {@link confirmInTalk} on LINE.
 */
export async function completeRegistration(
  web: WebContext,
  draft: Draft,
  context: RegistrationContext,
): Promise<RegistrationOutcome> {
  const registration = registrationOf(web, draft, context)
  const { visitor } = context
  if (!visitor) return askToConfirm(web, { registration, once: draft.once }, context)
  const { key } = visitor
  const isFirst = await web.readers.askLineFriend({ key, registration })
  const { municipality, words } = context
  if (isFirst) await sendLineQuestion(web, { visitor, municipality, words })
  return { status: 'friendAsked' } // a form sent twice looks the same
}

/** Registers what a LINE friend was asked about and says yes to, once, and welcomes them. */
export async function confirmInTalk(
  web: WebContext,
  answer: { key: string; address: Address },
): Promise<ConfirmationOutcome> {
  const confirmed = await orChildGone(() => web.readers.confirmByLine(answer))
  if (confirmed === 'childGone') return { status: 'gone' } // reads like any ended link
  if (confirmed.status === 'answered') return { status: 'used', municipality: '' }
  return welcomed(web, confirmed)
}

/** Uses the link of a confirmation mail, once: the registration is stored and welcomed. */
export async function confirmRegistration(
  web: WebContext,
  token: string,
): Promise<ConfirmationOutcome> {
  const confirmed = await orChildGone(() => web.readers.confirm(token))
  return confirmed === 'childGone' ? { status: 'childGone' } : welcomed(web, confirmed)
}

async function welcomed(web: WebContext, confirmed: Confirmed): Promise<ConfirmationOutcome> {
  if (confirmed.status === 'asked') {
    const { readerId, dates, count, childId } = confirmed
    return { status: 'asked', asked: { readerId, dates, ...(count && { count }), childId } }
  }
  if (confirmed.status !== 'confirmed') return confirmed
  const { municipality, registered } = confirmed
  if (registered.status === 'known') return { status: 'known', municipality }
  const { readerId, childId, others = [], wasRefused } = registered
  const family = { readerId, children: [childId, ...others], ...(wasRefused && { wasRefused }) }
  const town = await web.settings.municipality(municipality)
  const expected = town && (await findReadersOutlook(web, town, family))
  // Who will never get a text is told so, where the others are welcomed to texts to come.
  if (expected?.outlook.kind !== 'none') await askForWelcome(web, readerId)
  const isRestart = registered.status === 'registered' && registered.isRestart
  if (town && isRestart) await sayRestarted(web, town, { readerId, expected })
  return { status: 'confirmed', municipality, registered: family }
}

function registrationOf(
  { now, links }: WebContext,
  draft: Draft,
  context: RegistrationContext,
): Registration {
  const { municipality, visitor, shared } = context
  const { children, ...completed } = completeDraft(draft, context)
  const [child = {}, ...twins] = children
  return {
    municipality: municipality.code,
    ...completed,
    child,
    consentedAt: now(),
    consentVersion: CONSENT_VERSION,
    ...(visitor && { lineAccount: visitor.lineAccount }),
    ...(shared
      ? { sharedChildren: links.openShare(draft.with) ?? [] }
      : twins.length > 0 && { count: children.length }),
  }
}

/** Keeps a registration until the owner of its mail address has confirmed it by the mail that goes out. */
export async function askToConfirm(
  web: WebContext,
  { registration, once }: { registration: Registration; once: string },
  { municipality }: Pick<RegistrationContext, 'municipality'>,
): Promise<Exclude<RegistrationOutcome, { status: 'friendAsked' }>> {
  const asked = await web.readers.requestConfirmation(registration, once)
  // Asked twice or too often: the same answer, so that it tells nothing about the address.
  if (!asked) return { status: 'confirmationAsked' }
  const { status } = await sendConfirmationMail(web, { ...asked, registration, municipality })
  return status === 'rejected' || status === 'deferred'
    ? { status: 'mailFailed', isAddressFault: status === 'rejected' }
    : { status: 'confirmationAsked', waiting: asked.id }
}

/** By mail only: in LINE the talk has answered. A registration stands even when that fails now. */
async function sayRestarted(
  web: WebContext,
  municipality: MunicipalitySettings,
  { readerId, expected }: { readerId: string; expected: FamilyOutlook | null },
): Promise<void> {
  const reader = await web.readers.findReader(readerId)
  const identity = reader?.identities.find(({ channel, status }) => {
    return channel === 'mail' && status === 'active'
  })
  if (!identity) return
  const words = wordsOf(reader?.edition)
  const { editionLabels } = web
  const sentences = expected
    ? outlookSentences(expected, municipality, { editionLabels, words })
    : []
  const id = `restart-${readerId}-${web.now().getTime()}`
  const to = web.readers.openAddress(identity)
  try {
    await sendRestartMail(web, { readerId, to, municipality, id, sentences, words })
  } catch (error) {
    web.log.error({ readerId, ...failureOf(error) }, 'restart could not be told')
  }
}

/** Leaves the note that starts the welcome; a registration stands even when that fails now. */
export async function askForWelcome(web: WebContext, readerId: string): Promise<void> {
  try {
    await web.requestWelcome(readerId)
  } catch (error) {
    web.log.error({ readerId, ...failureOf(error) }, 'welcome could not be requested')
  }
}

async function orChildGone<T>(work: () => Promise<T>): Promise<T | 'childGone'> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ChildGoneError) return 'childGone'
    throw error
  }
}
