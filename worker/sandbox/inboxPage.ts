import { escapeHtml } from '../../src/release/escape'
import { shortMomentLabel } from '../../src/stage/japaneseDate'

import { mailPane } from './inboxMails'
import type { Conversation, ShownMail } from './conversation'
import { pageAddress, type InboxQuery } from './inboxQuery'
import { MAX_READERS, type InboxReader } from './inboxReaders'
import { linePane } from './inboxTalk'
import type { SandboxChannel } from './lineState'

/** Everything the page shows. */
export interface InboxView {
  query: InboxQuery
  readers: InboxReader[]
  channels: SandboxChannel[]
  conversation: Conversation | null
  mails: ShownMail[] | null
  /** Who is shown: chosen in the query, or the latest. */
  shown: { line: string | null; mail: string | null }
  /** What is said while the product shows another time than the real one. */
  practiceClock: string | null
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
<header class="banner"><h1 class="hidden">練習用の受信箱</h1><p>${SANDBOX_BANNER}</p>${clockHtml(view)}</header>
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

function clockHtml({ practiceClock }: InboxView): string {
  return practiceClock ? `<p>${escapeHtml(practiceClock)}</p>` : ''
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
<div class="row"><button type="submit">さがす</button>${isFiltered ? `<a href="${pageAddress({ line, mail, date: '', search: '' })}">条件を消す</a>` : ''}</div>
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
  const href = pageAddress({ ...query, [reader.kind]: reader.id })
  const kind = reader.kind === 'line' ? 'LINE' : 'メール'
  return `<li><a href="${href}"${isCurrent ? ' aria-current="true"' : ''}>
<span class="kind kind-${reader.kind}">${kind}</span>
<span class="who"><b>${escapeHtml(reader.name)}</b><time>${shortMomentLabel(new Date(reader.at))}</time></span>
<span class="from">${escapeHtml(reader.from)}</span>
<span class="latest">${escapeHtml(reader.latest)}</span></a></li>`
}
