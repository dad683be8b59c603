import type { PayloadRequest } from 'payload'

import type { Edition } from '../../plugin/options'
import { blockIdsOf } from '../rules/fieldOf'
import type { Review } from '../queries/load'
import type { FieldNames } from '../rules/reviewedFields'
import { summarise } from '../queries/overview'
import type { ReviewOptions } from '../operations/act'

/** Names of the places a text can be in. */
export interface PlaceNames {
  /** Where a document belongs, in words: its series or municipality, slot and edition. */
  placeOf: (review: Review) => string[]
  /** Names for the fields of one document. */
  fieldNamesOf: (review: Review) => FieldNames
}

/** Reads the names of all series, and of the municipalities of these texts, that the person may see. */
export async function findPlaceNames(
  req: PayloadRequest,
  reviews: readonly Review[],
  { editions, ...options }: ReviewOptions & { editions: readonly Edition[] },
): Promise<PlaceNames> {
  const shared = { pagination: false, depth: 0, overrideAccess: false, req } as const
  const series = await req.payload.find({
    collection: 'kizuna-series',
    select: { code: true, name: true },
    ...shared,
  })
  const municipalities = await req.payload.find({
    collection: 'kizuna-municipalities',
    where: { id: { in: unique(reviews.flatMap(({ municipality }) => municipality ?? [])) } },
    select: { name: true },
    ...shared,
  })
  const bySeries = new Map(series.docs.map(({ code, name }) => [code, name]))
  const byMunicipality = new Map(municipalities.docs.map(({ id, name }) => [String(id), name]))
  const edition = (code: string) => editions.find((one) => one.code === code)?.label ?? code
  const seriesName = (code: string) => bySeries.get(code) ?? code
  return {
    placeOf: (review) => {
      const { slotLabel } = summarise(review, options)
      const { content, municipality } = review
      return content.type === 'manuscript'
        ? [seriesName(content.series), slotLabel, edition(content.edition)]
        : [byMunicipality.get(municipality ?? '') ?? '自治体', `${slotLabel}から`]
    },
    fieldNamesOf: ({ document }) => ({
      edition,
      series: seriesName,
      blockIds: blockIdsOf(document),
    }),
  }
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)]
}
