import type { CollectionAfterChangeHook } from 'payload'

import { carryVariables, findVariableEffect, type MunicipalWords } from './carryVariables'
import { missingSentence, type VariableRow } from './variableReleases'
import { changedWords, changeLines, wordsOf, type ChangeLine, type StoredWords } from './townWords'
import type { KizunaSettings } from '../plugin/options'
import { recordAudit } from '../cms/audit'
import type { Verdict } from '../fields/checks'
import { joined, shortened } from '../review/rules/changeWords'
import type { FieldContext } from '../review/gate/contentChecks'

type Settings = Pick<KizunaSettings, 'now'>

/** A changed word reaches every add-on in force that uses it, and what changed is audited. */
export function carryWords({ now }: Settings): CollectionAfterChangeHook {
  return async ({ doc, operation, previousDoc, req }) => {
    if (operation !== 'update') return
    const saved = await req.payload.findByID({
      collection: 'kizuna-municipalities',
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
    const before = wordsOf((previousDoc ?? {}) as StoredWords)
    const after = wordsOf(saved as StoredWords)
    const changed = changedWords(before, after)
    if (changed.length === 0) return
    await recordAudit(req, {
      action: 'edit',
      collection: 'kizuna-municipalities',
      documentId: municipality.id,
      at: now(),
      title: saved.name,
      note: joined(changeLines(before, after).map(lineOf)),
    })
  }
}

function lineOf({ label, before, after }: ChangeLine): string {
  return `${label}: ${shortened(before) || 'なし'} → ${shortened(after) || 'なし'}`
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
