import type { PayloadRequest } from 'payload'

/**
 * The value a new document starts with when the address names one: the coverage map leads to the form
 * with series (by its code), slot and edition filled in, a common text to that of an add-on of its time.
 * The page of a survey leads to the form with how it is asked, and the survey.
 */
export function asked(
  name: 'slot' | 'edition' | 'from' | 'to' | 'timing' | 'survey',
  otherwise?: string,
) {
  return ({ req }: { req: PayloadRequest }): string | undefined => queried(req, name) ?? otherwise
}

/** The series the address names by its code, as its id. */
export async function askedSeries({ req }: { req: PayloadRequest }): Promise<string | undefined> {
  const code = queried(req, 'series')
  if (code === undefined) return undefined
  const { docs } = await req.payload.find({
    collection: 'kizuna-series',
    req,
    depth: 0,
    overrideAccess: false,
    where: { code: { equals: code } },
    limit: 1,
  })
  return docs[0]?.id
}

function queried({ query }: PayloadRequest, name: string): string | undefined {
  const value: unknown = query?.[name]
  return typeof value === 'string' && value ? value : undefined
}
