import { html, type Html, type HtmlValue } from '../../src/release/escape'
import { parseSlot, slotLabel } from '../../src/stage/slot'
import { isByItself } from '../../src/plan/notice'
import { WELCOME_SLOT } from '../../src/plan/reader'
import type { DateRights } from '../readers/dateRights'
import type { Child, Relation } from '../readers/reader'

import type { Visit } from './myPageVisit'
import type { PastText } from './texts/pastTexts'
import { wishRows } from './wishes/wishRoutes'
import { editionName, type EditionNames, type Words } from './words/words'

/** What a reader's page says of who they are. */
export interface MyDetails extends Pick<EditionNames, 'editionLabels'> {
  /** Masked, or the name of the channel. */
  contacts: string[]
}

/** What is registered of a reader, each with the way to change it. *Pure.* */
export function profileCard(visit: Visit, { contacts, editionLabels }: MyDetails): Html {
  const { reader, municipality, base, words } = visit
  const { me, registration, relations } = words
  const { answers } = registration
  const about = `${base}/about`
  const area = reader.area ?? registration.noArea
  const hasAreas = (municipality?.areas.length ?? 0) > 0
  return html`<section class="card">
    <h2>${me.profile}</h2>
    <dl class="answers">
      ${row(visit, {
        term: answers.channel,
        value: contacts.join('、'),
        href: `${base}/contact`,
      })}
      ${row(visit, {
        term: me.town,
        value: municipality?.name ?? reader.municipality,
        href: `${base}/town`,
      })}
      ${row(visit, { term: answers.relation, value: relations[reader.relation], href: about })}
      ${row(visit, {
        term: answers.edition,
        value: editionName(reader.edition, { editionLabels, words }),
        href: about,
      })}
      ${hasAreas && row(visit, { term: answers.area, value: area, href: about })}
      ${wishRows(visit).map((one) => row(visit, one))}
    </dl>
  </section>`
}

interface Row {
  term: string
  value: string
  /** Where it is changed. */
  href?: string
}

function row({ words: { form } }: Visit, { term, value, href }: Row): Html {
  const label = form.changeOf(term)
  return html`<div>
    <dt>${term}</dt>
    <dd>${value}</dd>
    <dd class="change">
      ${href && html`<a href="${href}" aria-label="${label}">${form.change}</a>`}
    </dd>
  </div>`
}

/** What is known of one child for its reader. */
export interface ChildFacts {
  /** How the others are related who are registered with it, whether or not anything comes to them. */
  sharers: readonly Relation[]
  /** Who changes its dates. */
  rights: DateRights | null
  /** What came of it in the last days. */
  lately: readonly PastText[]
}

/** How a child's texts are counted, who else has it, and what came of it lately. *Pure.* */
export function childFacts(
  { reader, base, words }: Visit,
  child: Child,
  { sharers, lately }: ChildFacts,
): HtmlValue {
  const { me, relations } = words
  const isCorrected = child.corrected?.includes(reader._id) ?? false
  const others = sharers.map((relation) => relations[relation]).join('、')
  return html`${isCorrected && html`<p>${me.corrected}</p>`}
  ${others && html`<p>${me.sharers(others)}</p>`}
  ${
    lately.length > 0 &&
    html`<p>${me.lately}</p>
      <ul>
        ${lately.map(
          ({ day, slot }) => html`<li>${me.lateText(words.day(day), slotWords(slot, words))}</li>`,
        )}
      </ul>
      <p><a href="${base}/children/${child._id}/texts">${words.texts.title}</a></p>`
  }`
}

/** The one neutral question after which the texts pause: no week is told. */
const PAUSE_SLOT = '42w0d'

/** 「妊娠24週3日」; null for the greeting after a registration. *Pure.* */
export function slotWords(
  slot: string,
  words: Pick<Words, 'stage' | 'family' | 'texts'>,
): string | null {
  if (isByItself(slot)) return words.texts.notice
  if (slot === PAUSE_SLOT) return words.family.paused.question
  return slot === WELCOME_SLOT ? null : words.stage(slotLabel(parseSlot(slot)))
}
