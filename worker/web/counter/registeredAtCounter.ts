import { html, type Html, type HtmlValue } from '../../../src/release/escape'
import { checkMailAddress } from '../../../src/release/mailAddress'

import { newKey } from '../browserCookie'
import { errorSummary, textField, titleWith, type FieldErrors } from '../field'
import { findTyped, formIdOf, keepTyped, type Typed } from '../formMemory'
import type { WebContext } from '../webContext'
import { registrationOf, textOf, unsentSaid } from './counterDraft'
import { COUNTER, showDesk, type Desk, type DeskRequest } from './counterDoor'
import { sendConfirmation } from './sendAtCounter'

/**
 * After a registration: nothing comes before its owner has confirmed it. The address stands there to
 * be read by the person who gave it, and can be mended at once.
 */
export async function showRegistered(
  desk: Desk,
  request: DeskRequest,
  web: WebContext,
): Promise<void> {
  const typed = await openSent(desk, request, web)
  if (!typed) return
  const { faulty, done } = request.query
  const errors = 'faulty' in request.query ? faultOf(typed, faulty) : {}
  const title = '確かめるメールを送りました'
  const body = html`<h1>${title}</h1>
    ${errorSummary(errors)}
    ${textOf(done)
      .split(' ')
      .map((one) => saidOf(one))}
    <p class="said">送った先<br /><strong>${typed.mail}</strong></p>
    <p>つづりを、その方に見て確かめてもらってください。</p>
    <p>その方に届いたメールのボタンを押してもらうと、登録が終わります。24 時間使えます。</p>
    ${mendForm(formIdOf(request) ?? '', typed, errors)}
    <ul class="links">
      <li><a href="${COUNTER}/register">続けて登録する</a></li>
      <li><a href="${COUNTER}">窓口にもどる</a></li>
    </ul>`
  showDesk(desk, { title: titleWith(errors, title), body })
}

/** What was just done, said on the page. */
const DONE: Readonly<Record<string, string>> = {
  again: 'もう一度送りました。',
  mended: '直したアドレスに送りました。前に送ったボタンは、もう使えません。',
  used: '前に送ったボタンは、もう押されていました。前のアドレスの登録を「窓口にもどる」からさがして、止めてください。',
}

function saidOf(done: string): HtmlValue {
  return Object.hasOwn(DONE, done) && html`<p role="status">${DONE[done]}</p>`
}

function mendForm(id: string, typed: Typed, errors: FieldErrors): Html {
  const hint = '直して送り直すと、前に送ったボタンは使えなくなります。'
  return html`<form class="besides" method="post" action="${COUNTER}/registered?d=${id}" novalidate>
    <h2>まちがっていたら、届かないときは</h2>
    <p>つづりが合っていても届かないときは、迷惑メールの設定を見てもらってください。</p>
    <input type="hidden" name="once" value="${newKey()}" />
    ${textField(
      { name: 'mail', label: 'メールアドレス', hint, errors },
      { type: 'email', value: typed.mended || (typed.mail ?? ''), autocomplete: 'off' },
    )}
    <button class="second">このアドレスに送り直す</button>
  </form>`
}

function faultOf({ mended = '' }: Typed, faulty: unknown): FieldErrors {
  const checked = checkMailAddress(mended)
  const said = checked.isValid ? unsentSaid(faulty) : checked.message
  return said === undefined ? {} : { mail: said }
}

/** POST: the mail goes to the mended address, and what waits at the one before ends. */
export async function mendAddress(
  desk: Desk,
  request: DeskRequest,
  web: WebContext,
): Promise<void> {
  const typed = await openSent(desk, request, web)
  if (!typed) return
  const { mail: given, once } = (request.body ?? {}) as Record<string, unknown>
  const goBack = async (kept: Typed, query: string) => {
    const id = await keepTyped(web, request, kept)
    desk.response.redirect(303, `${COUNTER}/registered?d=${id}&${query}`)
  }
  const checked = checkMailAddress(textOf(given))
  const refused = { ...typed, mended: textOf(given) }
  if (!checked.isValid) return goBack(refused, 'faulty')
  const isMended = checked.address !== typed.mail
  const mended = { ...typed, mail: checked.address, mended: '' }
  const registration = registrationOf(web, desk, mended)
  const sent = await sendConfirmation(web, desk, { registration, once: textOf(once), isMended })
  if (sent.status !== 'sent') return goBack(refused, `faulty=${sent.status}`)
  const before = (typed.waiting ?? '').split(' ').filter(Boolean)
  if (!isMended) return goBack(sentTo(mended, [...before, sent.waiting]), 'done=again')
  const ended = await Promise.all(before.map((id) => web.readers.endConfirmation(id)))
  const done = ended.includes('used') ? 'mended+used' : 'mended'
  await goBack(sentTo(mended, [sent.waiting]), `done=${done}`)
}

/** What is kept of a registration whose mail is out, with the ids of what waits. *Pure.* */
export function sentTo(typed: Typed, waiting: readonly (string | undefined)[]): Typed {
  const ids = waiting.filter((id) => id !== undefined)
  return { ...typed, isSent: 'yes', waiting: ids.join(' ') }
}

/** What was typed of a registration whose mail is out, in this browser; or leads to the form. */
async function openSent(
  { response }: Desk,
  request: DeskRequest,
  web: WebContext,
): Promise<Typed | null> {
  const typed = await findTyped(web, request)
  if (typed?.isSent === 'yes') return typed
  response.redirect(303, `${COUNTER}/register`)
  return null
}
