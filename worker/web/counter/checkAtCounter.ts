import { html, type Html } from '../../../src/release/escape'

import { newKey } from '../browserCookie'
import { checkAnswers } from '../checkAnswers'
import { consentText } from '../consent'
import { parseDraft, SCREEN_FIELDS } from '../draft'
import { findDraftOutlook } from '../draftOutlook'
import { checkbox, errorSummary, radios, titleWith, type FieldErrors } from '../field'
import { findTyped, formIdOf, keepTyped, type Typed } from '../formMemory'
import { languageLinks } from '../languageSwitch'
import { chosenEdition } from '../registrationCheck'
import type { WebContext } from '../webContext'
import { codeOf, wordsOf, type Words } from '../words/words'
import { contextOf, isBasis, registrationOf, textOf } from './counterDraft'
import { COUNTER, showDesk, type Desk, type DeskRequest } from './counterDoor'
import { faultsOf } from './registerAtCounter'
import { sentTo } from './registeredAtCounter'
import { sendConfirmation } from './sendAtCounter'

/** GET: what was typed, to be read back to the family, and what they agree to, in their language. */
export async function askCheck(desk: Desk, request: DeskRequest, web: WebContext): Promise<void> {
  const { query } = request
  const typed = await soundOf(web, desk, request)
  if (!typed) return desk.response.redirect(303, formUrl(request))
  const draft = parseDraft(typed)
  const context = contextOf(desk)
  const expected = await findDraftOutlook(web, draft, context)
  const errors = 'faulty' in query ? consentFaults(typed) : {}
  const heading = 'この内容で登録しますか'
  const { lang } = query
  const language = typeof lang === 'string' ? lang : chosenEdition(draft, desk.municipality)
  const hrefOf = (screen: keyof typeof SCREEN_FIELDS) =>
    `${formUrl(request)}#${SCREEN_FIELDS[screen][screen === 'channel' ? 1 : 0] ?? ''}`
  const body = html`<h1>${heading}</h1>
    ${errorSummary(errors)}
    ${checkAnswers({ draft, context, expected, editionLabels: web.editionLabels, hrefOf })}
    ${explanation(web, desk, { words: wordsOf(language), id: formIdOf(request) ?? '' })}
    ${consentForm(request, typed, errors)}`
  showDesk(desk, { title: titleWith(errors, heading), body })
}

/** What is read aloud before somebody agrees, in either language, and a page to turn to them. */
function explanation(
  { keptDays }: WebContext,
  { municipality }: Desk,
  { words, id }: { words: Words; id: string },
): Html {
  const hrefIn = (code: string) => `${COUNTER}/register/check?d=${id}&lang=${code}#consent-title`
  const lang = codeOf(words)
  return html`${languageLinks(words, hrefIn)}
    <div class="${words.isSpaced && 'spaced'}">
      ${consentText(municipality.name, keptDays, words)}
    </div>
    <ul class="links">
      <li>
        <a href="${COUNTER}/explanation?d=${id}&lang=${lang}"
          >説明だけを出す(画面をお見せするとき)</a
        >
      </li>
    </ul>`
}

function consentForm(request: DeskRequest, typed: Typed, errors: FieldErrors): Html {
  const id = formIdOf(request) ?? ''
  return html`<form method="post" action="${COUNTER}/register/check?d=${id}" novalidate>
    <input type="hidden" name="once" value="${newKey()}" />
    ${checkbox(
      { name: 'consent', label: '上のことを説明し、同意をいただきました', errors },
      typed.consent === 'yes',
    )}
    ${radios(
      { name: 'basis', label: '同意のいただき方', errors },
      {
        choices: [
          { value: 'spoken', label: '口頭で' },
          { value: 'paper', label: '書面で' },
        ],
        value: typed.basis ?? '',
      },
    )}
    <div class="actions afterReading">
      <button class="main">確かめるメールを送る</button>
      <a class="button second" href="${formUrl(request)}">もどる</a>
    </div>
  </form>`
}

/** POST: the owner of the address gets the one mail that confirms it, as always. */
export async function takeConsent(
  desk: Desk,
  request: DeskRequest,
  web: WebContext,
): Promise<void> {
  const known = await soundOf(web, desk, request)
  if (!known) return desk.response.redirect(303, formUrl(request))
  const { consent, basis, once } = (request.body ?? {}) as Record<string, unknown>
  const typed = { ...known, consent: textOf(consent), basis: textOf(basis), once: textOf(once) }
  const id = await keepTyped(web, request, typed)
  const url = `${COUNTER}/register`
  if (Object.keys(consentFaults(typed)).length > 0) {
    return desk.response.redirect(303, `${url}/check?d=${id}&faulty`)
  }
  const registration = registrationOf(web, desk, typed)
  const sent = await sendConfirmation(web, desk, { registration, once: typed.once })
  if (sent.status !== 'sent') {
    return desk.response.redirect(303, `${url}?d=${id}&faulty=${sent.status}`)
  }
  // As it was sent to; pressed once more, what waits already is not forgotten.
  const { address: mail } = registration.address
  await keepTyped(web, request, sentTo({ ...typed, mail }, [known.waiting, sent.waiting]))
  desk.response.redirect(303, `${COUNTER}/registered?d=${id}`)
}

/** What was typed on the form, when nothing is wrong with it; null otherwise, and after an hour. */
async function soundOf(web: WebContext, desk: Desk, request: DeskRequest): Promise<Typed | null> {
  const typed = await findTyped(web, request)
  if (!typed) return null
  return Object.keys(await faultsOf(web, desk, typed)).length === 0 ? typed : null
}

function consentFaults({ consent, basis }: Typed): FieldErrors {
  const agree = '説明をして、同意をいただいたら、しるしを付けてください。'
  return {
    ...(consent !== 'yes' && { consent: agree }),
    ...(!isBasis(basis) && { basis: 'どのように同意をいただいたかを選んでください。' }),
  }
}

function formUrl(request: DeskRequest): string {
  const id = formIdOf(request)
  return `${COUNTER}/register${id ? `?d=${id}` : ''}`
}
