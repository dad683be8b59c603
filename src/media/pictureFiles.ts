import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'

import type { Endpoint, PayloadRequest } from 'payload'

import { endpoint, loggedInElse401, routeParam } from '../cms/endpoint'
import { ReviewRefusal } from '../cms/refusal'
import { findPublications } from '../release/findReleases'
import { pictureOfName } from '../release/picture'
import { isWorker } from '../people/roles'
import { releasedWith } from './pictureUse'
import { servedSafely } from './servedSafely'

const GONE = 'この画像はないか、見る権限がありません。'

/**
 * `GET /kizuna-pictures/:name`: the file of a picture by its hash, whatever it is called in the
 * library. People get what they may see there; the worker what a release shows, and nothing else.
 */
export const pictureFilesEndpoint: Endpoint = endpoint({
  method: 'get',
  path: '/kizuna-pictures/:name',
  who: loggedInElse401,
  run: async ({ req }) => {
    const named = pictureOfName(routeParam(req, 'name'))
    const file = named && (await findFile(req, named.hash))
    if (!named || !file) throw new ReviewRefusal('NOT_FOUND', GONE)
    const response = await readStoredPicture(req, file)
    const headers = servedSafely({ headers: response.headers })
    headers.set('Content-Type', `image/${named.type}`)
    return new Response(response.body, { status: response.status, headers })
  },
})

interface StoredFile {
  id: string
  filename: string
}

/** What they may see in the library; and, as every reader gets it, what a release shows. */
async function findFile(req: PayloadRequest, hash: string): Promise<StoredFile | null> {
  const own = isWorker(req.user) ? null : await findStored(req, hash, { overrideAccess: false })
  if (own) return own
  return (await isReleased(req, hash)) ? findStored(req, hash, { overrideAccess: true }) : null
}

async function findStored(
  req: PayloadRequest,
  hash: string,
  { overrideAccess }: { overrideAccess: boolean },
): Promise<StoredFile | null> {
  const { docs } = await req.payload.find({
    collection: 'kizuna-media',
    where: { sha256: { equals: hash } },
    limit: 1,
    depth: 0,
    pagination: false,
    overrideAccess,
    req,
  })
  const [found] = docs
  return found?.filename ? { id: String(found.id), filename: found.filename } : null
}

async function isReleased(req: PayloadRequest, hash: string): Promise<boolean> {
  const found = await findPublications(req, {
    where: releasedWith(hash),
    fields: ['id'],
    overrideAccess: true,
  })
  return found.length > 0
}

/** From wherever the host keeps the files of the library. */
export async function readStoredPicture(
  req: PayloadRequest,
  { id, filename }: StoredFile,
): Promise<Response> {
  const { upload } = req.payload.collections['kizuna-media'].config
  const params = { collection: 'kizuna-media', filename }
  for (const handler of upload.handlers ?? []) {
    const answer = await handler(req, { doc: { id, filename } as never, params })
    if (answer instanceof Response) return answer
  }
  const path = join(upload.staticDir ?? '', basename(filename))
  const bytes = await readFile(path).catch(() => null)
  if (!bytes) throw new ReviewRefusal('NOT_FOUND', GONE)
  return new Response(new Uint8Array(bytes))
}
