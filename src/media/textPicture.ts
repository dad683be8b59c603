import { APIError, ValidationError } from 'payload'
import type { CollectionBeforeChangeHook, Field, PayloadRequest, UploadField, Where } from 'payload'
import { upload } from 'payload/shared'

import { asStored } from '../cms/stored'
import { relatedId, type Related } from '../cms/relation'
import type { Verdict } from '../fields/checks'
import { writtenByHooks } from '../people/access'
import {
  checkAddOnField,
  checkManuscriptField,
  type FieldContext,
} from '../review/gate/contentChecks'
import type { ChosenField } from '../release/blocks/blockType'
import { fieldsOf, pictureFields, typeOfBlock } from '../release/blocks/blockTypes'
import { MAX_PICTURE_ALT, MAX_PICTURE_BYTES } from '../release/picture'
import type { ContentKind } from '../release/contentKind'
import type { PictureFile } from '../review/rules/freeze'
import { PICTURE_LABEL } from '../review/rules/reviewedFields'

/**
 * The picture of a text: one of the library, its words in this text, and what is known of its file,
 * which a hook writes ({@link keepTextPicture}).
 */
export function textPictureFields(kind: ContentKind): Field[] {
  const check = checkOf(kind)
  return [
    libraryField(kind, {
      name: 'picture',
      label: PICTURE_LABEL,
      help: HELP,
      check: (context) => check('picture', context),
    }),
    {
      name: 'pictureAlt',
      type: 'text',
      label: '絵・写真の説明',
      maxLength: MAX_PICTURE_ALT,
      validate: (_: unknown, context: FieldContext) => check('pictureAlt', context),
      admin: {
        condition: (data) => Boolean(data?.picture),
        description:
          '画像が見えない人に読み上げられ、LINE では画像の下に出ます。空のまま保存すると、画像に付けてある説明が入ります。',
      },
    },
    fileField(),
  ]
}

/** The picture of an add-on's part, as a book's cover, and what a hook writes of its file. */
export function chosenPictureFields(name: string, { label, help = '' }: ChosenField): Field[] {
  return [libraryField('addOn', { name, label, help, check: () => true }), fileField()]
}

interface LibraryField {
  name: string
  label: string
  help: string
  /** Asked of what may be chosen at all. */
  check: (context: FieldContext) => Verdict | Promise<Verdict>
}

function libraryField(kind: ContentKind, { name, label, help, check }: LibraryField): UploadField {
  return {
    name,
    type: 'upload',
    relationTo: 'kizuna-media',
    label,
    filterOptions: ({ data }) => choosable(kind, data),
    validate: async (value: unknown, context: FieldContext) => {
      const isThere = await upload(value as never, context as never)
      return isThere === true ? check(context) : isThere
    },
    admin: { description: help },
  }
}

/** Each its own: Payload completes the fields it is given. */
function fileField(): Field {
  return {
    name: 'pictureFile',
    type: 'json',
    label: '絵・写真のファイル',
    access: writtenByHooks,
    admin: { hidden: true, disableListColumn: true, disableListFilter: true },
  }
}

const HELP =
  '文章に添える絵か写真を 1 枚、ライブラリから選ぶか、ここで入れます(なくてもかまいません)。LINE では文章の上に、メールでは本文の初めに出ます。やさしい日本語の版と、通知に内容を出さない読者には、言葉だけが届きます。替えたり説明を直したりすると、もう一度監修が要ります。'

function checkOf(kind: ContentKind) {
  return (field: string, context: FieldContext) =>
    kind === 'manuscript' ? checkManuscriptField(field, context) : checkAddOnField(field, context)
}

/** Common texts show the team's pictures, a municipality's its own as well. */
function choosable(kind: ContentKind, data: { municipality?: unknown }): Where {
  const shared: Where = { municipality: { exists: false } }
  const own = kind === 'addOn' ? relatedId(data?.municipality as Related) : null
  const whose: Where = own === null ? shared : { or: [shared, { municipality: { equals: own } }] }
  return { and: [{ sha256: { exists: true } }, whose] }
}

/** What is asked of a picture of the library. */
interface StoredPicture {
  id: string
  alt?: string | null
  sha256?: string | null
  mimeType?: string | null
  width?: number | null
  height?: number | null
  filesize?: number | null
}

/**
 * Writes down what a chosen picture's file is, so that the text's content has it: an approval is given
 * for these bytes and these words. The words are the library's until somebody writes others.
 */
