import type { PayloadRequest, SelectField } from 'payload'

import type { ContentCollection } from '../release/contentKind'
import { contactVariablesOf } from '../review/queries/contentOwner'
import type { ImportContext } from './plan'

/** Reads the codes the person may see and the choices a file of this collection may name. */
export async function loadImportContext(
  req: PayloadRequest,
  collection: ContentCollection,
): Promise<ImportContext> {
  const overrideAccess = req.user === null // the operator at the shell
  const every = { depth: 0, pagination: false, overrideAccess, req } as const
  const series = await req.payload.find({ collection: 'kizuna-series', ...every })
  const municipalities = await req.payload.find({ collection: 'kizuna-municipalities', ...every })
  const pictures = collection === 'kizuna-add-ons' ? await findPictures(req) : []
  const fields = req.payload.collections[collection].config.flattenedFields
  return {
    series: new Map(series.docs.map(({ code, id }) => [code, id])),
    seriesNames: new Map(series.docs.map(({ code, name }) => [code, name])),
    municipalities: new Map(
      municipalities.docs.map((found) => [
        found.code,
        {
          id: found.id,
          name: found.name,
          areas: areasOf(found.areas),
          variables: contactVariablesOf(found),
        },
      ]),
    ),
    pictures: new Map(pictures.map(({ id, filename }) => [String(filename), String(id)])),
    choices: (name) => {
      const field = fields.find((candidate) => candidate.name === name) as SelectField | undefined
      return (field?.options ?? []).map((option) =>
        typeof option === 'string'
          ? { value: option, label: option }
          : { value: option.value, label: String(option.label) },
      )
    },
  }
}

/** What a file may name as a cover. */
async function findPictures(req: PayloadRequest) {
  const { docs } = await req.payload.find({
    collection: 'kizuna-media',
    where: { sha256: { exists: true } },
    select: { filename: true },
    depth: 0,
    pagination: false,
    overrideAccess: req.user === null,
    req,
  })
  return docs
}

function areasOf(areas: readonly { name: string }[] | null | undefined): string[] {
  return (areas ?? []).map(({ name }) => name)
}
