import type { LineAccount, MunicipalitySettings } from '../../../src/plan/settings'
import { html, type Html } from '../../../src/release/escape'

import type { Page } from '../page'
import { lineFriendUrl } from '../shareMessage'
import type { Words } from '../words/standard'
import { LIFF_SDK } from './liffSecurity'

/** A registration that was opened inside LINE. */
export interface LiffView {
  liffId: string
  account: LineAccount
  /** The one it is for; null where the account has several and none was named. */
  town: MunicipalitySettings | null
  /** What the link brought. */
  fields: Readonly<Record<string, string>>
  words: Words
  friendUrl?: string | undefined
}

/**
 * Asks LINE by its script who has opened the page, and goes on by itself. Where no script runs, or
 * the page is open outside of LINE, it says how to register in the talk. *Pure.*
 */
export function liffPage(view: LiffView): Page {
  const { liffId, fields, words, town } = view
  const { title, asking, otherwise } = words.liff
  const hidden = Object.entries({ ...fields, idToken: '' })
  const body = html`<h1>${title}</h1>
    <p role="status" id="asking" hidden>${asking}</p>
    <div hidden>
      <form method="post" action="/liff/${liffId}" id="liff" data-liff="${liffId}">
        ${hidden.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
      </form>
    </div>
    <p>${otherwise}</p>
    ${byTalk(view)}
    <script charset="utf-8" src="${LIFF_SDK}" defer></script>
    <script src="/script/liff.js" defer></script>`
  return { title, body, municipality: town, words }
}

/** Who opened it could not be told; the talk stays a way. *Pure.* */
export function liffRefusedPage(view: LiffView, why: 'refused' | 'unavailable'): Page {
  const { title, sentences } = view.words.liff[why]
  const body = html`<h1>${title}</h1>
    ${sentences.map((sentence) => html`<p>${sentence}</p>`)} ${byTalk(view)}`
  return { title, body, municipality: view.town, words: view.words }
}

function byTalk({ account, town, words, friendUrl }: LiffView): Html {
  const { add, button, steps } = words.friend
  return html`${town && html`<p>${add(town.senderName)}</p>`}
    <p>${steps[account.answers ?? 'all']}</p>
    <div class="actions">
      <a class="button main" href="${friendUrl ?? lineFriendUrl(account)}">${button}</a>
    </div>`
}
