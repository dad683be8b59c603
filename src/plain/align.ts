import type { CollectionAfterChangeHook, PayloadRequest } from 'payload'

import { toStore } from '../cms/stored'
import { hasRole } from '../people/roles'
import type { PageSettings } from '../plugin/pageSettings'
import type { ManuscriptContent } from '../release/content'
import { ReviewRefusal } from '../cms/refusal'
import { relatedId, type Related } from '../cms/relation'
import { inTransaction } from '../cms/transaction'
import { compareWithStandard, standardAt, type Comparison } from './standard'

interface AlignArgs {
  id: string
  /** Hash of the standard text the editor had on the screen. */
  standardHash?: string | undefined
}

/**
 * Notes that an easy text says what the standard one says now; the texts themselves stay as they are.
 *
 * @throws ReviewRefusal NOT_ALLOWED, NOT_FOUND, INCOMPLETE without a standard text, CONTENT_CHANGED
 * when the standard text is another one than the editor saw.
 */
export async function align(
  req: PayloadRequest,
  { id, standardHash }: AlignArgs,
  settings: PageSettings,
): Promise<Comparison> {
  if (!hasRole(req.user, 'editor')) {
    throw new ReviewRefusal('NOT_ALLOWED', '標準版に合わせたと記録できるのは、編集者だけです。')
  }
  return inTransaction(req, async () => {
    const { standard } = await compareWithStandard(req, id, settings)
    if (!standard)
      throw new ReviewRefusal('INCOMPLETE', 'この配信日には、標準版の原稿がありません。')
    if (standardHash !== undefined && standardHash !== standard.hash) {
      throw new ReviewRefusal(
        'CONTENT_CHANGED',
        '開いているあいだに、標準版がまた変わりました。画面を読み直して、違いを確かめてください。',
      )
    }
    await insertAlignment(req, id, { ...standard, isCompared: true })
    return compareWithStandard(req, id, settings)
  })
}

/**
 * A new easy text is written against what the standard edition says at that moment, which is noted to
 * show later what changed; nobody has compared them yet. Of a copy see src/plain/carryAlignments.ts.
 */
export function alignNewText(settings: PageSettings): CollectionAfterChangeHook {
  const plain = new Set(settings.editions.filter(({ isPlain }) => isPlain).map(({ code }) => code))
  return async ({ data, doc, operation, req }) => {
    const made = { ...doc, ...data } // `doc` may be cut by a select
    if (operation !== 'create' || !plain.has(String(made.edition)) || made.origin) return
    const { slot, kind } = made as ManuscriptContent
    const place = { series: relatedId(made.series as Related) ?? '', content: { slot, kind } }
    const standard = await standardAt(req, place, settings)
    if (standard) await insertAlignment(req, String(doc.id), { ...standard, isCompared: false })
  }
}

/** What the standard edition said. */
interface StandardText {
  hash: string
  content: Pick<ManuscriptContent, 'subject' | 'body'>
  /** Whether somebody has compared the easy text with it. */
  isCompared: boolean
}

/** Notes what the standard edition said when an easy text was brought in line. */
export async function insertAlignment(
  req: PayloadRequest,
  manuscript: string,
  { hash, content: { subject, body }, isCompared }: StandardText,
): Promise<void> {
  const by = hasRole(req.user, 'editor') ? { by: req.user?.id } : {}
  await req.payload.create({
    collection: 'kizuna-alignments',
    data: toStore({ manuscript, standardHash: hash, subject, body, isCompared, ...by }),
    depth: 0,
    overrideAccess: true,
    req,
  })
}
