import type { CollectionAfterChangeHook } from 'payload'
import { z } from 'zod'

import { carryVariables, findVariableEffect, type MunicipalWords } from './carryVariables'
import { missingSentence, type VariableRow } from './variableReleases'
import type { KizunaSettings } from '../plugin/options'
import { endpoint, jsonBody, only, saying } from '../cms/endpoint'
import { recordAudit } from '../cms/audit'
import { hasRole, MUNICIPAL, municipalityIdOf } from '../people/roles'
import type { Verdict } from '../fields/checks'
import type { FieldContext } from '../review/gate/contentChecks'

type Settings = Pick<KizunaSettings, 'now'>

/** A changed word reaches every add-on in force that uses it, and a changed contact is audited. */
export function carryWords({ now }: Settings): CollectionAfterChangeHook {
  return async ({ doc, operation, previousDoc, req }) => {
    if (operation !== 'update') return
    const saved = await req.payload.findByID({
      collection: 'municipalities',
      id: String(doc.id),
      req,
      depth: 0,
      overrideAccess: true,
    })
    const { contact } = saved
    const municipality = {
      ...saved,
      contact: { ...contact, url: contact.url ?? null },
    } as MunicipalWords
    await carryVariables(req, municipality, now())
    const changed = changedContact(previousDoc?.contact, contact)
    if (changed.length === 0) return
    await recordAudit(req, {
      action: 'edit',
      collection: 'municipalities',
      documentId: municipality.id,
      at: now(),
      title: saved.name,
      beforeHash: null,
      afterHash: null,
      note: `問い合わせ先(${changed.join('・')})の変更`,
    })
  }
}

const CONTACT_LABELS = {
  department: '担当課',
  phone: '電話番号',
  hours: '受付時間',
  url: '案内ページ',
} as const

function changedContact(before: unknown, after: unknown): string[] {
  const [old, saved] = [before, after].map((contact) => (contact ?? {}) as Record<string, unknown>)
  return Object.entries(CONTACT_LABELS)
    .filter(([field]) => (old?.[field] ?? '') !== (saved?.[field] ?? ''))
    .map(([, label]) => label)
}

/** No word that texts in force use may go: they could not be put together any more. */
export async function checkWordsInUse(
  value: unknown,
  { event, req, id }: FieldContext & { id?: unknown },
): Promise<Verdict> {
  if (event === 'onChange' || id === undefined) return true
  const rows = Array.isArray(value) ? (value as VariableRow[]) : []
  const { missing } = await findVariableEffect(req, String(id), rows)
  return missing.length === 0 ? true : missing.map(missingSentence).join(' ')
}

const body = z.object({
  contactVariables: z.array(z.object({ name: z.string(), value: z.string() }).partial()).max(500),
})

/** `POST /:id/words-effect`: what other words would touch, before they are saved. */
export const wordsEffect = endpoint({
  method: 'post',
  path: '/:id/words-effect',
  who: only(
    (user, id) =>
      (hasRole(user, ...MUNICIPAL) && municipalityIdOf(user) === id) || hasRole(user, 'admin'),
    'この自治体の設定を変える権限がありません。',
  ),
  input: jsonBody(body, saying('差し込み語を読めません。')),
  run: async ({ req, id, input: { contactVariables } }) => {
    const { stale, missing } = await findVariableEffect(req, id, contactVariables as VariableRow[])
    return {
      releases: stale.map(({ release, names }) => ({ title: release.content.title, names })),
      missing: missing.map(missingSentence),
    }
  },
})
