import { html, type Html, type HtmlValue } from '../../../src/release/escape'
import type { SentWords } from '../../../src/release/sentWords'
import type { MunicipalitySettings } from '../../../src/plan/settings'
import { addDays, daysBetween, type LocalDay } from '../../../src/stage/day'
import { MAX_SUPPORT_DAYS } from '../../../src/stage/support'
import type { Reader } from '../../readers/reader'

import { helplineButton } from '../helplines'
import { linked } from '../linkedText'
import type { Page } from '../page'
import type { StopDoor } from '../stopDoor'
import { townContact } from '../townContact'
import type { Words } from '../words/standard'
import { languageQuery } from '../words/words'

type QuietPage = Pick<Page, 'title' | 'body' | 'hasContact'>

/**
 * The quiet way to the page of procedures and contacts: on the own page, or of a town; null where
 * neither is known. *Pure.*
 */
export function supportLink({
  own,
  town,
  words,
}: Pick<StopDoor, 'own' | 'town' | 'words'>): HtmlValue {
  const href = own ? `${own}/support` : town && supportPath(town, words)
  return href && html`<a href="${href}">${words.support.title}</a>`
}

/** Path of the page that is nobody's, in a language. *Pure.* */
export function supportPath(town: string, words: Words): string {
  return `/support/${town}${languageQuery(words)}`
}

/** What of the page is published, or only whom to ask; `more` is what may be asked for. *Pure.* */
export function supportPage(
  { town, said, words }: { town: MunicipalitySettings; said: SentWords | null; words: Words },
  more: HtmlValue,
): QuietPage {
  const { title } = words.support
  const body = html`<h1 class="${said && 'text'}">${said ? linked(said.title) : title}</h1>
    <div class="text">
      ${said?.paragraphs.map((paragraph) => html`<p>${linked(paragraph)}</p>`)}
    </div>
    ${townContact(town, words)} ${helplineButton(town.code, words)} ${more}`
  return { title, body, hasContact: true }
}

/** Where the texts of a reader stand: what they have asked for, and on which days a text comes. */
export interface SupportState {
  support: Reader['support']
  /** Days after the day it was asked for. */
  days: readonly number[]
  today: LocalDay
}

/** The day of the next text; null when none is left. *Pure.* */
export function nextSupportDay({ support, days, today }: SupportState): LocalDay | null {
  const from = support?.from ?? today
  const coming = days.map((count) => addDays(from, count)).filter((day) => day > today)
  return coming[0] ?? null
}

/** Texts that may be asked for, or that come, or have come to their end. *Pure.* */
export function supportOffer(own: string, state: SupportState, words: Words): HtmlValue {
  const { support: say } = words
  const next = nextSupportDay(state)
  if (state.support) {
    return next === null
      ? html`<p>${say.over}</p>`
      : html`<p class="said">${say.coming(words.day(next))}</p>
          ${endForm(own, words)}`
  }
  if (next === null) return null
  return html`<h2>${say.texts}</h2>
    <p>${say.about(state.days.length)} ${say.quietly}</p>
    <p><a class="button second" href="${own}/support/ask">${say.choose}</a></p>`
}

/** The way to the texts that have come. *Pure.* */
export function pastSupportLink(own: string, { texts }: Words): Html {
  return html`<a href="${own}/support/texts">${texts.title}</a>`
}

/** Said where nobody's page is open: who has one can ask for texts there. *Pure.* */
export function supportElsewhere(town: string, { support: say }: Words): Html {
  return html`<p>${say.elsewhere} <a href="/r/${town}/change">${say.toOwnPage}</a></p>`
}

/** One sentence, when the first comes, and one button. *Pure.* */
export function askSupportPage(own: string, first: LocalDay, words: Words): QuietPage {
  const { support: say, form } = words
  const body = html`<h1>${say.question}</h1>
    <p>${say.first(words.day(first))}</p>
    <form method="post">
      <div class="actions">
        <button class="main">${say.go}</button>
        <a class="button second" href="${own}/support">${form.back}</a>
      </div>
    </form>`
  return { title: say.texts, body }
}

/** After the one press that ends them. *Pure.* */
export function supportEndedPage({ own, words }: Pick<StopDoor, 'own' | 'words'>): QuietPage {
  const { support: say, quiet } = words
  const body = html`<h1>${say.ended}</h1>
    ${own && html`<p><a href="${own}">${quiet.own}</a></p>`}`
  return { title: say.texts, body }
}

/** The one press that ends them, for whom they may still come. *Pure.* */
export function endSupportForm({ reader, base, today, words }: StopDoor): HtmlValue {
  return maySupportCome(reader, today) && endForm(base, words)
}

/** Whether support texts that were asked for may still come. *Pure.* */
export function maySupportCome({ support }: Pick<Reader, 'support'>, today: LocalDay): boolean {
  return support !== undefined && daysBetween(support.from, today) <= MAX_SUPPORT_DAYS
}

/** The one press that ends them, below a path. *Pure.* */
export function endForm(base: string, words: Words): Html {
  return html`<form method="post" action="${base}/support/end">
    <button class="second">${words.support.end}</button>
  </form>`
}
