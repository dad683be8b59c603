import { lineIdsOf } from '../../../src/accounts/topology'
import { html, type Html } from '../../../src/release/escape'
import type { ContactState } from '../../readers/contactState'
import type { Reader } from '../../readers/reader'

import { askOthersSentence } from '../family/dateRightsPage'
import { othersDates, type OthersDates } from '../family/othersDates'
import { maskedAddress } from '../maskedAddress'
import type { WebContext } from '../webContext'
import { standard } from '../words/standard'
import { editionName } from '../words/words'
import { nameOf } from './childDate'
import { COUNTER, showDesk, type DeskRequest, type ServedDesk } from './counterDoor'
import { moveTrialSection } from './moveTrialAtCounter'
import { hasSomethingToStop } from './stopAtCounter'
import { findStops, stoppedSection } from './undoAtCounter'

/** What was just done, said on the page. */
const DONE: Readonly<Record<string, string>> = {
  undone: '元にもどしました。',
  about: '変えました。',
  same: '変わったところはありません。',
  dates: '日付を変えました。',
  trial: '引っ越しの試しに加えました。配信の時間のうちなら、数分でお知らせが届きます。',
  noTrial: '試しには加えていません。この方の届け先は、引っ越しの前のアカウントではありません。',
  noRight: '日付は変えていません。この方は、この子の日付を変えられません。',
}

/** What is registered of the reader who is there: their contact masked, their children by date. */
export async function showReader(
  desk: ServedDesk,
  request: DeskRequest,
  web: WebContext,
): Promise<void> {
  const { reader, municipality } = desk
  const { done } = request.query
  const said = typeof done === 'string' && Object.hasOwn(DONE, done) ? (DONE[done] ?? null) : null
  const contacts = await web.readers.contactStates(reader, lineIdsOf(municipality))
  const others = await othersDates(web, desk)
  const stops = await findStops(web, desk)
  const title = 'この方の登録'
  const body = html`<h1>${title}</h1>
    ${said && html`<p class="said" role="status">${said}</p>`} ${nothingComes(desk, contacts)}
    ${stoppedSection(desk, stops)} ${registered(web, desk)} ${acts(desk, others)}
    ${moveTrialSection(desk)}
    <ul class="links">
      <li><a href="${COUNTER}">次の方をさがす</a></li>
    </ul>`
  showDesk(desk, { title, body })
}

function registered(web: WebContext, { reader, children, municipality }: ServedDesk): Html {
  const { answers, noArea } = standard.registration
  const names = { editionLabels: web.editionLabels, words: standard }
  const rows: [string, string][] = [
    [answers.channel, reader.identities.map((one) => contactLabel(web, one)).join('、')],
    [answers.relation, standard.relations[reader.relation]],
    [answers.edition, editionName(reader.edition, names)],
    ...(municipality.areas.length > 0 ? [[answers.area, reader.area ?? noArea] as const] : []).map(
      ([term, value]): [string, string] => [term, value],
    ),
    ...children.map((child): [string, string] => ['お子さん', nameOf(child, children)]),
  ]
  return html`<dl class="answers">
    ${rows.map(
      ([term, value]) =>
        html`<div>
          <dt>${term}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`
}

function contactLabel({ readers }: WebContext, identity: Reader['identities'][number]): string {
  if (identity.channel === 'line') return standard.channels.line
  return `${standard.channels.mail} ${maskedAddress(readers.openAddress(identity))}`
}

/** Why nothing comes, as far as staff may help with it. */
function nothingComes(desk: ServedDesk, contacts: ContactState[]): Html | null {
  const sentence = !hasSomethingToStop(desk)
    ? 'いま、この方に届く配信はありません。'
    : contacts.some(({ state }) => state.kind === 'open' || state.kind === 'notFriend')
      ? null
      : 'いまの連絡先には届いていません。メールの受信の設定や、LINE のブロックを、ご本人に確かめてもらってください。'
  return sentence === null ? null : html`<p class="said">${sentence}</p>`
}

function acts(desk: ServedDesk, others: OthersDates): Html {
  const { reader, children, base } = desk
  const isOn = reader.status === 'active'
  return html`<ul class="links">
    ${hasSomethingToStop(desk) && html`<li><a href="${base}/stop">配信を止める</a></li>`}
    ${
      isOn &&
      children.map((child) => {
        const rights = others.get(child._id)
        return html`<li>
          ${
            rights
              ? html`<p>${nameOf(child, children)}: ${askOthersSentence(rights, standard)}</p>`
              : html`<a href="${base}/children/${child._id}/dates"
                  >日付を変える(${nameOf(child, children)})</a
                >`
          }
        </li>`
      })
    }
    ${isOn && html`<li><a href="${base}/about">続柄・文章の書き方・地区を変える</a></li>`}
  </ul>`
}
