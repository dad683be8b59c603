import type { MunicipalitySettings } from '../settings'

import { html } from './html'
import type { Page } from './page'

/** How to register on LINE: the link that knows the reader comes into their own LINE. *Pure.* */
export function friendPage(municipality: MunicipalitySettings, friendUrl: string): Page {
  const title = 'LINE で登録する'
  const body = html`<h1>${title}</h1>
    <p>${municipality.senderName} を LINE の友だちに追加してください。</p>
    <p>
      追加すると、トークに登録のリンクが届きます。リンクを開いて、日付などを入れると登録できます。
    </p>
    <div class="actions"><a class="button main" href="${friendUrl}">友だちに追加する</a></div>`
  return { title, body, municipality }
}
