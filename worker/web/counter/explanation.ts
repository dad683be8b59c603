import { html } from '../../../src/release/escape'

import { consentPoints } from '../consent'
import { formIdOf } from '../formMemory'
import { languageLinks } from '../languageSwitch'
import type { WebContext } from '../webContext'
import { standard } from '../words/standard'
import { codeOf, wordsOf } from '../words/words'
import { textOf } from './counterDraft'
import { COUNTER, showDesk, type Desk, type DeskRequest } from './counterDoor'

/** What a family agrees to, alone on a page that is turned to them, in a language of theirs. */
export function showExplanation(desk: Desk, request: DeskRequest, { keptDays }: WebContext): void {
  const words = wordsOf(textOf(request.query.lang))
  const id = formIdOf(request)
  const query = id ? `d=${id}&` : ''
  const title = words.consent.heading
  const back = id
    ? `${COUNTER}/register/check?d=${id}&lang=${codeOf(words)}#consent-title`
    : COUNTER
  const body = html`${languageLinks(words, (code) => `${COUNTER}/explanation?${query}lang=${code}`)}
    <h1>${title}</h1>
    ${consentPoints(desk.municipality.name, keptDays, words)}
    <ul class="links">
      <li><a href="${back}">${standard.form.back}</a></li>
    </ul>`
  showDesk(desk, { title, body, words })
}
