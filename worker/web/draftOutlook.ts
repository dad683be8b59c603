import type { Draft } from './draft'
import { findOutlook, soonest, type FamilyOutlook } from './outlook'
import {
  childrenOf,
  chosenChannel,
  chosenEdition,
  type RegistrationContext,
} from './registrationCheck'
import type { WebContext } from './webContext'

/** What the family of a draft has to expect, as soon as its dates are known; null before. */
export async function findDraftOutlook(
  web: WebContext,
  draft: Draft,
  context: RegistrationContext,
): Promise<FamilyOutlook | null> {
  const { municipality, visitor } = context
  const isLine = visitor !== null || chosenChannel(draft, municipality) === 'line'
  const found = (childrenOf(draft, context) ?? []).map((dates) =>
    findOutlook(web, {
      municipality,
      dates,
      edition: chosenEdition(draft, municipality),
      area: municipality.areas.includes(draft.area) ? draft.area : null,
      channel: isLine ? 'line' : 'mail',
    }),
  )
  return soonest(await Promise.all(found))
}