export const keepTextPicture: CollectionBeforeChangeHook = ({ data, originalDoc, req }) =>
  kept(req, data, { before: originalDoc as Partial<Kept> | undefined, path: 'picture' })

/**
 * The same for the pictures in an add-on's parts. An address that was typed before goes with the first
 * picture that is chosen in its place.
 */
export const keepBlockPictures: CollectionBeforeChangeHook = async ({ data, originalDoc, req }) => {
  if (!Array.isArray(data.blocks)) return data
  const before = (originalDoc?.blocks ?? []) as readonly Kept[]
  const blocks: Values[] = []
  for (const [index, block] of (data.blocks as Values[]).entries()) {
    const path = `blocks.${index}.picture`
    const own = before.find(({ id }) => id !== undefined && id === block.id)
    blocks.push(hasPictures(block) ? await keptInBlock(req, block, { before: own, path }) : block)
  }
  return { ...data, blocks }
}

type Values = Record<string, unknown>

function hasPictures({ blockType }: Values): boolean {
  const type = typeOfBlock({ blockType })
  return type !== null && fieldsOf(type).some(([, { kind }]) => kind === 'chosen')
}

async function keptInBlock(req: PayloadRequest, block: Values, was: Before): Promise<Values> {
  const now = await kept(req, block, was)
  if (!now.picture) return now
  const typed = pictureFields().filter((name) => now[name])
  return { ...now, ...Object.fromEntries(typed.map((name) => [name, null])) }
}

interface Before {
  before: Partial<Kept> | undefined
  /** Where the picture stands, for what is refused. */
  path: string
}

async function kept(req: PayloadRequest, data: Values, { before, path }: Before): Promise<Values> {
  const asked = 'picture' in data ? data.picture : before?.picture
  const id = relatedId(asked as Related)
  if (id === null) return withoutPicture(data, before)
  const known = relatedId(before?.picture) === id ? before?.pictureFile : null
  const typed = String(data.pictureAlt ?? '').trim()
  if (known?.of === id && typed) return { ...data, pictureFile: known }
  const picture = await findPicture(req, id, path)
  const isOfAnother = known?.of !== id && typed === String(before?.pictureAlt ?? '').trim()
  const pictureAlt = typed && !isOfAnother ? typed : (picture.alt ?? '')
  return { ...data, pictureAlt, pictureFile: fileOf(req, picture, path) }
}

interface Kept {
  /** Of the part it stands in. */
  id?: string
  picture: Related
  pictureAlt: string | null
  pictureFile: PictureFile | null
}

function withoutPicture(data: Record<string, unknown>, before: Partial<Kept> | undefined) {
  const isThere = data.pictureFile || data.pictureAlt || before?.pictureFile
  return isThere ? { ...data, picture: null, pictureAlt: null, pictureFile: null } : data
}

async function findPicture(req: PayloadRequest, id: string, path: string): Promise<StoredPicture> {
  const found = await req.payload
    .findByID({ collection: 'kizuna-media', id, req, depth: 0, overrideAccess: !req.user })
    .catch((error: unknown) => {
      if (error instanceof APIError && error.status < 500) return null
      throw error
    })
  if (found) return asStored<StoredPicture>(found)
  throw refused(req, path, GONE)
}

function fileOf(req: PayloadRequest, picture: StoredPicture, path: string): PictureFile {
  const { id, sha256, mimeType, width, height, filesize } = picture
  if (!sha256 || !width || !height) throw refused(req, path, OLD)
  if ((filesize ?? 0) > MAX_PICTURE_BYTES) throw refused(req, path, tooHeavy(filesize ?? 0))
  const type = mimeType === 'image/jpeg' ? 'jpeg' : 'png'
  return { of: String(id), hash: sha256, type, width, height }
}

const GONE = '画像が見つからないか、見る権限がありません。選び直してください。'
const OLD =
  'この画像は、文章に添えられるようになる前に入れたものです。同じ画像をもう一度ライブラリに入れてから、選んでください。'

function tooHeavy(bytes: number): string {
  const kb = Math.ceil(bytes / 1024)
  return `この画像は ${kb} KB あります。文章に添えられるのは ${MAX_PICTURE_BYTES / 1024} KB までです(メール 1 通ごとに付くため)。写真は JPEG で、絵は小さくして入れ直してください。`
}

function refused(req: PayloadRequest, path: string, message: string): ValidationError {
  return new ValidationError({ errors: [{ path, message }] }, req.t)
}
