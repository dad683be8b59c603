import { freezeAddOn } from '../../../src/review/rules/freeze'
import { rawId, type EditorialPeople, type PreparedText, type ReviewStage } from './insertTexts'

/** An add-on that is written straight into the database. */
export interface StoredAddOn {
  municipality: { id: string; code: string }
  standing: ReviewStage
  title: string
  text: string
  from: string
  to: string
}

/** Add-ons as {@link insertTexts} takes them. */
export function preparedAddOns(
  { payload }: EditorialPeople,
  addOns: readonly StoredAddOn[],
): PreparedText[] {
  return addOns.map(({ municipality, standing, title, text, from, to }) => {
    const wording = (words: string) => {
      const fields = {
        title,
        from,
        to,
        isEndIncluded: true,
        timing: 'once',
        monthRule: 'friendly',
        order: 100,
        areas: [],
        editions: [],
        blocks: [{ blockType: 'text', text: words, id: 'b1' }],
        topics: ['local'],
      }
      return {
        content: freezeAddOn(fields, municipality.code),
        document: {
          ...fields,
          municipality: rawId(payload, municipality.id),
          isProposal: false,
        },
      }
    }
    const before = standing === 'rewritten' ? { before: wording(`${text}(以前)`) } : {}
    return { standing, ...wording(text), ...before }
  })
}
