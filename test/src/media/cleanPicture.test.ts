// What is stored of a file is its picture and nothing else; what is no picture is named.
import { describe, expect, test } from '@jest/globals'
import sharp, { type Sharp } from 'sharp'
import { crc32, deflateSync } from 'node:zlib'

import { cleanPicture, MAX_FILE_MB } from '../../../src/media/cleanPicture'

/** A photograph of one point, taken at 35°40'52"N 139°46'E. */
const PHOTO_WITH_PLACE = Buffer.from(
  '/9j/4QCIRXhpZgAASUkqAAgAAAABACWIBAABAAAAGgAAAAAAAAAEAAEAAgACAAAATgAAAAIABQADAAAAUAAAAAMAAgACAAAARQAAAAQABQADAAAAaAAAAAAAAAAjAAAAAQAAACgAAAABAAAAUBQAAGQAAACLAAAAAQAAAC4AAAABAAAAZAAAAGQAAAD/4AAQSkZJRgABAQAAAQABAAD/2wBDAAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQH/wAALCAABAAEBAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEBAAA/APv+oooo/9k=',
  'base64',
)

const plain = (width: number, height: number, channels: 3 | 4 = 3) =>
  sharp({ create: { width, height, channels, background: { r: 200, g: 30, b: 30, alpha: 1 } } })

const SECRET = '東京都千代田区 090-1234-5678'

async function cleaned(file: Uint8Array) {
  const picture = await cleanPicture(file)
  if ('refusal' in picture) throw new Error(picture.refusal)
  return { ...picture, facts: await sharp(picture.bytes).metadata() }
}

async function refusal(file: Uint8Array): Promise<string> {
  const picture = await cleanPicture(file)
  return 'refusal' in picture ? picture.refusal : 'taken'
}

/** A chunk of a PNG, put behind the header. */
function withChunk(png: Buffer, name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const size = Buffer.alloc(4)
  size.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([png.subarray(0, 33), size, body, sum, png.subarray(33)])
}

/** A PNG that only says how large it is. */
function bomb(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const start = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
  const chunk = (name: string, data: Buffer) => withChunk(Buffer.alloc(33), name, data).subarray(33)
  return Buffer.concat([
    start,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(1000))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

describe('what a file says beside its picture is gone', () => {
  test('the place in a photograph', async () => {
    expect((await sharp(PHOTO_WITH_PLACE).metadata()).exif).toBeDefined()
    const { bytes, type, facts } = await cleaned(PHOTO_WITH_PLACE)
    expect(type).toBe('jpeg')
    expect(facts).toMatchObject({ format: 'jpeg', width: 1, height: 1 })
    expect(bytes.includes('Exif')).toBe(false)
  })

  test.each<[string, (picture: Sharp) => Sharp]>([
    ['EXIF', (picture) => picture.withExif({ IFD0: { Copyright: SECRET } })],
    [
      'XMP',
      (picture) => picture.withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/">${SECRET}</x:xmpmeta>`),
    ],
    ['a profile', (picture) => picture.withIccProfile('p3')],
  ])('%s of a JPEG and of a PNG', async (_label, mark) => {
    for (const type of ['jpeg', 'png'] as const) {
      const file = await mark(plain(4, 4)).toFormat(type).toBuffer()
      const { exif, xmp, iptc, icc, comments } = (await cleaned(file)).facts
      expect({ exif, xmp, iptc, icc, comments }).toEqual({})
    }
  })

  test('text in a PNG, and whatever stands behind a picture', async () => {
    const png = await plain(4, 4).png().toBuffer()
    const told = withChunk(png, 'tEXt', Buffer.from(`Comment\0${SECRET}`))
    const tail = Buffer.from(`<script>alert("${SECRET}")</script>`)
    const jpeg = Buffer.concat([await plain(4, 4).jpeg().toBuffer(), tail])
    for (const file of [told, Buffer.concat([png, tail]), jpeg]) {
      expect(file.includes(SECRET)).toBe(true)
      expect((await cleaned(file)).bytes.includes(SECRET)).toBe(false)
    }
  })
})

describe('the picture is as it was meant to be seen', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('turned as its orientation %i says', async (orientation) => {
    const lying = await plain(40, 20).withMetadata({ orientation }).jpeg().toBuffer()
    const { facts } = await cleaned(lying)
    const isTurned = orientation >= 5
    expect(facts).toMatchObject(isTurned ? { width: 20, height: 40 } : { width: 40, height: 20 })
    expect(facts.orientation).toBeUndefined()
  })

  test.each([
    { given: [3000, 1500], right: { width: 1024, height: 512 } },
    { given: [300, 200], right: { width: 300, height: 200 } },
    { given: [5000, 1], right: { width: 1024, height: 1 } },
  ])('$given as large as LINE shows it, never larger', async ({ given, right }) => {
    const [width = 0, height = 0] = given
    expect((await cleaned(await plain(width, height).jpeg().toBuffer())).facts).toMatchObject(right)
  })

  test('colours of print, 16 bits and transparency', async () => {
    const print = await plain(8, 8).toColourspace('cmyk').jpeg().toBuffer()
    expect((await sharp(print).metadata()).space).toBe('cmyk')
    expect((await cleaned(print)).facts).toMatchObject({ space: 'srgb', channels: 3 })
    const deep = await plain(8, 8).toColourspace('rgb16').png().toBuffer()
    expect((await sharp(deep).metadata()).depth).toBe('ushort')
    expect((await cleaned(deep)).facts).toMatchObject({ depth: 'uchar', space: 'srgb' })
    const clear = await plain(8, 8, 4).png().toBuffer()
    expect((await cleaned(clear)).facts).toMatchObject({ format: 'png', hasAlpha: true })
  })
})

const ftyp = (brand: string) =>
  Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from(`ftyp${brand}`), Buffer.alloc(40)])

