import { freezeManuscript } from '../../../src/review/rules/freeze'
import { insertStates } from './insertStates'
import {
  insertTexts,
  rawId,
  type EditorialPeople,
  type PreparedText,
  type ReviewStage,
} from './insertTexts'

/** A manuscript that is written straight into the database. */
export interface StoredManuscript {
  slot: string
  series: { id: string; code: string }
  standing: ReviewStage
  /** @default 'standard' */
  edition?: string
  subject?: string
  body?: string
}

/** Letters of a text as long as those of the sample. */
const BODY = '見本の文です。'.repeat(80)

/**
 * Manuscripts with their verdicts, releases and states straight into the database: through the form
 * it would take many minutes. Resolves with their ids, in the order given.
 */
export async function insertManuscripts(
  cms: EditorialPeople,
  texts: readonly StoredManuscript[],
): Promise<string[]> {
  const ids = await insertTexts(cms, 'manuscript', preparedManuscripts(cms, texts))
  await insertStates(cms.payload)
  return ids
}

/** The same as {@link insertTexts} takes them. */
export function preparedManuscripts(
  { payload }: EditorialPeople,
  texts: readonly StoredManuscript[],
): PreparedText[] {
  return texts.map(({ slot, series, standing, edition = 'standard', ...words }, place) => {
    const { subject = `見本 ${slot}`, body = BODY } = words
    const fields = {
      slot,
      edition,
      kind: 'stage',
      subject,
      body,
      ageBasis: 'calendar',
      monthRule: 'friendly',
    }
    const document = {
      ...fields,
      title: `(見本)${slot}${words.subject ?? ''}`,
      series: rawId(payload, series.id),
      slotSortKey: place,
      slotLabel: slot,
      topics: ['pregnancy'],
    }
    const content = freezeManuscript(fields, series.code)
    if (standing !== 'rewritten') return { standing, document, content }
    const earlier = { body: `${body}(以前)` }
    const before = {
      document: { ...document, ...earlier },
      content: freezeManuscript({ ...fields, ...earlier }, series.code),
    }
    return { standing, document, content, before }
  })
}
