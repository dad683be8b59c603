import { html, type Html } from '../../src/release/escape'
import type { LineAnswers, MunicipalitySettings } from '../../src/plan/settings'

import type { Page } from './page'

/** Where to go in LINE. */
export interface FriendLinks {
  friendUrl: string
  /** What the account answers in its talks. */
  answers: LineAnswers
  /** For somebody a family shares a child with: what to send, and where a tap sends it from. */
  share?: { message: string; messageUrl: string | null }
}

/** How to register on LINE: the link that knows the reader comes into their own LINE. *Pure.* */
export function friendPage(municipality: MunicipalitySettings, links: FriendLinks): Page {
  const title = 'LINE で登録する'
  const { friendUrl, answers, share } = links
  const body = html`<h1>${title}</h1>
    <p>${municipality.senderName} を LINE の友だちに追加してください。</p>
    ${share ? shareSteps(share) : html`<p>${FIRST_STEP[answers]}</p>`}
    <div class="actions">
      <a class="button main" href="${friendUrl}">友だちに追加する</a>
      ${
        share?.messageUrl &&
        html`<a class="button second" href="${share.messageUrl}">追加したら、文を送る</a>`
      }
    </div>`
  return { title, body, municipality }
}

const FIRST_STEP: Record<LineAnswers, string> = {
  all: '追加すると、トークに登録のリンクが届きます。リンクを開いて、日付などを入れると登録できます。',
  own: '追加したら、トークで「登録」と送ってください。登録のリンクが届きます。リンクを開いて、日付などを入れると登録できます。',
  none: 'このアカウントでの登録の方法は、自治体の案内をご覧ください。',
}

function shareSteps({ message }: { message: string }): Html {
  return html`<p>
      追加したら、トークで次の文をそのまま送ってください。ご家族と同じお子さんの登録のリンクが届きます。
    </p>
    <p class="consent">${message}</p>`
}
