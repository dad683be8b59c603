import { createHash } from 'node:crypto'

import type { MunicipalitySettings } from '../../../src/plan/settings'
import type { Receipt } from '../../channel/channel'
import { failureOf } from '../../concurrency/failure'
import type { Identity } from '../../readers/reader'

import { letterMail } from '../letter'
import type { WebContext } from '../webContext'
import type { Words } from '../words/standard'
import { sendContactNote } from './contactTalk'

interface ContactLetter {
  token: string
  to: string
  municipality: MunicipalitySettings
  words: Words
}

/** Asks the owner of a new mail address whether texts shall come there. */
export function sendContactMail(
  { mail, links }: WebContext,
  { token, to, municipality, words }: ContactLetter,
): Promise<Receipt> {
  const { subject, before, button, after } = words.contact.letter
  const { senderName } = municipality
  const letter = {
    subject: subject(senderName),
    before: before(senderName),
    button: { label: button, url: links.contactUrl(token) },
    after: [after],
  }
  return mail.sendOne({
    id: `contact-${createHash('sha256').update(token).digest('hex').slice(0, 32)}`,
    to,
    ...letterMail(letter, municipality, words),
  })
}

/** Contacts that texts came to until now, and whose. */
export interface EndedContacts {
  readerId: string
  before: readonly Identity[]
  municipality: MunicipalitySettings
  words: Words
}

/**
 * Tells the old contact that it is one no more, without a word of the new one or of the reader: who
 * did not ask for it learns of it there. The change stands even when this fails.
 */
export async function tellOldContacts(web: WebContext, ended: EndedContacts): Promise<void> {
  for (const identity of ended.before.filter(({ status }) => status === 'active')) {
    try {
      const address = web.readers.openAddress(identity)
      await (identity.channel === 'mail'
        ? sendOldMail(web, ended, address)
        : sendContactNote(web, { ...ended, provider: identity.account }, address))
    } catch (error) {
      web.log.warn(failureOf(error), 'old contact not told')
    }
  }
}

function sendOldMail(
  { mail, links, now }: WebContext,
  { readerId, municipality, words }: EndedContacts,
  to: string,
): Promise<Receipt> {
  const { subject, said, unasked, button } = words.contact.note
  const letter = {
    subject: subject(municipality.senderName),
    before: [said],
    button: { label: button, url: links.quietPlaces(municipality, null).contactUrl },
    after: [unasked],
  }
  const id = `contact-ended-${readerId}-${now().getTime()}`
  return mail.sendOne({ id, to, ...letterMail(letter, municipality, words) })
}
