// The sample's own drawings: few, of the design's colours, beside texts that are glad or calm, never quiet.
import { readdir, readFile } from 'node:fs/promises'

import { describe, expect, test } from '@jest/globals'
import sharp from 'sharp'

import { checkManuscriptPicture, MAX_PICTURE_BYTES } from '../../../src/release/picture'
import { LINE_PICTURE_SIDE } from '../../../src/release/ourPicture'
import { drawnPicture, type SampleDrawing } from '../../../src/sample/drawings'
import { readSampleJson } from '../../../src/sample/sampleData'
import { manuscript } from '../release/sampleContent'
import { samplePicture } from '../../samplePicture'
import { manuscripts } from './sampleFiles'

const folder = new URL('../../../src/sample/drawings/', import.meta.url)
const drawings = await readSampleJson<SampleDrawing[]>('drawings')
const files = await readdir(folder)

/** primitive-orange-50, primitive-orange-200 and primitive-green-900 of the design tokens. */
const COLOURS = ['#115a36', '#ffc199', '#ffeee2']

test('each has a file, and each file is one', () => {
  expect(files.toSorted()).toEqual(drawings.map(({ name }) => `${name}.svg`).toSorted())
})

describe.each(drawings)('$name', ({ name, alt, texts }) => {
  test('is a plain drawing in three colours that channels take', async () => {
    const svg = await readFile(new URL(`${name}.svg`, folder), 'utf8')
    expect(new Set(svg.match(/#[0-9a-f]{3,8}\b/gi))).toEqual(new Set(COLOURS))
    expect(svg).not.toMatch(/<(text|script|image|style)|href|url\(/)
    const png = await drawnPicture(name)
    const { width = 0, height = 0 } = await sharp(png).metadata()
    expect(Math.max(width, height)).toBeLessThanOrEqual(LINE_PICTURE_SIDE)
    expect(png.length).toBeLessThan(MAX_PICTURE_BYTES / 4)
  })

  test('says that it is a sample, and stands beside texts there are, none of them quiet', () => {
    expect(alt).toMatch(/^【見本】.+の絵$/)
    expect(texts.length).toBeGreaterThan(0)
    for (const { series, slot } of texts) {
      const text = manuscripts.find(
        (one) => one.series === series && one.slot === slot && one.edition === 'standard',
      )
      expect({ series, slot, kind: text?.kind }).toMatchObject({
        kind: expect.stringMatching(/^(stage|milestone)$/),
      })
      const content = manuscript({ slot, kind: text?.kind as 'stage', ...samplePicture() })
      expect(checkManuscriptPicture(content)).toEqual([])
    }
  })
})
