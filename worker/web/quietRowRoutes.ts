import { Router, type Request } from 'express'

import { html, type HtmlValue } from '../../src/release/escape'
import { readPhone } from '../../src/release/phone'
import type { LineAccount, MunicipalitySettings } from '../../src/plan/settings'

import { giveCookie } from './browserCookie'
import { actionsAfterReading } from './field'
import { helplinesOf } from './helplines'
import { startLogin } from './lineLogin'
import { sendNotFound, sendPage, type WebContext } from './webContext'

/**
 * /r/:code/contact and /r/:code/change: where the quiet row under every LINE text leads, the latter
 * where no talk is answered. Both are the same for everybody: nothing of a reader is in the address.
 */
export function quietRowRoutes(web: WebContext): Router {
  const router = Router()
  router.get('/r/:code/contact', async (request: TownRequest, response) => {
    const town = await townOf(web, request)
    if (!town) return sendNotFound(response)
    sendPage(response, { title: CONTACT, body: contactBody(town), isQuiet: true })
  })
  router.get('/r/:code/change', async (request: TownRequest, response) => {
    const town = await townOf(web, request)
    if (!town) return sendNotFound(response)
    giveCookie(web, request, response)
    const account = await accountOf(web, town)
    sendPage(response, { title: CHANGE, body: changeBody(town, account), isQuiet: true })
  })
  router.post('/r/:code/change', async (request: TownRequest, response) => {
    const town = await townOf(web, request)
    const account = town && (await accountOf(web, town))
    if (!town || !account?.login) return sendNotFound(response)
    const goal = { kind: 'own' as const, lineAccount: account.id, municipality: town.code }
    await startLogin(web, request, { response, goal })
  })
  return router
}

type TownRequest = Request<{ code: string }>

/** A town that has closed, too: whom to ask is the same. */
async function townOf(
  { settings }: WebContext,
  { params: { code } }: TownRequest,
): Promise<MunicipalitySettings | null> {
  return /^\d{6}$/.test(code) ? settings.municipality(code) : null
}

async function accountOf(
  { settings }: WebContext,
  { lineAccount }: MunicipalitySettings,
): Promise<LineAccount | null> {
  return lineAccount === null ? null : settings.lineAccount(lineAccount)
}

const CONTACT = '相談先'
const CHANGE = '登録の内容の変更・配信の停止'

function contactBody(town: MunicipalitySettings): HtmlValue {
  return html`<h1>${CONTACT}</h1>
    ${ownContact(town)}
    <h2>夜間や休日も、いつでも(無料)</h2>
    ${helplinesOf(town.code).map(
      ({ name, number, about }) =>
        html`<p>
          ${about}
          <a class="button second" href="${readPhone(number)?.href}">${name} ${number}</a>
        </p>`,
    )}`
}

function ownContact({ name, contact }: MunicipalitySettings): HtmlValue {
  const { department, phone, hours, url } = contact
  const read = readPhone(phone)
  return html`<p>${name} ${department}</p>
    ${read && html`<p><a class="button main" href="${read.href}">電話 ${read.number}</a></p>`}
    ${read ? read.rest && html`<p>${read.rest}</p>` : phone && html`<p>電話 ${phone}</p>`}
    ${hours && html`<p>受付時間 ${hours}</p>`}
    ${url && html`<p><a href="${url}">ホームページ</a></p>`}`
}

function changeBody(town: MunicipalitySettings, account: LineAccount | null): HtmlValue {
  return html`<h1>${CHANGE}</h1>
    ${account?.login ? loginForm() : town.channels.includes('line') && byTalk(town, account)}
    ${
      town.channels.includes('mail') &&
      html`<h2>メールで受け取っている方</h2>
        <p>登録したメールアドレスに、登録の内容を変えるページのリンクを送ります。</p>
        <p><a href="/me">メールでリンクを受け取る</a></p>`
    }`
}

function loginForm(): HtmlValue {
  return html`<p>LINE で受け取っている方は、LINE でご本人を確かめると、登録の内容が開きます。</p>
    <p>受け取るのは LINE での番号(ユーザー ID)だけです。名前や写真は受け取りません。</p>
    <form method="post">${actionsAfterReading('LINE で確かめて進む')}</form>`
}

/** Without a check by LINE nobody's page can be opened from here: whom to ask instead. */
function byTalk(town: MunicipalitySettings, account: LineAccount | null): HtmlValue {
  if ((account?.answers ?? 'all') !== 'none') {
    return html`<p>
      LINE で受け取っている方は、LINE
      のトークで「登録の内容」と送ってください。登録の内容を変えるページと、配信を止めるページのリンクが届きます。
    </p>`
  }
  return html`<p>
      LINE で受け取っている方の変更と停止は、下の窓口で承ります。理由はおたずねしません。
    </p>
    ${ownContact(town)}`
}
