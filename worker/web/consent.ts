import { html, type Html } from '../../src/release/escape'
import type { MunicipalitySettings } from '../../src/plan/settings'

/** What a reader agrees to. *Pure.* */
export function consentText({ name }: MunicipalitySettings): Html {
  return html`<section class="consent" aria-labelledby="consent-title">
    <h2 id="consent-title">個人情報の取り扱い</h2>
    <ul>
      <li>
        ${name}が、お子さんの時期に合わせた情報を届けるために使います。ほかの目的には使いません。
      </li>
      <li>
        お預かりするのは、連絡先、出産予定日または誕生日、続柄、選んだ版と地区だけです。お名前は伺いません。
      </li>
      <li>連絡先は暗号化して保管します。</li>
      <li>配信はいつでも、理由なしで止められます。</li>
    </ul>
  </section>`
}
