import { html } from '../../src/release/escape'
import type { LineAnswers, MunicipalitySettings } from '../../src/plan/settings'

import type { Page } from './page'
import type { Words } from './words/standard'

/** Where to go in LINE. */
export interface FriendLinks {
  friendUrl: string
  /** What the account answers in its talks. */
  answers: LineAnswers
  /** For somebody a family shares a child with: what to send, and where a tap sends it from. */
  share?: { message: string; messageUrl: string | null }
}

/** How to register on LINE: the link that knows the reader comes into their own LINE. *Pure.* */
export function friendPage(
  municipality: MunicipalitySettings,
  links: FriendLinks,
  words: Words,
): Page {
  const { title, add, button, steps, share: shareSteps, shareButton } = words.friend
  const { friendUrl, answers, share } = links
  const body = html`<h1>${title}</h1>
    <p>${add(municipality.senderName)}</p>
    <p>${share ? shareSteps : steps[answers]}</p>
    ${share && html`<p class="consent">${share.message}</p>`}
    <div class="actions">
      <a class="button main" href="${friendUrl}">${button}</a>
      ${
        share?.messageUrl &&
        html`<a class="button second" href="${share.messageUrl}">${shareButton}</a>`
      }
    </div>`
  return { title, body, municipality, words }
}
