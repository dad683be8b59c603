import type {
  CollectionAfterChangeHook,
  CollectionAfterDeleteHook,
  CollectionBeforeChangeHook,
  PayloadRequest,
} from 'payload'

import type { KizunaSettings } from '../plugin/options'
import type { KizunaManuscript } from '../payload-types'
import { recordAudit, type AuditAction } from '../cms/audit'
import { slotLabel } from '../stage/slot'
import { relatedId } from '../cms/relation'
import { isPerson } from '../people/roles'
import { isEmpty, type Verdict } from '../fields/checks'
import { municipalityOf } from '../cms/municipalityOf'
import { readSlot } from '../fields/slotField'

interface CheckContext {
  data: unknown
  event?: string
  id?: unknown
  req: PayloadRequest
}

/**
 * Whether a municipality may keep a text from its readers: one that is out, that is not the neutral
 * question at 42w0d, whose topics the policy lets go, and that it does not hide already.
 */
export function checkHideable({ policy }: KizunaSettings) {
  const always = policy.topics.filter(({ canBeHidden }) => !canBeHidden)
  return async (value: unknown, { data, event, id, req }: CheckContext): Promise<Verdict> => {
    if (isEmpty(value)) return '出さない原稿を選んでください。'
    if (event === 'onChange' || id !== undefined) return true // what was chosen stays
    const manuscript = await findManuscript(req, value)
    if (!manuscript)
      return 'この原稿は公開されていないか、見る権限がありません。選び直してください。'
    if (manuscript.kind === 'question') return QUESTION
    const topic = always.find(({ code }) => manuscript.topics?.some((own) => own === code))
    if (topic) return alwaysSentence(topic.label)
    return checkFree(req, manuscript, (data as { municipality?: unknown }).municipality)
  }
}

const QUESTION =
  '妊娠42週0日の問いかけは出さないことにできません。この日のご家族に届くのは、この 1 通だけだからです。'

function alwaysSentence(topic: string): string {
  return `話題「${topic}」の原稿は、どの自治体でも必ず届ける決まりです。内容が地域に合わないときは、制作監修チームに知らせてください。`
}

async function checkFree(
  req: PayloadRequest,
  manuscript: KizunaManuscript,
  municipality: unknown,
): Promise<Verdict> {
  const { docs } = await req.payload.find({
    collection: 'kizuna-hidden-texts',
    where: {
      and: [
        { manuscript: { equals: manuscript.id } },
        { municipality: { equals: relatedId(municipality) ?? '' } },
      ],
    },
    depth: 0,
    limit: 1,
    pagination: false,
    overrideAccess: true,
    req,
  })
  return docs.length === 0
    ? true
    : 'この原稿は、もう出さないことになっています。期間や理由は、「出さない原稿」の一覧から開いて直してください。'
}

async function findManuscript(req: PayloadRequest, id: unknown): Promise<KizunaManuscript | null> {
  const { docs } = await req.payload.find({
    collection: 'kizuna-manuscripts',
    where: { and: [{ id: { equals: relatedId(id) ?? '' } }, { _status: { equals: 'published' } }] },
    depth: 0,
    limit: 1,
    pagination: false,
    overrideAccess: true,
    req,
  })
  return docs[0] ?? null
}

/** Keeps what planning goes by, and who decided; the place stays what it was when it was decided. */
export const keepPlace: CollectionBeforeChangeHook = async ({ data, operation, req }) => {
  if (operation !== 'create') return data
  const manuscript = await findManuscript(req, data.manuscript)
  if (!manuscript) return data // the field's own check has said so
  const { slot, series, edition } = manuscript
  const read = readSlot(slot)
  return {
    ...data,
    slot,
    edition,
    series: relatedId(series),
    slotLabel: read ? slotLabel(read) : slot,
    ...(isPerson(req.user) ? { hiddenBy: req.user.id } : {}),
  }
}

type Clock = Pick<KizunaSettings, 'now'>

/** Audits that a text is hidden, or for how long and why, at the manuscript. */
export function auditHiding({ now }: Clock): CollectionAfterChangeHook {
  return async ({ doc, req }) => {
    const saved = await req.payload.findByID({
      collection: 'kizuna-hidden-texts',
      id: String(doc.id),
      req,
      depth: 0,
      overrideAccess: true,
    })
    await audit(req, saved, { action: 'hide', at: now() })
  }
}

/** Audits that a text goes out again. */
export function auditShowing({ now }: Clock): CollectionAfterDeleteHook {
  return ({ doc, req }) => audit(req, doc, { action: 'show', at: now() })
}

interface Decision {
  manuscript?: unknown
  municipality?: unknown
  reason?: string | null
  from?: string | null
  to?: string | null
}

async function audit(
  req: PayloadRequest,
  { manuscript, municipality, reason, from, to }: Decision,
  { action, at }: { action: AuditAction; at: Date },
): Promise<void> {
  const name = (await municipalityOf(relatedId(municipality), req))?.name ?? ''
  const title = (await findManuscript(req, manuscript))?.title ?? ''
  const period = from || to ? `(${from ?? ''}〜${to ?? ''})` : ''
  await recordAudit(req, {
    action,
    at,
    title,
    collection: 'kizuna-manuscripts',
    documentId: relatedId(manuscript) ?? '',
    note: `${name}${period}: ${reason ?? ''}`,
  })
}
