import { buffer } from 'node:stream/consumers'

import { fromBufferPromise, type Entry } from 'yauzl'

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

/** What all files of an archive unpack to, as it says; 0 where it cannot be read. */
export async function unpackedBytes(bytes: Buffer): Promise<number> {
  try {
    const archive = await fromBufferPromise(bytes)
    let size = 0
    for await (const { uncompressedSize } of archive.eachEntry()) size += uncompressedSize
    return size
  } catch {
    return 0
  }
}

/**
 * Unpacks the wanted files of a ZIP archive and never more than the limit: yauzl ends a file that
 * gets larger than the archive says, so what it says can be added up before anything is unpacked.
 *
 * @throws ZipError
 */
export async function unzip(
  bytes: Buffer,
  isWanted: (name: string) => boolean,
  limits: ZipLimits,
): Promise<Map<string, Buffer>> {
  try {
    const archive = await fromBufferPromise(bytes)
    if (archive.entryCount > limits.maxFiles) throw new ZipError('TOO_LARGE')
    const wanted: Entry[] = []
    for await (const entry of archive.eachEntry()) if (isWanted(entry.fileName)) wanted.push(entry)
    const size = wanted.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0)
    if (size > limits.maxBytes) throw new ZipError('TOO_LARGE')
    const files = new Map<string, Buffer>()
    for (const entry of wanted) {
      files.set(entry.fileName, await buffer(await archive.openReadStreamPromise(entry)))
    }
    return files
  } catch (error) {
    throw error instanceof ZipError ? error : new ZipError('BROKEN')
  }
}
