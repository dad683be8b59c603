import { escapeHtml } from '../../src/release/escape'

import type { SandboxChannel, SandboxFriend } from './lineState'

/** Most people offered: the newest friends are those somebody tries it with. */
const MAX_PEOPLE = 20

interface LoginView {
  /** Of the request; the answer goes to the same address. */
  url: URL
  account: SandboxChannel
  /** Friends of the account's provider, newest first. */
  people: SandboxFriend[]
}

/** Where the practice LINE asks who somebody is; the real one knows, or asks for a password. *Pure.* */
export function loginPage({ url, account, people }: LoginView): string {
  const choices = people
    .slice(0, MAX_PEOPLE)
    .map(({ userId, name }) => choice(userId, `${name} として進む`))
  return dressed(`<h1>LINE ログイン(練習用)</h1>
<p>「${escapeHtml(account.name || account.basicId)}」が、あなたの LINE での番号(ユーザー ID)を確かめます。本物の LINE では、ログインしている人がそのまま確かめられます。ここでは、だれとして進むかを選んでください。</p>
<form method="post" action="${escapeHtml(`${url.pathname}${url.search}`)}">
${choices.join('\n')}
${choice('stranger', '友だちではない、ほかの人として進む')}
${choice('', 'やめる')}
</form>`)
}

function choice(value: string, label: string): string {
  return `<p><button type="submit" name="user" value="${escapeHtml(value)}">${escapeHtml(label)}</button></p>`
}

/** What the practice LINE shows instead when the request itself is wrong. *Pure.* */
export function refusedLoginPage(reason: string): string {
  return dressed(`<h1>400 Bad Request</h1>
<p>${escapeHtml(reason)}</p>
<p>LINE ログインのチャネルの設定(コールバック URL など)を確かめてください。</p>`)
}

function dressed(body: string): string {
  return `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>LINE ログイン(練習用) | kizuna</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/inbox/inbox.css">
</head>
<body>
<header class="banner"><p>これは練習用の画面です。実際の LINE にはつながりません</p></header>
<main class="login">${body}</main>
</body>
</html>`
}
