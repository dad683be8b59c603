import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

// Without its own file the decoder would fetch one from the internet.
const file = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
const { buffer, byteOffset, byteLength } = readFileSync(file)
const wasmBinary = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer
prepareZXingModule({ overrides: { wasmBinary } })

/** What the QR codes in a picture (PNG) say, as a telephone's camera would read them. */
export async function readQr(picture: Uint8Array): Promise<string[]> {
  const found = await readBarcodes(picture, { formats: ['QRCode'], maxNumberOfSymbols: 20 })
  return found.map(({ text }) => text)
}
