import sharp from 'sharp'
import type { Payload } from 'payload'

/** A drawing of one colour, wide as asked. */
export function drawingOf(red: number, { width = 120, height = 80 } = {}): Promise<Buffer> {
  const background = { r: red, g: 120, b: 90 }
  return sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer()
}

/** A picture of the library with all that is asked of one. */
export async function libraryPicture(
  payload: Payload,
  data: Record<string, unknown> = {},
  bytes?: Buffer,
) {
  const file = bytes ?? (await drawingOf(200))
  return payload.create({
    collection: 'media',
    data: { alt: '眠る赤ちゃんの絵', source: '見本市', rights: 'own', ...data } as never,
    file: { data: file, mimetype: 'image/png', name: 'e.png', size: file.length },
  })
}
