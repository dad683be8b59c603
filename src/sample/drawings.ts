import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

import type { Payload } from 'payload'
import sharp from 'sharp'

import { readSampleJson } from './sampleData'

/** A drawing of the sample, and the texts that it stands beside. */
export interface SampleDrawing {
  /** Of its SVG in `drawings/`. */
  name: string
  alt: string
  /** In the standard edition; none of them is a quiet one. */
  texts: { series: string; slot: string }[]
}

/** Who drew them, and in what. */
const SOURCE = '見本: kizuna で描いた絵'

/** Puts the sample's own drawings into the team's library, each once; gives their ids by name. */
export async function addDrawings(payload: Payload): Promise<Map<string, string>> {
  const drawings = await readSampleJson<SampleDrawing[]>('drawings')
  const ids = new Map<string, string>()
  for (const { name, alt } of drawings) {
    const known = await payload.find({
      collection: 'kizuna-media',
      where: { and: [{ alt: { equals: alt } }, { source: { equals: SOURCE } }] },
      limit: 1,
      depth: 0,
    })
    ids.set(name, known.docs[0]?.id ?? (await addDrawing(payload, { name, alt })))
  }
  return ids
}

/** A drawing as LINE and mail show it: they know no SVG. */
export async function drawnPicture(name: string): Promise<Buffer> {
  const url = new URL(`drawings/${name}.svg`, import.meta.url)
  return sharp(await readFile(fileURLToPath(url)))
    .png({ palette: true })
    .toBuffer()
}

async function addDrawing(
  payload: Payload,
  { name, alt }: Pick<SampleDrawing, 'name' | 'alt'>,
): Promise<string> {
  const data = await drawnPicture(name)
  const { id } = await payload.create({
    collection: 'kizuna-media',
    data: { alt, source: SOURCE, rights: 'own', isPublic: true } as never,
    file: { data, mimetype: 'image/png', name: `${name}.png`, size: data.length },
    depth: 0,
  })
  return id
}

/** Puts the drawings beside the sample's texts that are not out yet and have no picture. */
export async function illustrate(
  payload: Payload,
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  for (const { name, texts } of await readSampleJson<SampleDrawing[]>('drawings')) {
    for (const { series, slot } of texts) {
      const { docs } = await payload.find({
        collection: 'kizuna-manuscripts',
        where: {
          and: [
            { 'series.code': { equals: series } },
            { slot: { equals: slot } },
            { edition: { equals: 'standard' } },
            { picture: { exists: false } },
            { _status: { not_equals: 'published' } },
          ],
        },
        limit: 1,
        depth: 0,
      })
      const [text] = docs
      if (!text) continue
      await payload.update({
        collection: 'kizuna-manuscripts',
        id: text.id,
        data: { picture: ids.get(name) ?? null, updatedAt: text.updatedAt },
        draft: true,
        depth: 0,
      })
    }
  }
}
