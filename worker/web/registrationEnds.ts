import type { MunicipalitySettings } from '../../src/plan/settings'
import { html, type Html } from '../../src/release/escape'
import type { LocalDay } from '../../src/stage/day'

import type { ChildDates } from '../readers/reader'

import { linkQuery, type Draft } from './draft'
import { languageLinks } from './languageSwitch'
import type { RegistrationContext } from './registrationCheck'
import { answerList, answerRows, stageSaid, type Answers } from './registrationAnswers'
import type { Words } from './words/standard'
import { formerTownLinks, type FormerTown } from './formerTown'
import { outlookSentences, type FamilyOutlook } from './outlook'
import { notice, type Page } from './page'

/** Where a registration begins that no municipality is known of. *Pure.* */
export function chooseMunicipalityPage(
  offered: MunicipalitySettings[],
  { line, lang, words }: { line: string; lang: string; words: Words },
): Page {
  const title = words.ends.choose
  const query = queryOf({ line, lang })
  const body = html`${languageLinks(words, (code) => `/r${queryOf({ line, lang: code })}`)}
    <h1>${title}</h1>
    <ul class="links">
      ${offered.map(({ code, name }) => html`<li><a href="/r/${code}${query}">${name}</a></li>`)}
    </ul>`
  return { title, body, words }
}

function queryOf(fields: Record<string, string>): string {
  const given = Object.entries(fields).filter(([, value]) => value !== '')
  return given.length > 0 ? `?${new URLSearchParams(given).toString()}` : ''
}

/**
 * What somebody sees who does not know a date yet. *Pure.*
 *
 * @param formId of what they have typed, to which the way back leads; null: to the beginning
 */
export function unknownPage(
  municipality: MunicipalitySettings,
  { link, formId, words }: { link: Draft; formId: string | null; words: Words },
): Page {
  const { unknown: title, unknownWhy, unknownKept, unknownBack } = words.ends
  const path = `/r/${municipality.code}`
  const form = formId && `d=${formId}`
  const hrefIn = (lang: string) => {
    const query = linkQuery({ ...link, lang })
    return `${path}/unknown${query}${form ? `${query ? '&' : '?'}${form}` : ''}`
  }
  const back = form ? `${path}/date?${form}` : `${path}${linkQuery(link)}`
  const body = html`${languageLinks(words, hrefIn)}
    ${notice(title, ...unknownWhy, form && unknownKept)}
    <div class="actions afterReading">
      <a class="button main" href="${back}">${unknownBack}</a>
    </div>`
  return { title, body, municipality, words }
}

/** What somebody sees whose child nothing will come for: nothing is registered. *Pure.* */
export function nothingPage(
  { municipality, today, words }: RegistrationContext,
  { children, dateUrl }: { children: readonly ChildDates[]; dateUrl: string | null },
): Page {
  const { nothing: title, nothingWhy, nothingBack } = words.ends
  const body = html`<h1>${title}</h1>
    ${stageSaid(children, today, words)}
    ${nothingWhy(municipality.name).map((sentence) => html`<p>${sentence}</p>`)}
    ${
      dateUrl &&
      html`<div class="actions"><a class="button main" href="${dateUrl}">${nothingBack}</a></div>`
    }`
  return { title, body, municipality, words }
}

/**
 * What somebody sees who opens a family's link that has ended, for whatever reason. *Pure.*
 *
 * @param href where they register by themselves
 */
export function endedInvitationPage(href: string, words: Words): Page {
  const { title, why, own, others } = words.ends.invitation
  return { title, body: notice(title, why, html`<a href="${href}">${own}</a>`, others), words }
}

/** What is known of a registration that has just been completed. */
export interface Done {
  answers: Answers
  expected: FamilyOutlook
  editionLabels: Readonly<Record<string, string>>
  formerTowns: FormerTown[]
  /** The provider of this mail address has refused texts before. */
  wasRefused: boolean
  today: LocalDay
  /** Opens the reader's own page, in this browser too. */
  pageUrl: string
  words: Words
}

/** What a reader sees who is registered: what, when the next text comes, and what can be done. *Pure.* */
export function donePage(municipality: MunicipalitySettings, done: Done): Page {
  const { answers, expected, editionLabels, today, pageUrl, words } = done
  const { ends } = words
  const hasText = expected.outlook.kind === 'text'
  const title = hasText ? ends.done : ends.doneNothing
  const sentences = outlookSentences(expected, municipality, { editionLabels, words })
  const body = html`${notice(title, ...sentences, hasText ? ends.doneThen : ends.doneHelp)}
    ${done.wasRefused && refusedNote(municipality, words)}
    <h2>${ends.doneAnswers}</h2>
    ${stageSaid(answers.children, today, words)}
    ${answerList(answerRows(answers, municipality, { editionLabels, words }), words)}
    <h2>${ends.doneNext}</h2>
    <p>${ends.doneOpenWhy}</p>
    <p>${ends.doneLater}</p>
    <p>${ends.doneClose}</p>
    ${formerTownLinks(done.formerTowns, words)}
    <div class="actions afterReading">
      <a class="button main" href="${pageUrl}">${ends.doneOpen}</a>
    </div>`
  return { title, body, municipality, words }
}

