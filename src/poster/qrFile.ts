import sharp from 'sharp'

import { qrPath, type QrDrawing } from '../source/qrDrawing'

/** Least pixels of a side: enough for 8 cm of print at 300 a inch. */
const LEAST_PIXELS = 1000

/** A QR code as a picture of whole squares, black on white. */
export async function qrPng({ size, rows }: QrDrawing): Promise<Uint8Array<ArrayBuffer>> {
  const pixels = Buffer.from(rows.flat().map((isDark) => (isDark ? 0 : 255)))
  const side = size * Math.ceil(LEAST_PIXELS / size)
  const bytes = await sharp(pixels, { raw: { width: size, height: size, channels: 1 } })
    .resize(side, side, { kernel: 'nearest' })
    .png()
    .toBuffer()
  return new Uint8Array(bytes)
}

/** The same as a drawing, for who makes a leaflet of their own. *Pure.* */
export function qrSvg(drawing: QrDrawing): string {
  const { size } = drawing
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="60mm" height="60mm" shape-rendering="crispEdges">`,
    `<rect width="${size}" height="${size}" fill="#ffffff"/>`,
    `<path fill="#000000" d="${qrPath(drawing)}"/>`,
    '</svg>\n',
  ].join('\n')
}
