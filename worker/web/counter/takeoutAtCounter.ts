import { Writable } from 'node:stream'

import { html } from '../../../src/release/escape'
import { blindIndex } from '../../../src/secret/seal'
import { passphraseOf } from '../../../src/archive/passphrase'

import { notice } from '../page'
import type { WebContext } from '../webContext'
import { sendShut, showDesk, TAKEOUT, type Desk, type DeskRequest } from './counterDoor'

/** The words of one visit: they stay the same when the page is loaded again, and end with it. */
function wordsOf({ ring }: WebContext, { visit }: Desk): string {
  return passphraseOf(Buffer.from(blindIndex(ring, visit._id, 'takeout-words'), 'hex'))
}

/** GET: what is in the file, the words that open it, and the button that gives it. */
export function askTakeout(desk: Desk, _: DeskRequest, web: WebContext): void {
  const { visit, municipality, response } = desk
  if (!visit.isTakeout) return sendShut(response)
  const title = `${municipality.name}のすべてを持ち出す`
  const body = html`<h1>${title}</h1>
    <p>
      読者(同意・連絡先・お子さんの日付)、配信の記録、数字、自治体原稿とその承認・前の版、アンケートの結果、画像が、暗号化した
      1 つのファイル(ZIP)に入ります。項目の説明も入っています。
    </p>
    ${
      municipality.isActive
        ? html`<p>
            <strong>いまは配信が続いているので、これは写しです。</strong>
            読むことはできますが、ほかの kizuna
            には持ち込めません。移るときは、システム管理者に頼んで配信をお休みにし、その日の配信が終わってから、もう一度持ち出してください。
          </p>`
        : html`<p>
            配信をお休みにしています。その日の配信も LINE
            アカウントの引っ越しも終わっていれば、ほかの kizuna
            に持ち込めます(どちらかは、ファイルの「はじめに.txt」の初めにあります)。
          </p>`
    }
    <section class="card">
      <h2>1. 開くための言葉を書きとめる</h2>
      <p class="number"><code>${wordsOf(web, desk)}</code></p>
      <p>
        ファイルを開くときに要ります。この画面でしか見られません。ファイルとは別の方法で渡してください。
      </p>
    </section>
    <section class="card">
      <h2>2. ファイルを受け取る</h2>
      <p>
        7-Zip
        などで開けます。読者の個人情報です。置き場所に気をつけ、要らなくなったら消してください。だれがいつ受け取ったかは、記録に残ります。
      </p>
      <form method="post" action="${TAKEOUT}">
        <button class="main">書きとめたので、ファイルを受け取る</button>
      </form>
    </section>`
  showDesk(desk, { title, body })
}

/** POST: gives the file; one that breaks off on the way is cut short, and no program opens it. */
export async function giveTakeout(desk: Desk, _: DeskRequest, web: WebContext): Promise<void> {
  const { visit, municipality, today, response } = desk
  if (!visit.isTakeout) return sendShut(response)
  await web.readers.counter.note(visit, { act: 'takeout' })
  response.setHeader('Content-Type', 'application/zip')
  response.setHeader('Cache-Control', 'no-store')
  response.attachment(`kizuna-${municipality.code}-${today}.zip`)
  try {
    await web.takeOut({
      by: visit.by,
      municipality,
      passphrase: wordsOf(web, desk),
      target: Writable.toWeb(response),
    })
  } catch (error) {
    const { code = 'UNKNOWN' } = error as { code?: unknown }
    web.log.error({ code }, 'A takeout broke off.')
    if (response.headersSent) return void response.destroy()
    response.removeHeader('Content-Disposition')
    const title = 'いまは持ち出せません'
    const body = notice(
      title,
      '管理画面のしくみが答えません。しばらくしてから、もう一度お試しください。',
    )
    showDesk(desk, { title, body }, 503)
  }
}
