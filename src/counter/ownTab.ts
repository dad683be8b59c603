import { html, type Html } from '../release/escape'

/**
 * A page that leads on by itself. A redirection would be of the form that was sent, and browsers hold
 * that to the admin's `form-action 'self'`; the counter is of another origin.
 *
 * Source: https://www.w3.org/TR/CSP3/#directive-form-action
 */
export function leadTo(url: string): Response {
  const body = html`<p><a href="${url}">画面をひらく</a></p>
    <p>
      しばらく待っても開かないときは、配信のしくみが止まっているかもしれません。システム管理者に知らせてください。
    </p>`
  const head = html`<meta http-equiv="refresh" content="0; url=${url}" />`
  return tab(200, { title: '画面をひらいています', head, body })
}

/** A page that says why the way is closed; it stands in a tab of its own, with no menu around it. */
export function closedTab(sentence: string, status: number): Response {
  return tab(status, {
    title: 'ひらけませんでした',
    head: html``,
    body: html`<h1>ひらけませんでした</h1>
      <p>${sentence}</p>
      <p>このタブは閉じてかまいません。</p>`,
  })
}

function tab(status: number, { title, head, body }: { title: string; head: Html; body: Html }) {
  const page = html`<!doctype html>
    <html lang="ja">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        ${head}
        <title>${title}</title>
      </head>
      <body>
        ${body}
      </body>
    </html>`
  const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' }
  return new Response(String(page), { status, headers })
}
