import { html, type Html } from '../../../src/release/escape'

import type { Visit } from '../myPageVisit'
import type { Page } from '../page'
import { lineShareUrl } from '../shareMessage'
import { childTitle } from '../stageWords'

import { qrCode } from './qrCode'

/** An invitation: where it leads, and the children it is for. */
export interface Invitation {
  url: string
  chosen: Visit['children']
}

/** How to let others of the family get the same children's texts. *Pure.* */
export function invitePage(visit: Visit, { url, chosen }: Invitation): Page {
  const { base, municipality, words } = visit
  const { invite } = words.family
  const sender = municipality?.senderName ?? ''
  const message = `${invite.message(sender)}\n${url}`
  const body = html`<h1>${invite.title}</h1>
    <p>${invite.about}</p>
    ${visit.children.length > 1 && childrenForm(visit, chosen)}
    <div>
      <a class="button main" href="${lineShareUrl(message)}">${invite.line}</a>
      <a class="button second" href="${mailUrl(sender, message)}">${invite.mail}</a>
    </div>
    <h2>${invite.code}</h2>
    <p>${invite.codeHint}</p>
    ${qrCode(url, invite.code)}
    <div class="field">
      <label for="link">${invite.link}</label>
      <textarea id="link" readonly rows="4" spellcheck="false">${url}</textarea>
    </div>
    <p>${invite.lifetime}</p>
    <a class="button second" href="${base}">${words.form.back}</a>`
  return { title: invite.title, body, words }
}

/** Which children; without JavaScript the button makes the link anew. */
function childrenForm({ base, children, today, words }: Visit, chosen: Visit['children']): Html {
  const { invite } = words.family
  return html`<form class="besides" method="get" action="${base}/invite">
    <fieldset>
      <legend>${invite.children}</legend>
      ${children.map(
        (child, at) =>
          html`<label class="choice">
            <input
              type="checkbox"
              name="child"
              value="${child._id}"
              ${chosen.includes(child) && 'checked'}
            />
            <span>${at + 1}. ${childTitle(child, today, words)}</span>
          </label>`,
      )}
    </fieldset>
    <button class="second">${invite.choose}</button>
  </form>`
}

function mailUrl(subject: string, body: string): string {
  return `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`
}
