import type { MunicipalitySettings } from '../../../src/plan/settings'
import { html, type Html, type HtmlValue } from '../../../src/release/escape'
import { isEverShared } from '../../readers/everShared'
import type { NewTown } from '../../readers/moveTown'

import { consentText } from '../consent'
import {
  actionsAfterReading,
  checkbox,
  errorSummary,
  formScript,
  radios,
  textField,
  titleWith,
  type FieldErrors,
} from '../field'
import type { Typed } from '../formMemory'
import type { Visit } from '../myPageVisit'
import type { Page } from '../page'
import { editionName } from '../words/words'
import { channelsOf } from '../registrationCheck'
import { townContact } from '../townContact'
import { channelNow, isNewOnLine, type Way } from './townWay'

/** A reader on the way to another town. */
export interface TownView {
  visit: Visit
  town: MunicipalitySettings
  typed: Typed
  formId: string
  way: Way
  editionLabels: Readonly<Record<string, string>>
}

type TownPage = Pick<Page, 'title' | 'body' | 'words'>

/** The towns to choose from. *Pure.* */
export function choosePage(
  visit: Visit,
  view: {
    towns: readonly MunicipalitySettings[]
    chosen: string
    errors: FieldErrors
    formId: string
  },
): TownPage {
  const { words, base } = visit
  const { town } = words
  const { errors, chosen, formId } = view
  const choices = view.towns.map((one) => ({ value: one.code, label: townLabel(one, visit) }))
  const asked = { name: 'town', label: town.question, hint: town.about, errors, words }
  const body = html`<form method="post" action="${base}/town?d=${formId}" novalidate>
      ${errorSummary(errors, words)}
      ${
        choices.length > 0
          ? radios({ ...asked, isHeading: true }, { choices, value: chosen })
          : html`<h1>${town.title}</h1>
              <p>${town.noOther}</p>`
      }
      <p>${town.notHere}</p>
      ${familyStays(visit)}
      ${
        choices.length > 0
          ? actionsAfterReading(words.form.next, backLink(visit))
          : html`<div class="actions">${backLink(visit)}</div>`
      }
    </form>
    ${formScript()}`
  return { title: titleWith(errors, town.title, words), body, words }
}

/** A town's name, and how alone its texts come where that is another way than now. *Pure.* */
function townLabel(town: MunicipalitySettings, { reader, words }: Visit): string {
  const [only, ...others] = channelsOf(town)
  const isOther = only !== undefined && others.length === 0 && only !== channelNow(reader)
  return isOther ? words.town.only[only](town.name) : town.name
}

/** What the new town asks. *Pure.* */
export function aboutPage(view: TownView, errors: FieldErrors): TownPage {
  const { visit, town, typed, formId, way, editionLabels } = view
  const { words, base, reader } = visit
  const { answers, noArea, mailHint } = words.registration
  const labels = (code: string) => editionName(code, { editionLabels, words })
  const editions = town.editions.map((value) => ({ value, label: labels(value) }))
  const areas = ['', ...town.areas].map((value) => ({ value, label: value || noArea }))
  const edition = { name: 'edition', label: answers.edition, errors, words }
  const area = { name: 'area', label: answers.area, errors, words }
  const mail = { name: 'mail', label: words.contact.mail, hint: mailHint, errors, words }
  const title = words.town.inTown(town.name)
  const body = html`<h1>${title}</h1>
    ${errorSummary(errors, words)}
    <form method="post" action="${base}/town/about?d=${formId}" novalidate>
      ${
        way === 'mail' &&
        html`<p>${words.town.onlyMail(town.name)}</p>
          ${textField(mail, { type: 'email', value: typed.mail ?? '', autocomplete: 'email' })}`
      }
      ${isNewOnLine(way, reader) && html`<p>${words.town.onlyLine(town.name)}</p>`}
      ${
        editions.length > 1 &&
        radios(edition, { choices: editions, value: typed.edition || reader.edition })
      }
      ${town.areas.length > 0 && radios(area, { choices: areas, value: typed.area ?? '' })}
      ${actionsAfterReading(
        words.form.next,
        html`<a class="button second" href="${base}/town?d=${formId}">${words.form.back}</a>`,
      )}
    </form>
    ${isNewOnLine(way, reader) && withoutLine(view)} ${formScript()}`
  return { title: titleWith(errors, title, words), body, words }
}

