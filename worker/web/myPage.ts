import { html, type Html, type HtmlValue } from '../../src/release/escape'
import type { LocalDay } from '../../src/stage/day'
import type { ContactState } from '../readers/contactState'
import { isEverShared } from '../readers/everShared'
import type { Child } from '../readers/reader'
import type { OpenStop } from '../readers/store'

import { isEarly } from './family/correctedAge'
import { askOthersSentence } from './family/dateRightsPage'
import { childFacts, profileCard, type ChildFacts, type MyDetails } from './myDetails'
import type { Visit } from './myPageVisit'
import { comeBackForm, restSentence } from './restRoutes'
import { pausedNotice } from './pausedTown'
import { childTitle } from './stageWords'
import { startAgain, undoForm } from './stopPages'
import { endForm, maySupportCome, supportLink } from './support/supportPages'
import type { Words } from './words/standard'

/** What else is known of a reader. */
export interface KnownOfReader {
  details: MyDetails
  /** What is known of each child, by its id. */
  facts: ReadonlyMap<string, ChildFacts>
  /** What each child has to expect, in sentences, by its id. */
  outlooks: ReadonlyMap<string, string[]>
  contacts: ContactState[]
  /** A change of contact waits for its owner. */
  isContactAsked: boolean
  /** A child of theirs was stopped. */
  hasStopped: boolean
  /** When the next support text comes. */
  nextSupport: LocalDay | null
  /** What they have stopped and may undo. */
  stops: OpenStop[]
  /** What they were asked and have not answered. */
  surveys: { title: string; href: string }[]
}

/** The reader's own page: what is registered and what can be done about it. *Pure.* */
export function myPage(visit: Visit, done: string, known: KnownOfReader): Html {
  const { outlooks, contacts, stops, details, facts, isContactAsked } = known
  const { children, base, municipality, words } = visit
  const { me } = words
  const said = saidDone({ ...me.done, town: words.town.done }, done)
  if (isQuietPage(visit)) return quietPage(visit, known)
  return html`<h1>${me.title}</h1>
    ${said && html`<p class="said" role="status">${said}</p>`} ${pausedNotice(municipality, visit)}
    ${restNotice(visit)} ${contactNotices(contacts, me.contacts)} ${supportNotice(visit, known)}
    ${isContactAsked && html`<p class="said">${words.contact.waiting(words.contact.until)}</p>`}
    ${children.map((child) =>
      childCard(visit, child, {
        outlook: outlooks.get(child._id) ?? [],
        facts: facts.get(child._id) ?? NOTHING_KNOWN,
      }),
    )}
    ${profileCard(visit, details)}
    <ul class="links">
      ${known.surveys.map(
        ({ title, href }) => html`<li><a href="${href}">${words.survey.onMyPage(title)}</a></li>`,
      )}
      <li><a href="${base}/add">${me.add}</a></li>
      <li><a href="${base}/invite">${words.family.invite.title}</a></li>
      <li><a href="${base}/texts">${words.texts.title}</a></li>
      <li><a href="${base}/quiet">${words.quiet.title}</a></li>
      ${known.hasStopped && html`<li>${supportLink({ own: base, town: null, words })}</li>`}
      ${stops.length > 0 && html`<li><a href="${base}/undo">${words.quiet.undoList}</a></li>`}
      <li><a href="${base}/number">${words.counter.title}</a></li>
      <li><a href="${base}/data">${words.data.title}</a></li>
    </ul>`
}

/** Whether nothing comes to a reader because it was stopped: their page is one quiet sentence. *Pure.* */
export function isQuietPage({ reader, children }: Pick<Visit, 'reader' | 'children'>): boolean {
  return reader.status === 'stopped' || children.length === 0
}

