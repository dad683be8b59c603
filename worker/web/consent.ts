import { html, type Html } from '../../src/release/escape'
import type { MunicipalitySettings } from '../../src/plan/settings'

/** What a reader agrees to. *Pure.* */
export function consentText({ name }: MunicipalitySettings, keptDays: number): Html {
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
      <li>
        止めてから(止めないときは、お子さんが 9 歳を過ぎてから)${keptDays}
        日で、連絡先と送った記録を消します。止めた印だけは、まちがって届くことのないように、だれのものか読めない形で、お子さんの日付といっしょに、お子さんが
        9 歳を過ぎるころまで残します。
      </li>
    </ul>
  </section>`
}
