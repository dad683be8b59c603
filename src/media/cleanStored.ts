import { randomBytes } from 'node:crypto'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, parse } from 'node:path'

import type { Config, Payload, Where } from 'payload'
import sharp from 'sharp'

import { cleanStoredPicture, smallPicture } from './cleanPicture'

/** How a round over the stored pictures ended. */
export interface CleanedPictures {
  /** Made anew, under the names and addresses they had. */
  cleaned: number
  /** No picture, or gone: taken back from the public. */
  hidden: number
}

/** Only pictures that came in before they were made anew have no small size. */
const UNCLEAN: Where = { 'sizes.small.filename': { exists: false } }

/** So many are looked up at once; each is a file. */
const AT_ONCE = 50

interface StoredPicture {
  id: string
  filename?: string | null
  isPublic?: boolean | null
}

/**
 * Makes the pictures anew that were stored before uploads were: place, camera and comments are gone,
 * the name stays, since mails that are out show it. Can be repeated: what is done is not found again.
 */
export async function cleanStoredPictures(payload: Payload): Promise<CleanedPictures> {
  const counts: CleanedPictures = { cleaned: 0, hidden: 0 }
  let last: string | null = null
  for (;;) {
    const pictures: StoredPicture[] = await findUnclean(payload, last)
    for (const picture of pictures) {
      const isClean = await cleanOne(payload, picture).catch(() => false)
      if (!isClean) await hide(payload, picture)
      counts[isClean ? 'cleaned' : 'hidden'] += 1
    }
    const end = pictures.at(-1)
    if (!end) return counts
    last = String(end.id)
  }
}

/** {@link cleanStoredPictures} beside the start of a host's Payload, which does not wait for it. */
export function cleanStoredOnInit(hostInit: Config['onInit']): NonNullable<Config['onInit']> {
  return async (payload) => {
    await hostInit?.(payload)
    if (payload.collections['kizuna-media'].config.upload.disableLocalStorage) return
    if ((await findUnclean(payload, null)).length === 0) return
    void cleanStoredPictures(payload).then(
      (counts) => payload.logger.info(counts, 'stored pictures were made anew'),
      () =>
        payload.logger.warn('stored pictures could not all be made anew; the next start goes on'),
    )
  }
}

async function findUnclean(payload: Payload, after: string | null): Promise<StoredPicture[]> {
  const { docs } = await payload.db.find<StoredPicture>({
    collection: 'kizuna-media',
    where: after === null ? UNCLEAN : { and: [UNCLEAN, { id: { greater_than: after } }] },
    sort: 'id',
    limit: AT_ONCE,
    pagination: false,
  })
  return docs
}

/** Whether the picture is clean now; its file is never half of one and half of the other. */
async function cleanOne(payload: Payload, { id, filename }: StoredPicture): Promise<boolean> {
  if (!filename || basename(filename) !== filename) return false
  const folder = payload.collections['kizuna-media'].config.upload.staticDir ?? ''
  const picture = await cleanStoredPicture(await readFile(join(folder, filename)))
  if ('refusal' in picture) return false
  const { bytes, type } = picture
  const small = await smallPicture(bytes, type)
  const stem = parse(filename).name.slice(0, LONGEST_STEM)
  const smallName = `${stem}-${randomBytes(8).toString('hex')}.${type === 'jpeg' ? 'jpg' : 'png'}`
  await putFile(join(folder, smallName), small)
  await putFile(join(folder, filename), bytes)
  const mimeType = `image/${type}`
  const sizes = { small: { filename: smallName, mimeType, ...(await sizeOf(small)) } }
  const data = { mimeType, ...(await sizeOf(bytes)), sizes }
  await payload.db.updateOne({ collection: 'kizuna-media', id, data, returning: false })
  return true
}

/** Names of files have an end; the rest of this one is ours. */
const LONGEST_STEM = 60

async function putFile(path: string, bytes: Buffer): Promise<void> {
  const arriving = join(dirname(path), `.arriving-${randomBytes(8).toString('hex')}`)
  try {
    await writeFile(arriving, bytes)
    await rename(arriving, path)
  } finally {
    await rm(arriving, { force: true })
  }
}

async function sizeOf(bytes: Buffer) {
  const { width, height } = await sharp(bytes).metadata()
  return { width, height, filesize: bytes.length }
}

/** What is no picture was never shown; whoever knows its address got the file all the same. */
async function hide(payload: Payload, { id, isPublic }: StoredPicture): Promise<void> {
  if (!isPublic) return
  payload.logger.warn(`the file of picture ${id} is missing or no picture: no longer public`)
  await payload.db.updateOne({
    collection: 'kizuna-media',
    id,
    data: { isPublic: false },
    returning: false,
  })
}
