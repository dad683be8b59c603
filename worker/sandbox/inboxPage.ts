import { localDayOf } from '../../src/stage/day'
import { clockLabel, dayLabel, shortDayLabel } from '../../src/stage/japaneseDate'
import { escapeHtml } from '../../src/release/escape'

import { messageHtml } from './flexHtml'
import {
  MAX_READERS,
  type Bubble,
  type Conversation,
  type InboxReader,
  type ShownMail,
} from './inboxModel'
import type { SandboxChannel } from './lineState'

/** What the address of the page asks for. */
export interface InboxQuery {
  line: string | null
  mail: string | null
  /** `2026-11-23`, or empty for all days. */
  date: string
  search: string
}

/** Everything the page shows. */
export interface InboxView {
  query: InboxQuery
  readers: InboxReader[]
  channels: SandboxChannel[]
  conversation: Conversation | null
  mails: ShownMail[] | null
  /** Who is shown: chosen in the query, or the latest. */
  shown: { line: string | null; mail: string | null }
}

/** What stands on top of the inbox, so that nobody takes it for the real thing. */
export const SANDBOX_BANNER = 'これは練習用の受信箱です。実際の LINE・メールには送られません'

/** The inbox page. *Pure.* */
export function renderInbox(view: InboxView): string {
  const { query } = view
  const isOpen = query.line !== null || query.mail !== null
  return `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>練習用の受信箱 | kizuna</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/inbox/inbox.css">
<noscript><meta http-equiv="refresh" content="10"></noscript>
<script src="/inbox/live.js" defer></script>
</head>
<body class="${isOpen ? 'is-open' : 'is-list'}">
<header class="banner"><h1 class="hidden">練習用の受信箱</h1><p>${SANDBOX_BANNER}</p></header>
<main class="columns">
<section class="side" aria-label="読者">
<h2>練習用の受信箱</h2>
${searchHtml(query)}
${befriendHtml(view)}
<nav id="readers" data-live aria-label="届いた相手">${readersHtml(view)}</nav>
</section>
<div class="phones">
<section class="pane pane-line" aria-label="LINE">${linePane(view)}</section>
<section class="pane pane-mail" aria-label="メール">${mailPane(view)}</section>
</div>
</main>
</body>
</html>`
}

function searchHtml({ search, date, line, mail }: InboxQuery): string {
  const hidden = [
    line ? `<input type="hidden" name="line" value="${escapeHtml(line)}">` : '',
    mail ? `<input type="hidden" name="mail" value="${escapeHtml(mail)}">` : '',
  ]
  const isFiltered = search !== '' || date !== ''
  return `<form class="search" method="get" action="/" role="search">${hidden.join('')}
<label>読者をさがす<input type="search" name="q" value="${escapeHtml(search)}" placeholder="名前、ID、メールアドレス"></label>
<label>届いた日<input type="date" name="date" value="${escapeHtml(date)}"></label>
<div class="row"><button type="submit">さがす</button>${isFiltered ? `<a href="${address({ line, mail, date: '', search: '' })}">条件を消す</a>` : ''}</div>
</form>`
}

function befriendHtml({ channels, readers }: InboxView): string {
  const hasReaders = readers.some(({ kind }) => kind === 'line')
  if (channels.length === 0) {
    return '<p class="hint">LINE アカウントがまだ登録されていません。CMS と配信の準備ができると、ここに「友だちになる」が出ます。</p>'
  }
  const forms = channels.map(
    ({
      channelId,
      name,
      basicId,
    }) => `<form method="post" action="/inbox/befriend" class="befriend">
<input type="hidden" name="channel" value="${escapeHtml(channelId)}">
<button type="submit">友だちになる<span>${escapeHtml(name || basicId || channelId)}</span></button>
</form>`,
  )
  return `<details class="befriends"${hasReaders ? '' : ' open'}><summary>LINE で友だちになる</summary>
<p class="hint">新しい読者として友だち追加をします。登録ページの案内がトークに届きます。</p>
${forms.join('\n')}</details>`
}

function readersHtml({ readers, query, shown }: InboxView): string {
  if (readers.length === 0) {
    return `<p class="hint">${
      query.search === ''
        ? 'まだ何も届いていません。配信が始まると、ここに並びます。'
        : '見つかりませんでした。言葉を変えてください。'
    }</p>`
  }
  const rows = readers.map((reader) =>
    readerHtml(reader, { query, isCurrent: shown[reader.kind] === reader.id }),
  )
  const more =
    readers.length < MAX_READERS
      ? ''
      : `<p class="hint">新しい順に ${MAX_READERS} 件です。ほかの読者は「さがす」で見つかります。</p>`
  return `<ul>${rows.join('\n')}</ul>${more}`
}

interface RowOptions {
  query: InboxQuery
  isCurrent: boolean
}

function readerHtml(reader: InboxReader, { query, isCurrent }: RowOptions): string {
  const href = address({ ...query, [reader.kind]: reader.id })
  const kind = reader.kind === 'line' ? 'LINE' : 'メール'
  return `<li><a href="${href}"${isCurrent ? ' aria-current="true"' : ''}>
<span class="kind kind-${reader.kind}">${kind}</span>
<span class="who"><b>${escapeHtml(reader.name)}</b><time>${shortTime(reader.at)}</time></span>
<span class="from">${escapeHtml(reader.from)}</span>
<span class="latest">${escapeHtml(reader.latest)}</span></a></li>`
}

