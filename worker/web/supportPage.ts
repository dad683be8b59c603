import { Router } from 'express'

import { html, type Html } from '../../src/release/escape'
import { readPhone } from '../../src/release/phone'
import type { MunicipalitySettings } from '../../src/plan/settings'

import { showQuiet } from './stopDoor'
import { sendClosed, type WebContext } from './webContext'

/** One thing there is, however a pregnancy or a birth went. */
interface Support {
  name: string
  sentence: string
}

/**
 * What there is after a loss too, without a word of one: read by choice, pushed nowhere. A sample,
 * until a reviewed manuscript of the CMS takes its place: this list is the one that moves there.
 *
 * Sources, read 2026-11-28:
 * https://www.city.uji.kyoto.jp/soshiki/84/89834.html (check-up, care, handbook),
 * https://www.town.fuchu.hiroshima.jp/site/kosodate/43783.html (the same, another town),
 * https://www.city.shimabara.lg.jp/page20277.html (the benefit and its two years),
 * https://www.tokyokoukenpo.or.jp/asp/faq/faq.asp?articleid=5138 (the lump sum from day 85)
 */
const SUPPORTS: readonly Support[] = [
  {
    name: '産婦健康診査',
    sentence: 'お母さんのからだの健診です。受診券を使えるかは、窓口か医療機関で確かめられます。',
  },
  {
    name: '産後ケア',
    sentence: '助産師などが、からだとこころの相談にのります。使い方は窓口で聞けます。',
  },
  {
    name: '妊婦支援給付金',
    sentence: '医療機関で胎児の心拍を確認した方が対象です。申請は 2 年以内です。',
  },
  {
    name: '出産育児一時金・産後の休業',
    sentence: '妊娠 85 日(4 か月)からの出産が対象です。加入している健康保険や勤め先で聞けます。',
  },
  {
    name: '母子健康手帳',
    sentence: '返す必要はありません。',
  },
]

/** /support/:code: 手続きや相談先, of a town; the same for everybody who opens it. */
export function supportRoutes(web: WebContext): Router {
  const router = Router()
  router.get('/support/:code', async (request, response) => {
    const { code } = request.params
    const town = /^\d{6}$/.test(code) ? await web.settings.municipality(code) : null
    if (!town) return sendClosed(web, code, response)
    showQuiet({ response }, supportPage(town))
  })
  return router
}

const TITLE = '手続きや相談先'

/** The quiet way to the page. *Pure.* */
export function supportLink(code: string): Html {
  return html`<a href="/support/${code}">${TITLE}</a>`
}

function supportPage({ name, contact }: MunicipalitySettings) {
  const phone = contact.phone ? readPhone(contact.phone) : null
  const body = html`<h1>${TITLE}</h1>
    <p>妊娠や出産がどのような経過でも使えるものです(見本の文です)。</p>
    <dl class="answers">
      ${SUPPORTS.map(
        (one) =>
          html`<dt>${one.name}</dt>
            <dd>${one.sentence}</dd>`,
      )}
    </dl>
    <p>どれも、理由を話さずに聞けます。お話だけでもかまいません。</p>
    <p>
      ${name} ${contact.department}<br />
      ${phone ? html`<a href="${phone.href}">電話 ${phone.number}</a>${phone.rest}` : contact.phone}
      ${contact.hours}
    </p>
    ${contact.url && html`<p><a href="${contact.url}">ホームページ</a></p>`}`
  return { title: TITLE, body }
}
