/**
 * Width and height of a PNG, from its header; null for anything else. *Pure.*
 *
 * Source: https://www.w3.org/TR/png-3/#11IHDR
 */
export function sizeOfPicture(bytes: Buffer): { width: number; height: number } | null {
  if (bytes.length < 24 || bytes.readUInt32BE(0) !== 0x89504e47) return null
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
}