/** What there is for who has no LINE: the new town's telephone, and to stay. *Pure.* */
function withoutLine({ visit, town }: TownView): Html {
  const { base, municipality, words } = visit
  const { noLine, noLineWhy, stay } = words.town
  const [ask, orStay] = noLineWhy(town.name, municipality?.name ?? '')
  return html`<h2>${noLine}</h2>
    <p>${ask}</p>
    ${townContact(town, words)}
    <p>${orStay}</p>
    <ul class="links">
      <li><a href="${base}">${stay}</a></li>
    </ul>`
}

interface CheckView extends NewTown {
  errors: FieldErrors
  once: string
  keptDays: number
}

/** Says the move back, with what is agreed to. *Pure.* */
export function checkPage(view: TownView, said: CheckView): TownPage {
  const { visit, town, formId, way, typed, editionLabels } = view
  const { words, base, municipality } = visit
  const { errors, once, keptDays, edition, area } = said
  const { answers, noArea, consent } = words.registration
  const rows: [string, string][] = [
    [words.me.town, town.name],
    ...(town.editions.length > 1
      ? [[answers.edition, editionName(edition, { editionLabels, words })] as [string, string]]
      : []),
    ...(town.areas.length > 0 ? [[answers.area, area ?? noArea] as [string, string]] : []),
    ...(way === 'mail' ? [[answers.channel, typed.mail ?? ''] as [string, string]] : []),
  ]
  const next = { same: words.town.atOnce, none: words.town.none }
  const sentence = way === 'same' || way === 'none' ? next[way] : words.town.waits[way]
  const body = html`<h1>${words.town.check}</h1>
    ${errorSummary(errors, words)}
    <dl class="answers">
      ${rows.map(
        ([term, value]) =>
          html`<div>
            <dt>${term}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
    <p>${sentence(municipality?.name ?? '')}</p>
    ${way !== 'none' && familyStays(visit)}
    ${
      way !== 'none' &&
      html`<form method="post" action="${base}/town/move?d=${formId}" novalidate>
        <input type="hidden" name="once" value="${once}" />
        ${consentText(town.name, keptDays, words)}
        ${checkbox({ name: 'consent', label: consent, errors, words }, false)}
        ${actionsAfterReading(words.town.move, editLink(view))}
      </form>`
    }
    ${
      way === 'none' &&
      html`${townContact(town, words)}
        <div class="actions">${editLink(view)}</div>`
    }
    ${formScript()}`
  return { title: titleWith(errors, words.town.check, words), body, words }
}

/** The new town sends to this contact already. *Pure.* */
export function takenPage({ visit, town }: TownView, contacts: readonly string[]): TownPage {
  const { words, base, municipality } = visit
  const { taken, takenWhy } = words.town
  const body = html`<h1>${taken(town.name)}</h1>
    ${takenWhy(municipality?.name ?? '', contacts.join('、')).map((one) => html`<p>${one}</p>`)}
    <ul class="links">
      <li><a href="${base}/quiet">${words.quiet.title}</a></li>
      <li><a href="${base}">${words.textLink.open}</a></li>
    </ul>`
  return { title: taken(town.name), body, words }
}

/** What becomes of the others of a family, whoever of them still gets its texts. */
function familyStays({ children, words }: Visit): HtmlValue {
  return children.some(isEverShared) && html`<p>${words.town.family}</p>`
}

function editLink({ visit: { base, words }, formId }: TownView): Html {
  return html`<a class="button second" href="${base}/town?d=${formId}">${words.contact.edit}</a>`
}

function backLink({ base, words }: Visit): Html {
  return html`<a class="button second" href="${base}">${words.form.back}</a>`
}
