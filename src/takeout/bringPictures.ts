import { documentsIn, type Bringing } from './bringing'
import { documentsPath, picturePath } from './ownDocuments'

interface BroughtPicture {
  id: string
  filename?: string
  mimeType?: string
  sha256?: string
  alt: string
  source: string
  rights: 'own' | 'permitted' | 'licensed'
  isPublic?: boolean
  municipality: string
}

/**
 * Brings a municipality's pictures as if they were put in here: the library checks each file and gives
 * it a name and an id of its own, which the texts that come after it are given.
 */
export async function bringPictures(bringing: Bringing) {
  const { payload, req, archive, ids } = bringing
  const counts = { brought: 0, left: 0 }
  for await (const document of documentsIn(bringing, documentsPath('kizuna-media'))) {
    const {
      id,
      filename = '',
      mimeType,
      sha256,
      ...picture
    } = document as unknown as BroughtPicture
    const { alt, source, rights, isPublic, municipality } = picture
    const known = await payload.db.findOne<{ id: string }>({
      collection: 'kizuna-media',
      where: { and: [{ sha256: { equals: sha256 } }, { municipality: { equals: municipality } }] },
      req,
    })
    if (known) {
      ids.set(id, String(known.id))
      continue
    }
    if (!archive.paths.includes(picturePath(filename))) {
      counts.left += 1
      continue
    }
    const bytes = Buffer.from(await archive.bytes(picturePath(filename)))
    const file = { data: bytes, name: filename, mimetype: mimeType ?? '', size: bytes.length }
    const created = await payload.create({
      collection: 'kizuna-media',
      data: { alt, source, rights, isPublic: isPublic ?? false, municipality },
      file,
      depth: 0,
      overrideAccess: true,
      req,
    })
    ids.set(id, String(created.id))
    counts.brought += 1
  }
  return counts
}
