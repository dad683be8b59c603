import { html, type Html } from '../../../src/release/escape'
import type { DateRights } from '../../readers/dateRights'

import { hiddenFields } from '../dateForm'
import type { SaidDate } from '../dateStep'
import { actionsAfterReading, backButton } from '../field'
import type { ChildVisit, Visit } from '../myPageVisit'
import { notice, type Page } from '../page'
import type { Words } from '../words/standard'

/** Whom to ask for other dates, without a word of who has left or stopped. *Pure.* */
export function askOthersSentence({ first }: Pick<DateRights, 'first'>, words: Words): string {
  const { dates } = words.family
  return first === null ? dates.others : dates.othersOf(words.relations[first])
}

/** What somebody reads who may not change the dates of a child. *Pure.* */
export function askOthersPage({ base, words }: Visit, rights: Pick<DateRights, 'first'>): Page {
  const { dates } = words.family
  const body = html`${notice(dates.askOthers, askOthersSentence(rights, words), dates.tellThem)}
    <a class="button second" href="${base}">${words.form.back}</a>`
  return { title: dates.askOthers, body, words }
}

/** The same, of a date that was typed for a child to add: it may be another one's. *Pure.* */
export function askOthersOrAddPage(
  { words }: Visit,
  { rights, said }: { rights: Pick<DateRights, 'first'>; said: SaidDate },
): Page {
  const { dates } = words.family
  const body = html`${notice(dates.likeKnown, askOthersSentence(rights, words), dates.tellThem)}
    <form method="post" action="${said.action}" novalidate>
      ${hiddenFields(said.fields)}
      <div class="actions afterReading">
        <button class="second" name="answer" value="another">${dates.addAnother}</button>
        ${backButton('edit', dates.typeAgain)}
      </div>
    </form>`
  return { title: dates.likeKnown, body, words }
}

/** Who else changes the dates of a child, for who registered it first. *Pure.* */
export function keepersPage({ base, words }: ChildVisit, { others }: DateRights): Page {
  const { dates } = words.family
  const body = html`<h1>${dates.title}</h1>
    <p>${dates.about}</p>
    <form method="post" novalidate>
      <fieldset>
        <legend>${dates.who}</legend>
        ${others.map((one, at) => keeperBox(one, labelOf(others, at, words)))}
      </fieldset>
      ${actionsAfterReading(words.me.save, html`<a class="button second" href="${base}">${words.form.back}</a>`)}
    </form>`
  return { title: dates.title, body, words }
}

function keeperBox({ id, mayChange }: DateRights['others'][number], label: string): Html {
  return html`<label class="choice">
    <input type="checkbox" name="keeper" value="${id}" ${mayChange && 'checked'} />
    <span>${label}</span>
  </label>`
}

/** The relation; of several who are related alike, in the order they were registered. */
function labelOf(others: DateRights['others'], at: number, { relations, family }: Words): string {
  const relation = others[at]?.relation ?? 'other'
  const alike = others.filter((one) => one.relation === relation)
  const place = others.slice(0, at + 1).filter((one) => one.relation === relation).length
  const name = relations[relation]
  return alike.length > 1 ? family.dates.numbered(name, place) : name
}
