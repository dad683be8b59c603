import { isLineUserId } from '../../readers/identity'
import type { ContactConfirmed, ContactRefused, WaitingContact } from '../../readers/contactChange'
import type { LineAccount } from '../../../src/plan/settings'
import type { LineMessagePayload } from '../../channel/channel'

import { ownRow } from '../answerReply'
import { talkMessage } from '../talkCard'
import { altTextOf, findWriter, senderOf, type LineWriter } from '../talkWriter'
import type { WebContext } from '../webContext'
import type { LineEvent } from '../webhookBody'
import { wordsOf } from '../words/words'
import { contactAnswerIn, contactKeyIn, contactQuestion } from './contactTalk'
import { joinAnswerIn, joinQuestion } from './joinTalk'

/** What an event of a talk came to that is about a change of contact. */
export type ContactTalk = ContactConfirmed | ContactRefused | ({ status: 'asked' } & WaitingContact)

/** Does what a friend says about a change of contact; null when the event is about something else. */
export async function recordContact(
  { readers }: WebContext,
  { account, event }: { account: LineAccount; event: LineEvent },
): Promise<ContactTalk | null> {
  const { userId, data, text } = event
  if (!userId || !isLineUserId(userId)) return null
  const address = { channel: 'line' as const, account: account.provider, address: userId }
  const brought = contactKeyIn(text ?? '')
  if (brought) {
    const asked = await readers.bringContactKey({
      key: brought,
      address,
      lineAccount: account.id,
    })
    return asked ? { status: 'asked', ...asked } : { status: 'gone' }
  }
  const joined = joinAnswerIn(data ?? '')
  if (joined) return readers.confirmContactByLine({ ...joined, address })
  const answer = contactAnswerIn(data ?? '')
  if (!answer) return null
  const { key, isConfirmed } = answer
  return isConfirmed
    ? readers.confirmContactByLine({ key, address })
    : readers.refuseContact({ key, address })
}

/** The question, or what the answer came to, with the row of who gets texts here now. */
export async function contactReply(
  web: WebContext,
  writer: LineWriter,
  said: ContactTalk,
): Promise<LineMessagePayload | null> {
  if (said.status === 'asked') return contactQuestionFor(web, writer, said)
  const { readers, words: known } = await findWriter(web, writer)
  const own = readers.find(({ reader }) => reader._id === readerOf(said)) ?? readers[0]
  const asker = await web.readers.findReader(readerOf(said) ?? '')
  const words = asker ? wordsOf(asker.edition) : known
  const { talk, contact } = words
  if (said.status === 'twice') {
    const card = joinQuestion(keyOf(writer), said.children, words)
    return talkMessage(altTextOf(writer, words), [card])
  }
  const isJoined = said.status === 'changed' && said.isJoined === true
  const answered = { ...contact.talk, used: talk.answered.used }
  const says = [talk.who(senderOf(writer)) + (isJoined ? contact.join.done : answered[said.status])]
  const buttons = ownRow(web, writer, { own, words, town: asker?.municipality })
  return talkMessage(altTextOf(writer, words), [{ says, buttons }])
}

/** The key of the change that an answer is about. *Pure.* */
function keyOf({ data }: LineWriter): string {
  const of = contactAnswerIn(data ?? '') ?? joinAnswerIn(data ?? '')
  return of?.key ?? ''
}

/** Whose change it was, as far as it is known. *Pure.* */
function readerOf(said: ContactTalk): string | undefined {
  return 'readerId' in said ? said.readerId : undefined
}

/** The question to a friend for whom a change waits, in the words of its reader. */
export async function contactQuestionFor(
  { readers }: WebContext,
  { municipalities }: LineWriter,
  { key, municipality, readerId }: WaitingContact,
): Promise<LineMessagePayload | null> {
  const town = municipalities.find(({ code }) => code === municipality)
  const reader = await readers.findReader(readerId)
  return town ? contactQuestion(town, key, wordsOf(reader?.edition)) : null
}
