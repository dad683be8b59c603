import type { Payload } from 'payload'

import { drawingOf } from '../../drawing'

/** A picture of the library with all that is asked of one. */
export async function libraryPicture(
  payload: Payload,
  data: Record<string, unknown> = {},
  bytes?: Buffer,
) {
  const file = bytes ?? (await drawingOf(200))
  return payload.create({
    collection: 'kizuna-media',
    data: { alt: '眠る赤ちゃんの絵', source: '見本市', rights: 'own', ...data } as never,
    file: { data: file, mimetype: 'image/png', name: 'e.png', size: file.length },
  })
}
