import { html } from '../../src/release/escape'
import type { LineAnswers, MunicipalitySettings } from '../../src/plan/settings'

import { copyField } from './field'
import { languageLinks } from './languageSwitch'
import type { Page } from './page'
import type { Words } from './words/standard'

/** Where to go in LINE. */
export interface FriendLinks {
  friendUrl: string
  /** What the account answers in its talks. */
  answers: LineAnswers
  /** Opens the registration inside LINE, without a word in the talk; null where that is not set up. */
  liffUrl: string | null
  /** Path of the page in a language. */
  hrefIn: (code: string) => string
  /**
   * What to send in the talk where becoming a friend says too little: which family's child it is, or
   * the language that is read; and where a tap sends it from.
   */
  send?: { message: string; messageUrl: string | null; isShared: boolean }
}

/** How to register on LINE: the link that knows the reader comes into their own LINE. *Pure.* */
export function friendPage(
  municipality: MunicipalitySettings,
  links: FriendLinks,
  words: Words,
): Page {
  const { title, add, button, steps, share: shareSteps, shareButton } = words.friend
  const { friendUrl, answers, send, liffUrl, hrefIn } = links
  const { liff } = words
  const body = html`${languageLinks(words, hrefIn)}
    <h1>${title}</h1>
    ${
      liffUrl &&
      html`<p><a class="button main" href="${liffUrl}">${liff.open}</a></p>
        <p>${liff.or}</p>`
    }
    <p>${add(municipality.senderName)}</p>
    <p>${send?.isShared ? shareSteps : steps[answers]}</p>
    ${send && copyField(words.form.copy, send.message)}
    <div class="actions">
      <a class="button ${liffUrl ? 'second' : 'main'}" href="${friendUrl}">${button}</a>
      ${
        send?.messageUrl &&
        html`<a class="button second" href="${send.messageUrl}">${shareButton}</a>`
      }
    </div>`
  return { title, body, municipality, words }
}
