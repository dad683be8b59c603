import type { PayloadRequest } from 'payload'

import { asStored, toStore } from '../cms/stored'
import { hasRole, municipalityIdOf } from '../people/roles'
import type { KizunaAddOn } from '../payload-types'
import { recordAudit } from '../cms/audit'
import { ReviewRefusal } from '../cms/refusal'
import { relatedId } from '../cms/relation'
import { inTransaction } from '../cms/transaction'
import { refuseUnlessNewest, type StaleWords } from '../review/gate/staleSaves'
import type { StoredDocument } from '../review/rules/freeze'

/** What a municipal editor says about a proposal. */
export interface Decision {
  verdict: 'take' | 'decline'
  /** Why it is declined; of no account when it is taken. */
  reason: string
  /** Version that was read, as a save names it; its contributor may have changed it since. */
  updatedAt: string | null
}

/**
 * Takes a proposal, which makes it the municipality's add-on, or declines it with a reason that its
 * contributor reads. Neither changes what readers would see, so nobody becomes an author by it.
 *
 * @throws ReviewRefusal NOT_FOUND, NOT_ALLOWED for all but the municipality's own editors,
 * INCOMPLETE without a reason or when it is no open proposal, STALE_SAVE when it was changed since
 * it was read.
 */
export function createDecideProposal({ now }: { now: () => Date }) {
  return (req: PayloadRequest, id: string, decision: Decision): Promise<void> =>
    inTransaction(req, async () => {
      const proposal = await findProposal(req, id)
      const { verdict, updatedAt } = decision
      const reason = verdict === 'decline' ? decision.reason.trim() : ''
      refuseUnless(proposal, decision, reason)
      const read = { named: updatedAt, newest: asStored<StoredDocument>(proposal), words: UNREAD }
      await refuseUnlessNewest(req, 'kizuna-add-ons', read)
      await req.payload.update({
        collection: 'kizuna-add-ons',
        id,
        req,
        depth: 0,
        draft: true,
        overrideAccess: true,
        data: toStore({
          ...(verdict === 'take'
            ? { isProposal: false, declinedReason: null, declinedAt: null }
            : { declinedReason: reason, declinedAt: now().toISOString() }),
          updatedAt: proposal.updatedAt,
        }),
      })
      await recordAudit(req, {
        action: verdict,
        collection: 'kizuna-add-ons',
        documentId: id,
        at: now(),
        title: proposal.title,
        note: reason,
      })
    })
}

const UNREAD: StaleWords = {
  unnamed:
    'どの内容を読んで決めたのかが分かりません。画面を読み直し、いまの提案を確かめてから、もう一度決めてください(updatedAt に、読んだ版の印が要ります)。',
  undone:
    '採用も見送りもしていません。画面を読み直し、いまの提案を確かめてから、もう一度決めてください。',
}

async function findProposal(req: PayloadRequest, id: string): Promise<KizunaAddOn> {
  const found = await req.payload.findByID({
    collection: 'kizuna-add-ons',
    id,
    req,
    depth: 0,
    draft: true,
    disableErrors: true,
    overrideAccess: false,
  })
  if (!found) throw new ReviewRefusal('NOT_FOUND', '提案が見つからないか、見る権限がありません。')
  const isOwn = municipalityIdOf(req.user) === relatedId(found.municipality)
  if (isOwn && hasRole(req.user, 'municipal-editor')) return found
  throw new ReviewRefusal('NOT_ALLOWED', '提案を採用・見送りできるのは、自治体の編集担当だけです。')
}

function refuseUnless(proposal: KizunaAddOn, { verdict }: Decision, reason: string): void {
  if (!proposal.isProposal) {
    throw new ReviewRefusal('INCOMPLETE', 'この提案は、もう自治体原稿として採用されています。')
  }
  if (verdict === 'decline' && !reason) {
    throw new ReviewRefusal(
      'INCOMPLETE',
      '見送る理由を書いてください。提案した団体が読みます(例: 同じ絵本を先月ご紹介したため)。',
    )
  }
}
