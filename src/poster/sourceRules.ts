import { randomInt } from 'node:crypto'

import type { CollectionAfterChangeHook, CollectionBeforeChangeHook, PayloadRequest } from 'payload'

import { recordAudit } from '../cms/audit'
import { ReviewRefusal } from '../cms/refusal'
import { relatedId } from '../cms/relation'
import { makeSourceCode } from '../source/code'
import { sourceName } from '../source/occasions'

/**
 * Gives a new source its name, unless one was typed, and its code, which no other of the municipality
 * has or had; a second one in use of the same name is refused, as its figures would fall apart.
 */
export const nameAndCode: CollectionBeforeChangeHook = async ({
  data,
  operation,
  originalDoc,
  req,
}) => {
  const { occasion, place, name: written } = { ...originalDoc, ...data } as Record<string, unknown>
  const typed = typeof written === 'string' ? written.trim() : ''
  const name = typed || sourceName(occasion, place)
  if (operation !== 'create') return { ...data, name }
  const others = await findAll(req, data.municipality)
  if (others.some((other) => other.isActive && other.name === name)) {
    throw new ReviewRefusal('ALREADY_DONE', alreadyThere(name))
  }
  const taken = new Set(others.map(({ code }) => code ?? ''))
  return { ...data, name, code: makeSourceCode(randomInt, taken) }
}

function alreadyThere(name: string): string {
  return `「${name}」は、もうあります。一覧にあるその QR コードとポスターを使うか、場所や名前を変えて作ってください。`
}

async function findAll(req: PayloadRequest, municipality: unknown) {
  const { docs } = await req.payload.find({
    collection: 'kizuna-sources',
    where: { municipality: { equals: relatedId(municipality) ?? '' } },
    select: { name: true, code: true, isActive: true },
    pagination: false,
    depth: 0,
    overrideAccess: true, // a code is not given twice, whoever asks
    req,
  })
  return docs
}

/** Audits that a source was made; what is changed about it later is audited like other settings. */
export function auditMade({ now }: { now: () => Date }): CollectionAfterChangeHook {
  return async ({ collection, data, doc, operation, req }) => {
    if (operation !== 'create') return
    await recordAudit(req, {
      action: 'create',
      collection: collection.slug,
      documentId: String(doc.id),
      title: String(data.name),
      at: now(),
      note: `記号: ${String(data.code)}`,
    })
  }
}
