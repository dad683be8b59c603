import sharp, { type Metadata, type Region, type Sharp } from 'sharp'

import { LINE_PICTURE_SIDE, SMALL_PICTURE_WIDTH } from '../release/ourPicture'
import { MAX_PICTURE_BYTES } from '../release/picture'
import { formatCount } from '../release/textLimits'
import { findPictureType, pictureTypeOf, UNREADABLE, type PictureType } from './pictureType'

/** Most bytes of an uploaded file. */
export const MAX_FILE_MB = 20

/** Most pixels, asked before one is decoded: the cameras of phones, and scans of A4. */
const MAX_MEGAPIXELS: Readonly<Record<PictureType, number>> = { jpeg: 60, png: 30 }

/** A picture that takes longer is made to be one. */
const MAX_SECONDS = 20

/** A picture made anew from the pixels of another, or the sentence why not. */
export type CleanPicture = { bytes: Buffer; type: PictureType } | { refusal: string }

/** The part of a picture that is kept, in hundredths of what is seen. */
export interface Cut {
  x: number
  y: number
  width: number
  height: number
}

/**
 * Makes a picture anew from its pixels alone: cut and turned as it is meant to be seen, in sRGB, as large as
 * LINE shows it. Nothing else of the file is kept, neither place nor camera, comment or preview.
 */
export async function cleanPicture(
  file: Uint8Array,
  cut: Cut | null = null,
): Promise<CleanPicture> {
  if (file.byteLength === 0) return { refusal: 'ファイルが空です。画像を選び直してください。' }
  if (file.byteLength > MAX_FILE_MB * 1024 * 1024) return { refusal: TOO_HEAVY }
  const found = findPictureType(file)
  if ('refusal' in found) return found
  return inTurn(() => redraw(file, found.type, cut))
}

/**
 * Makes a picture anew that was taken in before pictures were made anew: as far as it can be shown at
 * all, since texts that are out show it. Of a moving one the first picture stays.
 */
export async function cleanStoredPicture(file: Uint8Array): Promise<CleanPicture> {
  const type = pictureTypeOf(file)
  if (type === null) return { refusal: UNREADABLE }
  return inTurn(async () => {
    try {
      const picture = sharp(file, { failOn: 'none' })
      return { bytes: await encoded(asShown(picture), type).toBuffer(), type }
    } catch {
      return { refusal: UNREADABLE }
    }
  })
}

/** The small size of a clean picture, as it is shown in mail and lists. */
export async function smallPicture(bytes: Uint8Array, type: PictureType): Promise<Buffer> {
  const picture = sharp(bytes).resize({ width: SMALL_PICTURE_WIDTH, withoutEnlargement: true })
  return encoded(picture, type).toBuffer()
}

const SMALLER = '画像のソフトで小さくして保存し直してから、入れてください。'
const TOO_HEAVY = `ファイルが大きすぎます。${MAX_FILE_MB} MB までです。${SMALLER}`

async function redraw(file: Uint8Array, type: PictureType, cut: Cut | null): Promise<CleanPicture> {
  try {
    const size = await sharp(file, { limitInputPixels: false }).metadata()
    if (size.format !== type) return { refusal: UNREADABLE }
    if (isTooLarge(size, type)) return { refusal: tooLarge(size, type) }
    const limitInputPixels = MAX_MEGAPIXELS[type] * 1_000_000
    const picture = sharp(file, { limitInputPixels, failOn: 'error' })
    const part = cut ? picture.autoOrient().extract(pixelsOf(cut, size)) : picture
    return { bytes: await lightEnough(asShown(part), type), type }
  } catch {
    return { refusal: UNREADABLE }
  }
}

/** As a whole number of pixels inside the picture as it is seen. */
function pixelsOf({ x, y, width, height }: Cut, { autoOrient: seen }: Metadata): Region {
  const part = (share: number, of: number) => Math.floor((share / 100) * of)
  const left = Math.min(part(x, seen.width), seen.width - 1)
  const top = Math.min(part(y, seen.height), seen.height - 1)
  return {
    left,
    top,
    width: Math.min(Math.max(part(width, seen.width), 1), seen.width - left),
    height: Math.min(Math.max(part(height, seen.height), 1), seen.height - top),
  }
}

/** Photos that are too heavy for a text lose a little more of what no phone shows. */
const QUALITIES = [85, 75, 65]

/** The first that a text may carry, else the lightest; of a drawing there is only one. */
async function lightEnough(picture: Sharp, type: PictureType): Promise<Buffer> {
  if (type === 'png') return encoded(picture, type).toBuffer()
  let bytes = Buffer.alloc(0)
  for (const quality of QUALITIES) {
    bytes = await picture.clone().jpeg({ quality }).toBuffer()
    if (bytes.length <= MAX_PICTURE_BYTES) break
  }
  return bytes
}

/** Turned as it is meant to be seen, and as large as LINE shows it. */
function asShown(picture: Sharp): Sharp {
  return picture
    .autoOrient()
    .resize({
      width: LINE_PICTURE_SIDE,
      height: LINE_PICTURE_SIDE,
      fit: 'inside',
      withoutEnlargement: true,
    })
    .timeout({ seconds: MAX_SECONDS })
}

function encoded(picture: Sharp, type: PictureType): Sharp {
  return type === 'jpeg' ? picture.jpeg({ quality: 85 }) : picture.png({ compressionLevel: 9 })
}

function isTooLarge({ width, height }: Metadata, type: PictureType): boolean {
  return width * height > MAX_MEGAPIXELS[type] * 1_000_000
}

function tooLarge({ width, height }: Metadata, type: PictureType): string {
  const most = `${formatCount(MAX_MEGAPIXELS[type] * 100)} 万画素`
  return `画像が大きすぎます(横 ${formatCount(width)} × 縦 ${formatCount(height)} 画素)。${type.toUpperCase()} は全部で ${most}までです。${SMALLER}`
}

/** One picture at a time: each may need a lot of memory, and the texts go on being saved. */
let last: Promise<unknown> = Promise.resolve()

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = last.then(work, work)
  last = turn.catch(() => undefined)
  return turn
}
