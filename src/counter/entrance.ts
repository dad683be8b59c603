import type { Endpoint } from 'payload'

import { recordAudit } from '../cms/audit'
import { endpoint, httpRefusal, only } from '../cms/endpoint'
import { municipalityOf } from '../cms/municipalityOf'
import { ReviewRefusal } from '../cms/refusal'
import { canOpenCounter } from '../people/roles'
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
export function counterEntrance({ now, ring, publicUrl }: CounterOptions): Endpoint {
  return endpoint({
    method: 'post',
    path: '/counter/:id/entrance',
    who: only(canOpenCounter, '窓口をひらけるのは、その自治体の職員とシステム管理者だけです。'),
    run: async ({ req, id }) => {
      if (!ring || !publicUrl) throw httpRefusal(NO_COUNTER, 503)
      const town = await municipalityOf(id, req)
      if (!town) throw new ReviewRefusal('NOT_FOUND', 'この自治体はありません。')
      const by = String(req.user?.id)
      const token = sealEntrance(ring, { by, municipality: town.code }, now())
      await recordAudit(req, {
        action: 'counter',
        collection: 'municipalities',
        documentId: id,
        title: town.name,
        at: now(),
      })
      const headers = { Location: `${publicUrl}/counter/enter/${token}` }
      return new Response(null, { status: 303, headers })
    },
  })
}
