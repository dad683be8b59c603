import { escapeHtml } from '../../src/release/escape'
import { mailBeginning } from '../../src/release/lockScreen'
import { shortMomentLabel } from '../../src/stage/japaneseDate'

import type { ShownMail } from './conversation'
import { pageAddress, type InboxQuery } from './inboxQuery'

interface MailsView {
  query: InboxQuery
  mails: ShownMail[] | null
}

/** The mails of one address, as a phone shows them. *Pure.* */
export function mailPane({ mails, query }: MailsView): string {
  if (!mails) {
    return '<div class="phone"><div class="phone-top"><b>メール</b></div><p class="hint">一覧からメールの読者を選ぶと、ここに届いたメールが出ます。</p></div>'
  }
  const list = mails.map((one, index) => mailHtml(one, index === 0)).join('\n')
  return `<div class="phone phone-mail">
<div class="phone-top"><a class="back" href="${pageAddress({ ...query, line: null, mail: null })}">‹ 一覧</a><b>受信トレイ</b></div>
<div id="mails" data-live>${list || '<p class="hint">メールはありません。</p>'}</div>
</div>
<p class="hint">宛先: <code>${escapeHtml(query.mail ?? mails[0]?.mail.to ?? '')}</code></p>`
}

function mailHtml({ number, at, mail }: ShownMail, isOpen: boolean): string {
  const subject = escapeHtml(mail.subject || '(件名なし)')
  const sender = escapeHtml(mail.fromName || mail.fromAddress)
  const begins = escapeHtml(mailBeginning(mail.text))
  const stop = mail.unsubscribeUrl
    ? `<a href="${escapeHtml(mail.unsubscribeUrl)}" target="_blank" rel="noreferrer">${mail.isOneClick ? '配信停止(ワンクリック対応)' : '配信停止'}</a>`
    : ''
  return `<details class="mail" id="mail-${number}"${isOpen ? ' open' : ''}>
<summary><span class="who"><b>${sender}</b><time>${shortMomentLabel(new Date(at))}</time></span><span class="subject">${subject}</span><span class="begins">${begins}</span></summary>
<p class="mail-from">${escapeHtml(mail.fromAddress)} ${stop}</p>
<iframe title="${subject}" sandbox="allow-popups allow-popups-to-escape-sandbox" src="/inbox/mail/${number}" loading="lazy"></iframe>
<p class="mail-from"><a href="/inbox/mail/${number}?as=text" target="_blank" rel="noreferrer">テキスト版を見る</a></p>
</details>`
}