function quietPage(visit: Visit, { stops, nextSupport }: KnownOfReader): Html {
  const { reader, base, words } = visit
  const { off, nothing, title } = words.quiet
  const isStopped = reader.status === 'stopped'
  const isComing = !isStopped && maySupportCome(reader, visit.today)
  const coming = nextSupport && words.support.coming(words.day(nextSupport))
  return html`<h1>${isStopped ? off : coming || nothing}</h1>
    ${isComing && html`${restNotice(visit)} ${endForm(base, words)}`}
    ${stops.map((stop) => undoForm(visit, stop, stops.length > 1))}
    ${isStopped && stops.length === 0 && startAgain(reader.municipality, words)}
    <ul class="links">
      <li>${supportLink({ own: base, town: null, words })}</li>
      ${isComing && html`<li><a href="${base}/quiet">${title}</a></li>`}
      <li><a href="${base}/data">${words.data.title}</a></li>
      ${!isStopped && html`<li><a href="${base}/add">${words.quiet.wishAgain}</a></li>`}
    </ul>`
}

/** Beside the texts of other children. */
function supportNotice({ base, words }: Visit, { nextSupport }: KnownOfReader): HtmlValue {
  const { support, day } = words
  return (
    nextSupport &&
    html`<p class="said">${support.coming(day(nextSupport))}</p>
      ${endForm(base, words)}`
  )
}

function restNotice(visit: Visit): Html | null {
  const sentence = restSentence(visit.reader.rest, visit)
  if (sentence === null) return null
  return html`<p class="said">${sentence}</p>
    ${comeBackForm(visit)}`
}

/** What was just done; nothing for whatever else an address says. */
function saidDone(words: Readonly<Record<string, string>>, done: string): string | false {
  return Object.hasOwn(words, done) && (words[done] ?? false)
}

function contactNotices(contacts: ContactState[], words: Words['me']['contacts']): Html[] {
  const sentences = contacts.flatMap(({ channel, state: { kind } }) => {
    if (kind === 'open') return []
    const isLine = channel === 'line' && kind === 'suppressed'
    return [words[isLine ? 'lineSuppressed' : kind]]
  })
  return sentences.map((sentence) => html`<p class="said">${sentence}</p>`)
}

interface KnownOfChild {
  outlook: readonly string[]
  facts: ChildFacts
}

function childCard(visit: Visit, child: Child, { outlook, facts }: KnownOfChild): Html {
  const { base, today, children, words } = visit
  const { me } = words
  const path = `${base}/children/${child._id}`
  const isShared = isEverShared(child)
  const position = children.length > 1 && `${children.indexOf(child) + 1}. `
  return html`<section class="card">
    <h2>${position}${childTitle(child, today, words)}</h2>
    <p>${dateLine(child, words)}</p>
    ${outlook.map((sentence) => html`<p>${sentence}</p>`)} ${childFacts(visit, child, facts)}
    ${dateNote(facts.rights, words)}
    <ul class="links">
      ${dateLinks(child, { path, words, rights: facts.rights })}
      ${isEarly(child) && html`<li><a href="${path}/age">${words.dates.age}</a></li>`}
      ${isShared && html`<li><a href="${path}/leave">${me.leave}</a></li>`}
      <li><a href="${path}/stop">${me.stop}</a></li>
    </ul>
  </section>`
}

const NOTHING_KNOWN: ChildFacts = { sharers: [], rights: null, lately: [] }

function dateNote(rights: ChildFacts['rights'], words: Words): HtmlValue {
  return rights && !rights.mayChange && html`<p>${askOthersSentence(rights, words)}</p>`
}

/** The ways to change a child's dates; the due date stays one after the birth. */
function dateLinks(
  { birthDate, dueDate }: Child,
  { path, words, rights }: { path: string; words: Words; rights: ChildFacts['rights'] },
): HtmlValue {
  if (rights && !rights.mayChange) return null
  const { me, dates, family } = words
  const isChoosing = rights?.isFirst && rights.others.length > 0
  return html`<li><a href="${path}/birth">${birthDate ? dates.fixBirth : me.tellBirth}</a></li>
    ${dueDate && html`<li><a href="${path}/dates">${dates.fixDue}</a></li>`}
    ${isChoosing && html`<li><a href="${path}/keepers">${family.dates.choose}</a></li>`}`
}

function dateLine({ birthDate, dueDate }: Child, { me, day }: Words): string {
  if (birthDate) return me.birthDate(day(birthDate))
  return dueDate ? me.dueDate(day(dueDate)) : ''
}
