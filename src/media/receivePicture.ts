import { randomBytes } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'

import type { CollectionBeforeOperationHook, PayloadRequest } from 'payload'
import { z } from 'zod'

import { ReviewRefusal } from '../cms/refusal'
import { cleanPicture, type Cut } from './cleanPicture'

type UploadedFile = NonNullable<PayloadRequest['file']>

/** What Payload finds out about a file; nobody says it. */
const FACTS = [
  'filename',
  'filesize',
  'focalX',
  'focalY',
  'height',
  'mimeType',
  'prefix',
  'sha256',
  'sizes',
  'thumbnailURL',
  'url',
  'width',
] as const

/**
 * The one entrance of pictures: what is stored is made anew from the pixels, under a name of ours.
 * It stands before Payload reads the file, fetches one from an address or takes one away.
 */
export const receivePicture: CollectionBeforeOperationHook<'kizuna-media'> = async (call) => {
  if (call.operation !== 'create' && call.operation !== 'update') return call.args
  const { args, operation, overrideAccess, req } = call
  const data: Record<string, unknown> = withoutFacts(args.data)
  const cut = takeCut(req)
  if (operation === 'update') {
    if (req.file) throw new ReviewRefusal('NOT_ALLOWED', ANOTHER_FILE)
    return { ...args, data }
  }
  const isMine = overrideAccess === true || (await mayCreate({ req, data }))
  // Payload refuses the person next, before it looks at a file.
  if (!isMine) return { ...args, data }
  await receiveFile(req, cut)
  return { ...args, data }
}

const ANOTHER_FILE =
  '入れた画像のファイルは取り替えられません。届いたメールや LINE が、開いたときに同じアドレスの画像を読みに来るためです。新しい画像として入れ、原稿の「絵・写真」か「表紙の画像」で選び直してください。'
const NO_FILE = '画像のファイルを選んでください(JPEG か PNG を 1 つ)。'

async function mayCreate(asked: { req: PayloadRequest; data: object }): Promise<boolean> {
  const { create } = asked.req.payload.collections['kizuna-media'].config.access
  return (await create(asked)) !== false
}

async function receiveFile(req: PayloadRequest, cut: Cut | null): Promise<void> {
  if (!req.file) throw new ReviewRefusal('INCOMPLETE', NO_FILE)
  const picture = await cleanPicture(await bytesOf(req.file), cut)
  if ('refusal' in picture) throw new ReviewRefusal('INCOMPLETE', picture.refusal)
  const { bytes, type } = picture
  req.file = {
    data: bytes,
    mimetype: `image/${type}`,
    name: `picture-${randomBytes(16).toString('hex')}.${type === 'jpeg' ? 'jpg' : 'png'}`,
    size: bytes.length,
  }
}

/** A host may have files written to disk while they arrive. */
async function bytesOf({ data, tempFilePath }: UploadedFile): Promise<Uint8Array> {
  if (!tempFilePath) return data
  const bytes = await readFile(tempFilePath)
  await rm(tempFilePath, { force: true })
  return bytes
}

function withoutFacts(data: unknown): Record<string, unknown> {
  const said = Object.entries(Object(data) as Record<string, unknown>)
  return Object.fromEntries(said.filter(([name]) => !FACTS.some((fact) => fact === name)))
}

const cutSchema = z.object({
  crop: z.object({
    x: z.coerce.number().min(0).max(100),
    y: z.coerce.number().min(0).max(100),
    width: z.coerce.number().positive().max(100),
    height: z.coerce.number().positive().max(100),
  }),
})

/**
 * The part a person chose in Payload's form, in hundredths. It is cut here and once: Payload would
 * cut what is made anew already, and make stored files anew for later cuts.
 */
function takeCut({ query }: PayloadRequest): Cut | null {
  const asked = cutSchema.safeParse(query?.['uploadEdits'])
  delete query?.['uploadEdits']
  return asked.success ? asked.data.crop : null
}
