import type { LineAccount } from '../../../src/plan/settings'
import { html, type Html } from '../../../src/release/escape'

import {
  actionsAfterReading,
  copyField,
  errorSummary,
  formScript,
  radios,
  textField,
  titleWith,
  type FieldErrors,
} from '../field'
import type { Typed } from '../formMemory'
import type { Visit } from '../myPageVisit'
import type { Page } from '../page'
import { lineFriendUrl, lineMessageUrl } from '../shareMessage'
import { contactMessage } from './contactTalk'

/** A reader on the way to another contact. */
export interface ContactView {
  visit: Visit
  /** Those they may choose. */
  channels: readonly ('line' | 'mail')[]
  /** The town's LINE account, in whose talk they would be asked; or null. */
  account: LineAccount | null
  /** The town sends by LINE, but nobody can be asked there now. */
  isLineMissing: boolean
  /** Where their texts come now, masked. */
  contacts: readonly string[]
}

type ContactPage = Pick<Page, 'title' | 'body' | 'words'>

/** Asks for the new contact. *Pure.* */
export function askPage(
  { visit, channels, isLineMissing, contacts }: ContactView,
  { formId, typed, errors }: { formId: string; typed: Typed; errors: FieldErrors },
): ContactPage {
  const { words, base } = visit
  const { contact, channelChoices } = words
  const choices = channels.map((value) => ({ value, label: channelChoices[value] }))
  const question = { name: 'channel', label: contact.question, errors, words }
  const mail = { name: 'mail', label: contact.mail, hint: contact.mailHint, errors, words }
  const body = html`<h1>${contact.title}</h1>
    ${errorSummary(errors, words)}
    <p>${contact.now(contacts.join('、'))}</p>
    ${isLineMissing && html`<p>${contact.noLine}</p>`}
    <p>${channels.length > 0 ? contact.until : contact.nothingElse}</p>
    <form method="post" action="${base}/contact?d=${formId}" novalidate>
      <div class="byMail">
        ${channels.length > 1 && radios(question, { choices, value: typed.channel ?? '' })}
        ${
          channels.includes('mail') &&
          html`<div class="mailOnly">
            ${textField(mail, { type: 'email', value: typed.mail ?? '', autocomplete: 'email' })}
          </div>`
        }
      </div>
      ${
        channels.length > 0
          ? actionsAfterReading(words.form.next, backLink(visit))
          : html`<div class="actions">${backLink(visit)}</div>`
      }
    </form>
    ${formScript()}`
  return { title: titleWith(errors, contact.title, words), body, words }
}

/** Says back what was chosen, before anybody is written to. *Pure.* */
export function checkPage(
  { visit, channels }: ContactView,
  { formId, typed, once }: { formId: string; typed: Typed; once: string },
): ContactPage {
  const { words, base, municipality } = visit
  const { contact } = words
  const isLine = (channels.length === 1 ? channels[0] : typed.channel) === 'line'
  const said = isLine
    ? [contact.toLine(municipality?.senderName ?? ''), contact.toLineNext]
    : [contact.toMail(typed.mail ?? ''), contact.toMailNext]
  const edit = html`<a class="button second" href="${base}/contact?d=${formId}">${contact.edit}</a>`
  const body = html`<h1>${contact.check}</h1>
    ${said.map((sentence) => html`<p>${sentence}</p>`)}
    <form method="post" action="${base}/contact/send?d=${formId}">
      <input type="hidden" name="once" value="${once}" />
      ${actionsAfterReading(isLine ? contact.goOn : contact.send, edit)}
    </form>`
  return { title: contact.check, body, words }
}

/** Says where the mail has gone; the address only in the browser it was typed in. *Pure.* */
export function sentPage(
  { visit }: Pick<ContactView, 'visit'>,
  address: string | null,
): ContactPage {
  const { words, base } = visit
  const { contact } = words
  const body = html`<h1>${contact.sent}</h1>
    <p>${address ? contact.sentTo(address) : contact.sentSomewhere}</p>
    <p>${contact.until}</p>
    <p>${contact.sentNot}</p>
    <ul class="links">
      <li><a href="${base}/contact">${contact.title}</a></li>
      <li><a href="${base}">${words.textLink.open}</a></li>
    </ul>`
  return { title: contact.sent, body, words }
}

interface LineSteps {
  account: LineAccount
  key: string
  friendUrl: string | undefined
  /** Path of this page. */
  here: string
}

/** The way into the talk, where the friend is asked; and back, to see whether it was done. *Pure.* */
export function linePage(
  { visit }: Pick<ContactView, 'visit'>,
  { account, key, friendUrl, here }: LineSteps,
): ContactPage {
  const { words, municipality } = visit
  const { contact } = words
  const message = contactMessage(key)
  // Where another friend link is set, LINE's own scheme leads nowhere.
  const messageUrl = friendUrl === undefined ? lineMessageUrl(account.basicId, message) : null
  const body = html`<h1>${contact.line.title}</h1>
    <p>${contact.until}</p>
    <p>${contact.line.add(municipality?.senderName ?? '')}</p>
    <p>
      <a class="button main" href="${friendUrl ?? lineFriendUrl(account)}"
        >${contact.line.button}</a
      >
    </p>
    <p>${contact.line.message}</p>
    ${
      messageUrl &&
      html`<p><a class="button main" href="${messageUrl}">${contact.line.send}</a></p>`
    }
    ${copyField(words.form.copy, message)}
    <p>${contact.line.answer}</p>
    <div class="actions afterReading">
      <a class="button second" href="${here}">${contact.line.see}</a>
      ${backLink(visit)}
    </div>`
  return { title: contact.line.title, body, words }
}

function backLink({ base, words }: Visit): Html {
  return html`<a class="button second" href="${base}">${words.form.back}</a>`
}
