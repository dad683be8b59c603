import type { PreviewInput } from '../../release/preview'
import { freezeAddOn, freezeManuscript, type StoredDocument } from '../../review/freeze'
import type { Companion, MunicipalityShown } from './useCompanion'

/** What is on the screen, and what goes out with it. */
export interface Shown {
  kind: 'manuscript' | 'addOn'
  document: StoredDocument
  municipality: MunicipalityShown | null
  companion: Companion | null
  isPlural: boolean
}

/** Turns the form's values into what src/release previews. *Pure.* */
export function previewInput({ kind, document, municipality, companion, isPlural }: Shown) {
  const input: PreviewInput = {
    manuscripts: kind === 'manuscript' ? [freezeManuscript(document, '')] : common(companion),
    addOns: kind === 'addOn' ? [freezeAddOn(document, municipality?.code ?? '')] : [],
    isPlural,
    ...(municipality ? settingsOf(municipality) : {}),
  }
  return input
}

function common(companion: Companion | null) {
  return companion ? [freezeManuscript(companion.document, '')] : []
}

function settingsOf({ senderName, contact, contactVariables, accent }: MunicipalityShown) {
  const variables = (contactVariables ?? []).map(({ name, value }) => [name, value])
  return {
    senderName,
    contact: { ...contact, url: contact.url ?? null },
    variables: Object.fromEntries(variables) as Record<string, string>,
    accent: accent ?? null,
  }
}
