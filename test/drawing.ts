import sharp from 'sharp'

/** A drawing of one colour, wide as asked. */
export function drawingOf(red: number, { width = 120, height = 80 } = {}): Promise<Buffer> {
  const background = { r: red, g: 120, b: 90 }
  return sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer()
}
