import { APIError, type Endpoint, type PayloadHandler } from 'payload'

import { recordAudit } from '../cms/audit'
import type { AuditAction } from '../cms/audit'
import { endpoint, httpRefusal, only, type Guard } from '../cms/endpoint'
import { municipalityOf } from '../cms/municipalityOf'
import { ReviewRefusal } from '../cms/refusal'
import { canOpenCounter } from '../people/roles'
import { sealEntrance } from '../secret/entrance'
import type { KeyRing } from '../secret/seal'
import { closedTab, leadTo } from './ownTab'

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
  const way = endpoint({
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
  return { ...way, handler: saidOnPages(way.handler) }
}

/** A form opens a tab of its own: what is refused there is read by a person, and not by our own scripts. */
function saidOnPages(handler: PayloadHandler): PayloadHandler {
  return async (req) => {
    try {
      return await handler(req)
    } catch (error) {
      const isForm = req.headers.get('accept')?.includes('text/html')
      if (!isForm || !(error instanceof APIError)) throw error
      return closedTab(req.user ? error.message : LOGGED_OUT, error.status)
    }
  }
}

const LOGGED_OUT =
  'ログインが終わっています。管理画面を開き直してログインしてから、もう一度押してください。'
