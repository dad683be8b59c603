import type { Endpoint } from 'payload'

import { recordAudit } from '../cms/audit'
import type { AuditAction } from '../cms/audit'
import { endpoint, httpRefusal, only, type Guard } from '../cms/endpoint'
import { municipalityOf } from '../cms/municipalityOf'
import { ReviewRefusal } from '../cms/refusal'
import { canOpenCounter } from '../people/roles'
import { html } from '../release/escape'
import { sealEntrance } from '../secret/entrance'
import type { KeyRing } from '../secret/seal'

/** What the way to the counter is made with. */
export interface CounterOptions {
  now: () => Date
  ring: KeyRing | null
  /** Address of the delivery half's pages, or null. */
  publicUrl: string | null
}

/** Said where the two halves do not know each other. */
export const NO_COUNTER =
  '窓口の画面は、まだ使えません。システム管理者に、PUBLIC_URL と KIZUNA_KEYS の設定を頼んでください。'

/**
 * `POST /counter/:id/entrance`: leads a person of the municipality (or an admin) to its counter, a
 * page of the delivery half, where alone readers' data is. The CMS notes who went there, and learns
 * of no reader.
 */
export function counterEntrance(options: CounterOptions): Endpoint {
  return entrance(options, {
    path: '/counter/:id/entrance',
    who: only(canOpenCounter, '窓口をひらけるのは、その自治体の職員とシステム管理者だけです。'),
    action: 'counter',
  })
}

/** A way to the delivery half's pages for staff. */
export interface Way {
  /** With the municipality's id. */
  path: string
  who: Guard
  /** What is noted of who goes there. */
  action: AuditAction
  /** They come to take away all that is the municipality's. */
  isTakeout?: true
}

/** The endpoint that leads whoever may to the delivery half's pages, once, and notes it. */
export function entrance(
  { now, ring, publicUrl }: CounterOptions,
  { path, who, action, isTakeout }: Way,
): Endpoint {
  return endpoint({
    method: 'post',
    path,
    who,
    run: async ({ req, id }) => {
      if (!ring || !publicUrl) throw httpRefusal(NO_COUNTER, 503)
      const town = await municipalityOf(id, req)
      if (!town) throw new ReviewRefusal('NOT_FOUND', 'この自治体はありません。')
      const by = String(req.user?.id)
      const entering = { by, municipality: town.code, ...(isTakeout && { isTakeout }) }
      const token = sealEntrance(ring, entering, now())
      await recordAudit(req, {
        action,
        collection: 'kizuna-municipalities',
        documentId: id,
        title: town.name,
        at: now(),
      })
      return leadTo(`${publicUrl}/counter/enter/${token}`)
    },
  })
}

/**
 * A page that leads on by itself. A redirection would be of the form that was sent, and browsers hold
 * that to the admin's `form-action 'self'`; the counter is of another origin.
 *
 * Source: https://www.w3.org/TR/CSP3/#directive-form-action
 */
function leadTo(url: string): Response {
  const page = html`<!doctype html>
    <html lang="ja">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="refresh" content="0; url=${url}" />
        <title>画面をひらいています</title>
      </head>
      <body>
        <p><a href="${url}">画面をひらく</a></p>
      </body>
    </html>`
  const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' }
  return new Response(String(page), { headers })
}