describe('what is not taken is named, with what to do', () => {
  test.each<[string, Buffer | Promise<Buffer>, RegExp]>([
    ['HEIC of an iPhone', ftyp('heic'), /HEIC.*互換性優先/],
    ['HEIC of several pictures', ftyp('mif1'), /HEIC.*互換性優先/],
    ['AVIF', plain(4, 4).avif().toBuffer(), /AVIF.*JPEG か PNG にして/],
    ['GIF', plain(4, 4).gif().toBuffer(), /GIF.*1 枚/],
    ['WebP', plain(4, 4).webp().toBuffer(), /WebP.*JPEG か PNG にして/],
    ['TIFF', plain(4, 4).tiff().toBuffer(), /TIFF/],
    ['BMP', Buffer.concat([Buffer.from('BM'), Buffer.alloc(60)]), /BMP/],
    ['PDF', Buffer.from('%PDF-1.7\n'), /PDF.*ページ/],
    ['SVG', Buffer.from('<?xml version="1.0"?><svg onload="alert(1)"/>'), /SVG/],
    ['a page', Buffer.from('<html><script>alert(1)</script></html>'), /読めません/],
    ['nothing', Buffer.alloc(0), /空です/],
    ['too many bytes', Buffer.alloc(MAX_FILE_MB * 1024 * 1024 + 1), /20 MB まで/],
    [
      'an animated PNG',
      plain(4, 4)
        .png()
        .toBuffer()
        .then((png) => withChunk(png, 'acTL', Buffer.from([0, 0, 0, 2, 0, 0, 0, 0]))),
      /動く PNG.*1 枚/,
    ],
    ['only a beginning', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), /途中で切れている/],
    [
      'a JPEG that ends early',
      plain(400, 400)
        .jpeg()
        .toBuffer()
        .then((file) => file.subarray(0, file.length / 2)),
      /途中で切れている/,
    ],
    [
      'a PNG that ends early',
      plain(400, 400)
        .png()
        .toBuffer()
        .then((file) => file.subarray(0, file.length / 2)),
      /途中で切れている/,
    ],
    [
      'more points than memory',
      bomb(30_000, 30_000),
      /横 30,000 × 縦 30,000 画素.*3,000 万画素まで/,
    ],
    ['a thin bomb', bomb(2_000_000_000, 1), /読めません|画素/],
  ])('%s', async (_label, file, sentence) => {
    expect(await refusal(await file)).toMatch(sentence)
  })
})
