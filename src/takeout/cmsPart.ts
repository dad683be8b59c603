import type { CollectionSlug, PayloadRequest, Where } from 'payload'

import type { CmsPart } from '../archive/ownPart'
import { ReviewRefusal } from '../cms/refusal'
import { readStoredPicture } from '../media/pictureFiles'
import { cmsFields } from './cmsFields'
import { fieldTable } from '../archive/fieldTable'
import {
  CMS_FIELDS_PATH,
  documentsPath,
  OWN_DOCUMENTS,
  picturePath,
  slugIn,
  versionsPath,
  type OwnDocuments,
} from './ownDocuments'

interface PartOptions {
  /** Id of the municipality. */
  municipality: string
  /** Whoever works at the shell reads without rights of the CMS; a person reads what they may. */
  overrideAccess: boolean
}

/** Reads what is a municipality's own, as the person of the request may. */
export function cmsPart(req: PayloadRequest, options: PartOptions): CmsPart {
  return {
    paths: async () => {
      const pictures = await picturesOf(req, options)
      const files = OWN_DOCUMENTS.flatMap(({ slug, hasVersions }) => [
        documentsPath(slug),
        ...(hasVersions ? [versionsPath(slug)] : []),
      ])
      return [...files, CMS_FIELDS_PATH, ...pictures.map(({ filename }) => picturePath(filename))]
    },
    content: (path) => contentOf(req, options, path),
  }
}

async function* contentOf(
  req: PayloadRequest,
  options: PartOptions,
  path: string,
): AsyncGenerator<string | Uint8Array> {
  if (path === CMS_FIELDS_PATH) return yield fieldTable(cmsFields(req.payload))
  for (const own of OWN_DOCUMENTS) {
    if (path === documentsPath(own.slug)) return yield* documentLines(req, options, own)
    if (own.hasVersions && path === versionsPath(own.slug)) {
      return yield* versionLines(req, options, own.slug)
    }
  }
  const pictures = await picturesOf(req, options)
  const picture = pictures.find(({ filename }) => path === picturePath(filename))
  if (!picture) throw new ReviewRefusal('NOT_FOUND', 'このファイルはありません。')
  yield new Uint8Array(await (await readStoredPicture(req, picture)).arrayBuffer())
}

/** Documents that are read together; a day's reports of ten years are some thousands. */
const PAGE = 200

async function* documentLines(
  req: PayloadRequest,
  { municipality, overrideAccess }: PartOptions,
  own: OwnDocuments,
): AsyncGenerator<string> {
  const { of, only } = own
  const select = only && Object.fromEntries(only.map((name) => [name, true as const]))
  yield* pagesAfter(async (after) => {
    const { docs } = await req.payload.find({
      collection: slugIn(req.payload, own),
      where: after === null ? ownOf(of, municipality) : nextOf(of, municipality, after),
      ...(select && { select }),
      draft: true,
      trash: true,
      sort: 'id',
      limit: PAGE,
      depth: 0,
      overrideAccess,
      req,
    })
    return only ? docs.map((document) => onlyThese(document, only)) : docs
  })
}

function onlyThese<D extends { id: string | number }>(document: D, only: readonly string[]) {
  const { id } = document
  return {
    id,
    ...Object.fromEntries(Object.entries(document).filter(([key]) => only.includes(key))),
  }
}

async function* versionLines(
  req: PayloadRequest,
  { municipality, overrideAccess }: PartOptions,
  collection: CollectionSlug,
): AsyncGenerator<string> {
  yield* pagesAfter(async (after) => {
    const { docs } = await req.payload.findVersions({
      collection,
      where:
        after === null
          ? ownOf('version.municipality', municipality)
          : nextOf('version.municipality', municipality, after),
      trash: true,
      sort: 'id',
      limit: PAGE,
      depth: 0,
      overrideAccess,
      req,
    })
    return docs
  })
}

async function* pagesAfter(
  read: (after: string | null) => Promise<{ id: string | number }[]>,
): AsyncGenerator<string> {
  for (let after: string | null = null; ;) {
    const docs = await read(after)
    for (const document of docs) yield `${JSON.stringify(document)}\n`
    if (docs.length < PAGE) return
    after = String(docs.at(-1)?.id)
  }
}

function ownOf(path: string, municipality: string): Where {
  return { [path]: { equals: municipality } }
}

function nextOf(path: string, municipality: string, after: string): Where {
  return { and: [ownOf(path, municipality), { id: { greater_than: after } }] }
}

async function picturesOf(req: PayloadRequest, { municipality, overrideAccess }: PartOptions) {
  const { docs } = await req.payload.find({
    collection: 'kizuna-media',
    where: ownOf('municipality', municipality),
    select: { filename: true },
    pagination: false,
    depth: 0,
    overrideAccess,
    req,
  })
  return docs.flatMap(({ id, filename }) => (filename ? [{ id: String(id), filename }] : []))
}
