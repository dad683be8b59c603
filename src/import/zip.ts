import { inflateRawSync } from 'node:zlib'

/** What an archive may unpack to. */
export interface ZipLimits {
  maxFiles: number
  /** Unpacked bytes of all wanted files together. */
  maxBytes: number
}

/** The archive is broken or unpacks to more than is allowed. */
export class ZipError extends Error {
  readonly code: 'BROKEN' | 'TOO_LARGE'

  constructor(code: ZipError['code']) {
    super(code)
    this.code = code
  }
}

interface Entry {
  name: string
  method: number
  packedBytes: number
  offset: number
}

const END_SIGNATURE = 0x06054b50
const ENTRY_SIGNATURE = 0x02014b50
const FILE_SIGNATURE = 0x04034b50
const END_BYTES = 22
const MAX_COMMENT_BYTES = 0xffff

/**
 * Unpacks the wanted files of a ZIP archive and never more than the limit: what the archive says of
 * its own sizes is not believed (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT).
 *
 * @throws ZipError
 */
export function unzip(
  bytes: Buffer,
  isWanted: (name: string) => boolean,
  { maxFiles, maxBytes }: ZipLimits,
): Map<string, Buffer> {
  const files = new Map<string, Buffer>()
  let left = maxBytes
  for (const entry of entriesOf(bytes, maxFiles)) {
    if (!isWanted(entry.name)) continue
    const file = unpack(bytes, entry, left)
    left -= file.length
    files.set(entry.name, file)
  }
  return files
}

function entriesOf(bytes: Buffer, maxFiles: number): Entry[] {
  try {
    const end = endOf(bytes)
    const count = bytes.readUInt16LE(end + 10)
    if (count > maxFiles) throw new ZipError('TOO_LARGE')
    const entries: Entry[] = []
    let at = bytes.readUInt32LE(end + 16)
    for (let index = 0; index < count; index += 1) {
      if (bytes.readUInt32LE(at) !== ENTRY_SIGNATURE) throw new ZipError('BROKEN')
      const nameBytes = bytes.readUInt16LE(at + 28)
      const more = bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
      entries.push({
        name: bytes.toString('utf8', at + 46, at + 46 + nameBytes),
        method: bytes.readUInt16LE(at + 10),
        packedBytes: bytes.readUInt32LE(at + 20),
        offset: bytes.readUInt32LE(at + 42),
      })
      at += 46 + nameBytes + more
    }
    return entries
  } catch (error) {
    throw error instanceof ZipError ? error : new ZipError('BROKEN')
  }
}

function endOf(bytes: Buffer): number {
  const first = Math.max(0, bytes.length - END_BYTES - MAX_COMMENT_BYTES)
  for (let at = bytes.length - END_BYTES; at >= first; at -= 1) {
    if (bytes.readUInt32LE(at) === END_SIGNATURE) return at
  }
  throw new ZipError('BROKEN')
}

function unpack(bytes: Buffer, { offset, packedBytes, method }: Entry, maxBytes: number): Buffer {
  try {
    if (bytes.readUInt32LE(offset) !== FILE_SIGNATURE) throw new ZipError('BROKEN')
    const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28)
    const packed = bytes.subarray(start, start + packedBytes)
    if (method !== 0 && method !== 8) throw new ZipError('BROKEN')
    if (maxBytes <= 0 || (method === 0 && packed.length > maxBytes)) throw new ZipError('TOO_LARGE')
    return method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: maxBytes })
  } catch (error) {
    if (error instanceof ZipError) throw error
    const { code } = error as { code?: unknown }
    throw new ZipError(code === 'ERR_BUFFER_TOO_LARGE' ? 'TOO_LARGE' : 'BROKEN')
  }
}

/**
 * Packs files without compressing them: a reader that trusts an archive gets exactly the files that
 * were looked at. It carries no checksums, which that reader does not look at. *Pure.*
 */
export function storedZip(files: ReadonlyMap<string, Buffer>): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, file] of files) {
    const path = Buffer.from(name, 'utf8')
    const sizes = Buffer.alloc(26)
    sizes.writeUInt16LE(20, 0)
    sizes.writeUInt32LE(file.length, 14)
    sizes.writeUInt32LE(file.length, 18)
    sizes.writeUInt16LE(path.length, 22)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    const local = [uint32(FILE_SIGNATURE), sizes, path, file]
    directory.push(uint32(ENTRY_SIGNATURE), uint16(20), sizes, place, path)
    parts.push(...local)
    offset += local.reduce((sum, part) => sum + part.length, 0)
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(END_BYTES)
  end.writeUInt32LE(END_SIGNATURE, 0)
  end.writeUInt16LE(files.size, 8)
  end.writeUInt16LE(files.size, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, list, end])
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
