import { html, type Html, type HtmlValue } from '../../../src/release/escape'
import type { SentCard } from '../../../src/release/sentWords'
import type { NamedPicture } from '../../../src/release/picture'
import { shorten } from '../../../src/release/graphemes'
import type { Child } from '../../readers/reader'

import { textField } from '../field'
import { linked, linkTo } from '../linkedText'
import { slotWords } from '../myDetails'
import type { ChildVisit, Visit } from '../myPageVisit'
import type { Page } from '../page'
import { childTitle } from '../stageWords'
import type { Words } from '../words/standard'
import type { PastText, PastWords } from './pastTexts'

/** Texts of one page of the list. */
export const PAGE_SIZE = 20

/** Signs of a title in the list: two lines of a phone. */
const TITLE_SIGNS = 40

/** A text with what may be shown of it. */
export interface ShownText {
  /** What its address carries. */
  id: string
  text: PastText
  known: PastWords
}

/** One page of the texts of a child. */
export interface TextList {
  rows: readonly ShownText[]
  /** What is searched for; empty for all texts. */
  typed: string
  /** Id of the kept form with what is searched for; null for all texts. */
  form: string | null
  page: number
  pages: number
  /** How many there are on all pages. */
  count: number
  keptDays: number
}

type Shown = Pick<Page, 'title' | 'body' | 'words'>

/** Whose texts are to be read: the children as the cards tell them apart. *Pure.* */
export function chooseChildPage(visit: Visit): Shown {
  const { base, children, words } = visit
  const { title, which } = words.texts
  const body = html`<h1>${title}</h1>
    <p>${which}</p>
    <ul class="links">
      ${children.map(
        (child) =>
          html`<li><a href="${base}/children/${child._id}/texts">${nameOf(visit, child)}</a></li>`,
      )}
    </ul>
    ${backLinks([[base, words.form.back]])}`
  return { title, body, words }
}

/** The texts of a child, newest first, with the field to search them. *Pure.* */
export function listPage(visit: ChildVisit, list: TextList): Shown {
  const { base, child, children, words } = visit
  const { texts, form } = words
  const { rows, typed, count, keptDays } = list
  const path = `${base}/children/${child._id}/texts`
  const isSearch = typed !== ''
  const several = children.length > 1
  const heading = isSearch ? texts.found(typed, count) : several && nameOf(visit, child)
  const body = html`<h1>${texts.title}</h1>
    ${(count > 0 || isSearch) && searchForm(visit, { path, typed })}
    ${heading && html`<h2>${heading}</h2>`}
    ${rows.length === 0 && html`<p>${isSearch ? texts.notFound : texts.none}</p>`}
    ${
      rows.length > 0 &&
      html`<ul class="texts">
        ${rows.map((row) => listRow(visit, path, row))}
      </ul>`
    }
    ${pageLinks(visit, path, list)}
    ${!isSearch && html`<p class="hint">${texts.about(keptDays)}</p>`}
    ${backLinks([
      ...(isSearch ? [[path, texts.all] as const] : []),
      ...(several ? [[`${base}/texts`, texts.others] as const] : []),
      [base, form.back],
    ])}`
  return { title: texts.title, body, words }
}

function searchForm({ words: { texts } }: Visit, { path, typed }: { path: string; typed: string }) {
  const field = { name: 'words', label: texts.search, errors: {} }
  return html`<form method="post" action="${path}" role="search">
    ${textField(field, { type: 'search', value: typed, autocomplete: 'off' })}
    <button class="second">${texts.searchButton}</button>
  </form>`
}

function listRow({ words }: Visit, path: string, { id, text, known }: ShownText): Html {
  const { texts } = words
  const title = known.isWithdrawn ? texts.withdrawn : shorten(known.words.title, TITLE_SIGNS)
  const when = words.me.lateText(words.day(text.day), slotWords(text.slot, words))
  return html`<li>
    <p class="hint">${when}${text.status === 'unknown' && html`<br />${texts.unknown}`}</p>
    ${known.isWithdrawn ? html`<p>${title}</p>` : html`<a class="text" href="${path}/${id}">${title}</a>`}
  </li>`
}

function pageLinks({ words }: Visit, path: string, { page, pages, form }: TextList): HtmlValue {
  if (pages === 1) return null
  const { newer, older, page: pageOf } = words.texts
  const to = (p: number) => `${path}?${form ? `d=${form}&` : ''}p=${p}`
  return html`<nav class="pages" aria-label="${pageOf(page, pages)}">
    ${page > 1 && html`<a class="button second" href="${to(page - 1)}">${newer}</a>`}
    <p>${pageOf(page, pages)}</p>
    ${page < pages && html`<a class="button second" href="${to(page + 1)}">${older}</a>`}
  </nav>`
}

/** One text as it was sent, with its pictures; covers of books are left out. *Pure.* */
export function textPage(visit: ChildVisit, { text, known }: ShownText): Shown {
  const { base, child, words } = visit
  const { texts, me } = words
  const when = me.lateText(words.day(text.day), slotWords(text.slot, words))
  const title = known.isWithdrawn ? texts.withdrawn : known.words.title
  const body = html`<h1 class="text">${title}</h1>
    <p class="hint">${when}</p>
    ${text.status === 'unknown' && html`<p class="said">${texts.unknown}</p>`}
    ${!known.isWithdrawn && sentText(known, words)}
    ${backLinks([
      [`${base}/children/${child._id}/texts`, texts.title],
      [base, words.quiet.own],
    ])}`
  return { title: texts.title, body, words }
}

/** What a text said and showed as it was sent, covers of books left out. *Pure.* */
export function sentText(
  { words: sent, isRenewed }: PastWords & { isWithdrawn: false },
  words: Words,
): Html {
  return html`${isRenewed && html`<p class="said">${words.texts.renewed}</p>`}
    <article class="text">
      ${sent.pictures.map(pictureOf)}
      ${sent.paragraphs.map((paragraph) => html`<p>${linked(paragraph)}</p>`)}
      ${sent.cards.map(cardOf)}
    </article>`
}

function pictureOf({ name, alt }: NamedPicture): Html {
  return html`<img class="picture" src="/p/${name}" alt="${alt}" />`
}

function cardOf({ lines, links }: SentCard): Html {
  return html`<section class="card">
    ${lines.map((line) => html`<p>${linked(line)}</p>`)}
    ${links.map(({ label, url }) => html`<p>${linkTo(url, label)}</p>`)}
  </section>`
}

function nameOf({ children, today, words }: Visit, child: Child): string {
  return `${children.indexOf(child) + 1}. ${childTitle(child, today, words)}`
}

function backLinks(links: readonly (readonly [href: string, label: string])[]): Html {
  return html`<ul class="links">
    ${links.map(([href, label]) => html`<li><a href="${href}">${label}</a></li>`)}
  </ul>`
}
