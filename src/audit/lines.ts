import type { PayloadRequest, Where } from 'payload'

import { relatedId } from '../cms/relation'
import { SERVICE_ACCOUNTS } from '../people/roles'
import { AUDIT_ACTIONS, AUDIT_COLLECTIONS } from '../cms/auditActions'
import type { KizunaAuditLog } from '../payload-types'
import { addDays, type LocalDay } from '../stage/day'
import { peopleIn } from '../people/usersSlug'
import { PROGRAM } from './actorName'
import type { AuditLine } from './csv'

/** Entries read at once. */
const PAGE = 500

/** The days of an export, both included; null is open. */
export interface AuditDays {
  from: LocalDay | null
  to: LocalDay | null
}

/**
 * Streams the audit log in the order it was written, a page at a time; what comes in meanwhile comes
 * too.
 *
 * @throws Forbidden (at the first page) when the person may not read it.
 */
export async function* auditPages(
  req: PayloadRequest,
  days: AuditDays,
): AsyncGenerator<AuditLine[]> {
  let docs = await readPage(req, days, null)
  const names = await loadNames(req)
  for (;;) {
    yield docs.map((entry) => lineOf(entry, names))
    if (docs.length < PAGE) return
    docs = await readPage(req, days, docs.at(-1)?.id ?? null)
  }
}

async function readPage(
  req: PayloadRequest,
  { from, to }: AuditDays,
  after: string | null,
): Promise<KizunaAuditLog[]> {
  const and: Where[] = [
    ...(after ? [{ id: { greater_than: after } }] : []),
    ...(from ? [{ at: { greater_than_equal: startOf(from) } }] : []),
    ...(to ? [{ at: { less_than: startOf(addDays(to, 1)) } }] : []),
  ]
  const { docs } = await req.payload.find({
    collection: 'kizuna-audit-log',
    sort: 'id',
    limit: PAGE,
    depth: 0,
    pagination: false,
    where: { and },
    overrideAccess: false,
    req,
  })
  return docs
}

function startOf(day: LocalDay): string {
  return new Date(`${day}T00:00:00+09:00`).toISOString()
}

async function loadNames(req: PayloadRequest): Promise<Map<string, string>> {
  const every = { depth: 0, pagination: false, overrideAccess: true, req } as const
  const people = await req.payload.find({
    collection: peopleIn(req.payload),
    select: { kizunaName: true },
    ...every,
  })
  const programs = await req.payload.find({
    collection: SERVICE_ACCOUNTS,
    select: { name: true },
    ...every,
  })
  return new Map([
    ...people.docs.map(({ id, kizunaName }) => [id, kizunaName] as const),
    ...programs.docs.map(({ id, name }) => [id, name] as const),
  ])
}

function lineOf(entry: KizunaAuditLog, names: ReadonlyMap<string, string>): AuditLine {
  const actor = relatedId(entry.actor?.value)
  return {
    at: entry.at,
    action: wordFor(AUDIT_ACTIONS, entry.action),
    actor: (actor && names.get(actor)) || entry.actorName || (actor ? '(削除された人)' : PROGRAM),
    collection: wordFor(AUDIT_COLLECTIONS, entry.collection),
    title: entry.title ?? '',
    documentId: entry.documentId,
    note: entry.note ?? '',
    beforeHash: entry.beforeHash ?? '',
    afterHash: entry.afterHash ?? '',
  }
}

function wordFor(choices: readonly { value: string; label: string }[], code: string): string {
  return choices.find(({ value }) => value === code)?.label ?? code
}