/** The confirmation came through; texts may not, as they did not before. */
function refusedNote(municipality: MunicipalitySettings, words: Words): Html {
  return html`<h2>${words.ends.refused}</h2>
    <p>${words.ends.refusedWhy}</p>
    ${howToAllow(municipality, words)}`
}

/** Whose mails to let through, and how that is done with each carrier. */
function howToAllow({ mailFrom }: MunicipalitySettings, { ends }: Words): Html {
  const domain = mailFrom.slice(mailFrom.lastIndexOf('@') + 1)
  return html`<p>${ends.sentAllow(domain)}</p>
    <details class="more">
      <summary>${ends.sentCarriers}</summary>
      <dl>
        ${ends.carriers.map(
          ({ name, steps }) =>
            html`<dt>${name}</dt>
              <dd>${steps}</dd>`,
        )}
      </dl>
    </details>`
}

/** A page of a municipality in a language. */
export type EndPage = (municipality: MunicipalitySettings, words: Words) => Page

/**
 * What is seen later, or by somebody the address was given to: whether they are registered is not
 * known, and must not be said. *Pure.*
 */
export const laterPage: EndPage = (municipality, words) => {
  const { later: title, laterWhy, laterCheck, register } = words.ends
  const body = notice(
    title,
    laterWhy,
    html`<a href="/me">${laterCheck}</a>`,
    html`<a href="/r/${municipality.code}">${register}</a>`,
  )
  return { title, body, municipality, words }
}

/** What a reader sees whose child was registered before. *Pure.* */
export const knownPage: EndPage = (municipality, words) => {
  const { known: title, knownWhy, ownPage } = words.ends
  const body = notice(title, knownWhy, html`<a href="/me">${ownPage}</a>`)
  return { title, body, municipality, words }
}

/** What somebody sees whose registration the LINE friend is asked about in the talk. *Pure.* */
export function askedPage(
  municipality: MunicipalitySettings,
  { words, friendUrl }: { words: Words; friendUrl: string | null },
): Page {
  const { asked: title, askedWhy, askedOpen } = words.ends
  const body = html`${notice(title, ...askedWhy)}
  ${
    friendUrl &&
    html`<div class="actions"><a class="button second" href="${friendUrl}">${askedOpen}</a></div>`
  }`
  return { title, body, municipality, words }
}

/** What somebody sees who opens the link of a LINE friend that was used. *Pure.* */
export const usedLinkPage: EndPage = (municipality, words) => {
  const { used: title, usedWhy } = words.ends
  return { title, body: notice(title, ...usedWhy), municipality, words }
}

/** A confirmation that was sent. */
export interface Sent {
  /** As it was sent to; null in another browser, and after an hour. */
  address: string | null
  formId: string | null
  /** Key of this showing's button. */
  once: string
  isAgain: boolean
  words: Words
}

/** What somebody sees whose mail address waits to be confirmed. *Pure.* */
export function sentPage(municipality: MunicipalitySettings, sent: Sent): Page {
  const { address, formId, once, isAgain, words } = sent
  const { ends } = words
  const path = `/r/${municipality.code}`
  const query = formId && address ? `?d=${formId}` : ''
  const body = html`<h1>${ends.sent}</h1>
    ${isAgain && html`<p role="status">${ends.sentAgain}</p>`}
    ${address && html`<p class="said">${ends.sentTo}<br />${address}</p>`}
    ${ends.sentWhy.map((sentence) => html`<p>${sentence}</p>`)}
    <h2>${ends.sentMissing}</h2>
    <p>${ends.sentFolder}</p>
    ${howToAllow(municipality, words)}
    <div class="actions afterReading">
      ${
        query &&
        html`<form method="post" action="${path}/again${query}">
          <input type="hidden" name="once" value="${once}" />
          <button class="second">${ends.sendAgain}</button>
        </form>`
      }
      <a class="button second" href="${path}${query && '/channel'}${query}"
        >${ends.anotherAddress}</a
      >
    </div>`
  return { title: ends.sent, body, municipality, words }
}
