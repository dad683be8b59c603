import { html, type Html } from '../../src/release/escape'
import { dayLabel } from '../../src/stage/japaneseDate'
import type { ContactState } from '../readers/contactState'
import { isEverShared } from '../readers/everShared'
import type { Child } from '../readers/reader'
import type { OpenStop } from '../readers/store'

import { childFacts, profileCard, type ChildFacts, type MyDetails } from './myDetails'
import type { Visit } from './myPageVisit'
import { restSentence } from './restRoutes'
import { stageLabel } from './stageWords'
import { startAgain, undoForm } from './stopPages'
import { supportLink } from './supportPage'

/** What was just done, said on the reader's page. */
const DONE: Record<string, string> = {
  dates: '日付を変えました。',
  birth: '誕生日を登録しました。',
  added: 'お子さんを追加しました。',
  known: 'このお子さんは、もう登録されています。',
  about: '変えました。',
  back: '再開しました。',
}

/** What else is known of a reader. */
export interface KnownOfReader {
  details: MyDetails
  /** What is known of each child, by its id. */
  facts: ReadonlyMap<string, ChildFacts>
  /** What each child has to expect, in sentences, by its id. */
  outlooks: ReadonlyMap<string, string[]>
  contacts: ContactState[]
  /** What they have stopped and may undo. */
  stops: OpenStop[]
}

/** Where nothing is sent to a contact, the reader is the one who can change it. */
const CONTACT_WORDS: Record<Exclude<ContactState['state']['kind'], 'open'>, string> = {
  unsubscribed: 'メールの配信は止まっています。また受け取るには、もう一度登録してください。',
  suppressed:
    'このメールアドレスには届かなくなったため、配信を止めています。また受け取るには、もう一度登録してください。',
  blocked:
    'LINE でこのアカウントをブロックしているため、届いていません。ブロックを解除すると届きます。',
  notFriend:
    'LINE でこのアカウントを友だちに追加しているか、確かめてください。追加していないと届きません。',
}

/** The reader's own page: what is registered and what can be done about it. *Pure.* */
export function myPage(visit: Visit, done: string, known: KnownOfReader): Html {
  const { outlooks, contacts, stops, details, facts } = known
  const { children, base, municipality, words } = visit
  const said = Object.hasOwn(DONE, done) && DONE[done] // whatever an address says
  const closed = municipality?.isActive === false && municipality.name
  if (isQuietPage(visit)) return quietPage(visit, stops)
  return html`<h1>登録の内容</h1>
    ${said && html`<p class="said" role="status">${said}</p>`}
    ${closed && html`<p class="said">${closed}の配信は、いま行われていません。</p>`}
    ${restNotice(visit)} ${contactNotices(contacts)}
    ${children.map((child) =>
      childCard(visit, child, {
        outlook: outlooks.get(child._id) ?? [],
        facts: facts.get(child._id) ?? { sharers: [], lately: [] },
      }),
    )}
    ${profileCard(visit, details)}
    <ul class="links">
      <li><a href="${base}/add">お子さんを追加する</a></li>
      <li><a href="${base}/invite">${words.family.invite.title}</a></li>
      <li><a href="${base}/quiet">${words.quiet.title}</a></li>
      ${stops.length > 0 && html`<li><a href="${base}/undo">${words.quiet.undoList}</a></li>`}
    </ul>`
}

/** Whether nothing comes to a reader because it was stopped: their page is one quiet sentence. *Pure.* */
export function isQuietPage({ reader, children }: Pick<Visit, 'reader' | 'children'>): boolean {
  return reader.status === 'stopped' || children.length === 0
}

function quietPage(visit: Visit, stops: readonly OpenStop[]): Html {
  const { reader, base, words } = visit
  const { off, nothing, title } = words.quiet
  const isStopped = reader.status === 'stopped'
  return html`<h1>${isStopped ? off : nothing}</h1>
    ${stops.map((stop) => undoForm(visit, stop, stops.length > 1))}
    ${isStopped && stops.length === 0 && startAgain(reader.municipality, words)}
    <ul class="links">
      <li>${supportLink(reader.municipality, words)}</li>
      ${!isStopped && html`<li><a href="${base}/add">お子さんを追加する</a></li>`}
      ${!isStopped && html`<li><a href="${base}/quiet">${title}</a></li>`}
    </ul>`
}

function restNotice(visit: Visit): Html | null {
  const { reader, base, words } = visit
  const sentence = restSentence(reader.rest, visit)
  if (sentence === null) return null
  return html`<p class="said">${sentence}</p>
    <form class="undo" method="post" action="${base}/back">
      <button class="second">${words.quiet.rest.comeBack}</button>
    </form>`
}

function contactNotices(contacts: ContactState[]): Html[] {
  const sentences = contacts.flatMap(({ channel, state: { kind } }) => {
    if (kind === 'open') return []
    const isLine = channel === 'line' && kind === 'suppressed'
    return [isLine ? 'LINE に届かなくなったため、配信を止めています。' : CONTACT_WORDS[kind]]
  })
  return sentences.map((sentence) => html`<p class="said">${sentence}</p>`)
}

interface KnownOfChild {
  outlook: readonly string[]
  facts: ChildFacts
}

function childCard(visit: Visit, child: Child, { outlook, facts }: KnownOfChild): Html {
  const { base, today, children } = visit
  const path = `${base}/children/${child._id}`
  const isShared = isEverShared(child)
  const position = children.length > 1 && `${children.indexOf(child) + 1}. `
  return html`<section class="card">
    <h2>${position}${stageLabel(child, today)}</h2>
    <p>${dateLine(child)}</p>
    ${outlook.map((sentence) => html`<p>${sentence}</p>`)} ${childFacts(visit, child, facts)}
    <ul class="links">
      ${
        child.birthDate
          ? html`<li><a href="${path}/birth">誕生日をなおす</a></li>`
          : html`<li><a href="${path}/birth">生まれたことを知らせる</a></li>
              <li><a href="${path}/dates">出産予定日をなおす</a></li>`
      }
      ${isShared && html`<li><a href="${path}/leave">自分だけ、この子の配信を止める</a></li>`}
      <li><a href="${path}/stop">この子の配信を止める</a></li>
    </ul>
  </section>`
}

function dateLine({ birthDate, dueDate }: Child): string {
  if (birthDate) return `誕生日 ${dayLabel(birthDate)}`
  return dueDate ? `出産予定日 ${dayLabel(dueDate)}` : ''
}