function linePane({ conversation, query }: InboxView): string {
  if (!conversation) {
    return '<div class="phone"><div class="phone-top"><b>LINE</b></div><p class="hint">一覧から LINE の読者を選ぶと、ここにトークが出ます。</p></div>'
  }
  const { name, channel, isBlocked, bubbles, userId } = conversation
  const title = escapeHtml(channel?.name || channel?.basicId || 'LINE')
  const when = query.date === '' ? 'まだ' : 'この日の'
  const empty = `<p class="day">${when}メッセージはありません</p>`
  return `<div class="phone phone-line">
<div class="phone-top"><a class="back" href="${address({ ...query, line: null, mail: null })}">‹ 一覧</a><b>${title}</b></div>
<div class="talk" id="talk" data-live tabindex="0" aria-label="${title} のトーク">
${bubbles.length === 0 ? empty : bubblesHtml(bubbles, title)}
</div>
<div class="phone-foot" id="line-foot" data-live>${lineFoot(conversation)}</div>
</div>
<p class="hint">読者: ${escapeHtml(name)} <code>${escapeHtml(userId)}</code>${isBlocked ? ' <strong>ブロック中</strong>' : ''}</p>`
}

function lineFoot({ channel, userId, isBlocked }: Conversation): string {
  if (!channel) return ''
  const fields = `<input type="hidden" name="channel" value="${escapeHtml(channel.channelId)}"><input type="hidden" name="user" value="${escapeHtml(userId)}">`
  return isBlocked
    ? `<p>ブロックしています。届いたことになりますが、表示されません。</p>
<form method="post" action="/inbox/unblock">${fields}<button type="submit">ブロックを解除する</button></form>`
    : `<form method="post" action="/inbox/block">${fields}<button type="submit" class="quiet">このアカウントをブロックする</button></form>`
}

function bubblesHtml(bubbles: Bubble[], title: string): string {
  let day = ''
  return bubbles
    .map((bubble) => {
      const own = localDayOf(new Date(bubble.at))
      const line = own === day ? '' : `<p class="day">${dayLabel(own)}</p>`
      day = own
      return line + bubbleHtml(bubble, title)
    })
    .join('\n')
}

function bubbleHtml({ at, side, messages }: Bubble, title: string): string {
  const rows = messages.map(
    (message) =>
      `<div class="line">${messageHtml(message)}<time datetime="${new Date(at).toISOString()}">${clockLabel(new Date(at))}</time></div>`,
  )
  const avatar =
    side === 'account'
      ? `<span class="avatar" aria-hidden="true">${[...title][0] ?? ''}</span>`
      : ''
  return `<div class="said said-${side}">${avatar}<div class="lines">${side === 'account' ? `<span class="name">${title}</span>` : ''}${rows.join('')}</div></div>`
}

function mailPane({ mails, query }: InboxView): string {
  if (!mails) {
    return '<div class="phone"><div class="phone-top"><b>メール</b></div><p class="hint">一覧からメールの読者を選ぶと、ここに届いたメールが出ます。</p></div>'
  }
  const list = mails.map((one, index) => mailHtml(one, index === 0)).join('\n')
  return `<div class="phone phone-mail">
<div class="phone-top"><a class="back" href="${address({ ...query, line: null, mail: null })}">‹ 一覧</a><b>受信トレイ</b></div>
<div id="mails" data-live>${list || '<p class="hint">メールはありません。</p>'}</div>
</div>
<p class="hint">宛先: <code>${escapeHtml(query.mail ?? mails[0]?.mail.to ?? '')}</code></p>`
}

function mailHtml({ number, at, mail }: ShownMail, isOpen: boolean): string {
  const subject = escapeHtml(mail.subject || '(件名なし)')
  const sender = escapeHtml(mail.fromName || mail.fromAddress)
  const stop = mail.unsubscribeUrl
    ? `<a href="${escapeHtml(mail.unsubscribeUrl)}" target="_blank" rel="noreferrer">${mail.isOneClick ? '配信停止(ワンクリック対応)' : '配信停止'}</a>`
    : ''
  return `<details class="mail" id="mail-${number}"${isOpen ? ' open' : ''}>
<summary><span class="who"><b>${sender}</b><time>${shortTime(at)}</time></span><span class="subject">${subject}</span></summary>
<p class="mail-from">${escapeHtml(mail.fromAddress)} ${stop}</p>
<iframe title="${subject}" sandbox="allow-popups allow-popups-to-escape-sandbox" src="/inbox/mail/${number}" loading="lazy"></iframe>
<p class="mail-from"><a href="/inbox/mail/${number}?as=text" target="_blank" rel="noreferrer">テキスト版を見る</a></p>
</details>`
}

function address({ line, mail, date, search }: InboxQuery): string {
  const query = new URLSearchParams()
  if (line) query.set('line', line)
  if (mail) query.set('mail', mail)
  if (date) query.set('date', date)
  if (search) query.set('q', search)
  return escapeHtml(query.size === 0 ? '/' : `/?${query}`)
}

function shortTime(at: number): string {
  const instant = new Date(at)
  return `${shortDayLabel(localDayOf(instant))} ${clockLabel(instant)}`
}
