import { createHash } from 'node:crypto'

import type { MunicipalitySettings } from '../../src/plan/settings'
import type { Receipt } from '../channel/channel'
import type { Registration } from '../readers/store'

import { letterMail } from './letter'
import type { WebContext } from './webContext'
import type { Words } from './words/standard'
import { wordsOf } from './words/words'

/** A registration that waits for its confirmation. */
export interface AskedConfirmation {
  token: string
  registration: Registration
  municipality: MunicipalitySettings
}

/** Sends the mail with the one link that confirms an address. */
export function sendConfirmationMail(
  { mail, links }: WebContext,
  { token, registration, municipality }: AskedConfirmation,
): Promise<Receipt> {
  const words = wordsOf(registration.edition)
  const { confirmSubject, confirm, confirmButton, confirmAfter } = words.mail
  const { senderName } = municipality
  const letter = {
    subject: confirmSubject(senderName),
    before: confirm(senderName),
    button: { label: confirmButton, url: links.confirmationUrl(token) },
    after: [confirmAfter],
  }
  return mail.sendOne({
    id: `confirmation-${createHash('sha256').update(token).digest('hex').slice(0, 32)}`,
    to: registration.address.address,
    ...letterMail(letter, municipality, words),
  })
}

/** A letter to somebody who is registered. */
export interface ReaderLetter {
  id: string
  readerId: string
  to: string
  municipality: MunicipalitySettings
  words: Words
}

/** Says to somebody who has come back that it worked: today's text may have been theirs already. */
export function sendRestartMail(
  { mail, links }: WebContext,
  sent: ReaderLetter & { sentences: readonly string[] },
): Promise<Receipt> {
  const { id, to, municipality, sentences, readerId, words } = sent
  const { restartSubject, restart, restartAfter, pageButton } = words.mail
  const letter = {
    subject: restartSubject(municipality.senderName),
    before: [restart, ...sentences, restartAfter],
    button: { label: pageButton, url: links.textUrl({ readerId, town: municipality.code }) },
    after: [],
  }
  return mail.sendOne({ id, to, ...letterMail(letter, municipality, words) })
}

/** Sends the link to a reader's own page. */
export function sendMyPageMail(
  { mail, links }: WebContext,
  { id, to, municipality, readerId, words }: ReaderLetter,
): Promise<Receipt> {
  const { pageSubject, page, pageButton, pageAfter } = words.mail
  const letter = {
    subject: pageSubject(municipality.senderName),
    before: [page],
    button: { label: pageButton, url: links.askedPageUrl(readerId) },
    after: [pageAfter],
  }
  return mail.sendOne({ id, to, ...letterMail(letter, municipality, words) })
}
